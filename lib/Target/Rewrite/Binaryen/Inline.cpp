//===- Inline.cpp - Inlining templates at their sites ---------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Inline.h"

#include "Compat.h"

#include "llvm/ADT/StringMap.h"

namespace whamm::rewrite::binaryen {

static bool is(BinaryenExpressionRef expr, BinaryenExpressionId id) {
  return BinaryenExpressionGetId(expr) == id;
}

//===----------------------------------------------------------------------===//
// Templates
//===----------------------------------------------------------------------===//

/// True for expressions that must stay in a function of their own.
static bool preventsInlining(BinaryenExpressionRef expr) {
  BinaryenExpressionId id = BinaryenExpressionGetId(expr);
  if (id == BinaryenCallId())
    return BinaryenCallIsReturn(expr);
  if (id == BinaryenCallIndirectId())
    return BinaryenCallIndirectIsReturn(expr);
  return id == BinaryenTryId() || id == BinaryenRethrowId() ||
         id == BinaryenPopId();
}

/// True for expressions behind which code may run or not.
static bool isControlFlow(BinaryenExpressionRef expr) {
  BinaryenExpressionId id = BinaryenExpressionGetId(expr);
  return id == BinaryenIfId() || id == BinaryenBreakId() ||
         id == BinaryenSwitchId() || id == BinaryenReturnId();
}

/// Finds the variables that may be read before they are written. Exact on
/// straight code; once there is control flow, only reads of what was written
/// before it are known to be safe.
static void findZeroedVars(InlineTemplate &result) {
  // An `if` comes behind its arms in evaluation order, so look for one first.
  bool straight = true;
  walkTree(result.body, [&](BinaryenExpressionRef expr, Slot) {
    straight &= !is(expr, BinaryenIfId());
  });
  llvm::BitVector written(result.vars.size());
  walkPostOrder(result.body, [&](BinaryenExpressionRef expr, Slot) {
    if (isControlFlow(expr))
      straight = false;
    bool isGet = is(expr, BinaryenLocalGetId());
    if (!isGet && !is(expr, BinaryenLocalSetId()))
      return;
    BinaryenIndex index =
        isGet ? BinaryenLocalGetGetIndex(expr) : BinaryenLocalSetGetIndex(expr);
    if (index < result.numParams)
      return;
    if (!isGet && straight)
      written.set(index - result.numParams);
    if (isGet && !written.test(index - result.numParams))
      result.zeroedVars.set(index - result.numParams);
  });
}

bool analyzeTemplate(BinaryenModuleRef module, BinaryenFunctionRef function,
                     uint32_t expectedVars, InlineTemplate &result) {
  result.body = BinaryenFunctionGetBody(function);
  result.result = BinaryenFunctionGetResults(function);
  result.numParams = BinaryenTypeArity(BinaryenFunctionGetParams(function));
  BinaryenIndex numVars = BinaryenFunctionGetNumVars(function);
  if (numVars != expectedVars || BinaryenTypeArity(result.result) > 1 ||
      BinaryenExpressionGetType(result.body) == BinaryenTypeUnreachable())
    return false;
  for (BinaryenIndex i = 0; i != numVars; ++i) {
    result.vars.push_back(BinaryenFunctionGetVar(function, i));
    if (!makeZero(module, result.vars.back()))
      return false;
  }
  result.writtenParams.resize(result.numParams);
  result.zeroedVars.resize(numVars);
  bool allowed = true;
  if (!walkTree(result.body, [&](BinaryenExpressionRef expr, Slot) {
        ++result.size;
        allowed &= !preventsInlining(expr);
        if (is(expr, BinaryenLocalSetId()) &&
            BinaryenLocalSetGetIndex(expr) < result.numParams)
          result.writtenParams.set(BinaryenLocalSetGetIndex(expr));
      }))
    return false;
  if (allowed)
    findZeroedVars(result);
  return allowed;
}

//===----------------------------------------------------------------------===//
// Sites
//===----------------------------------------------------------------------===//

std::string Inliner::makeLabel() {
  return "whamm$" + std::to_string(nextLabel++);
}

/// True where every operand is a constant or a local: nothing has an effect on
/// another operand, so that a local of the host can stand for a parameter.
static bool hasPlainOperands(BinaryenExpressionRef call) {
  for (BinaryenIndex i = 0, e = BinaryenCallGetNumOperands(call); i != e; ++i) {
    BinaryenExpressionRef operand = BinaryenCallGetOperandAt(call, i);
    if (!is(operand, BinaryenConstId()) && !is(operand, BinaryenLocalGetId()))
      return false;
  }
  return true;
}

bool Inliner::canExpand(const Site &site) {
  const InlineCandidate &candidate = site.candidate;
  if (!candidate.hasParamLocals &&
      (!hasPlainOperands(site.call) || candidate.inlined->writtenParams.any()))
    return false;
  // The locals of a template are shared by all its sites in the function, so
  // none may lie within the operands of another.
  BinaryenIndex end = candidate.firstLocal + candidate.inlined->numParams +
                      candidate.inlined->vars.size();
  bool nested = false;
  bool known = walkTree(site.call, [&](BinaryenExpressionRef expr, Slot) {
    if (!is(expr, BinaryenLocalSetId()))
      return;
    BinaryenIndex index = BinaryenLocalSetGetIndex(expr);
    nested |= index >= candidate.firstLocal && index < end;
  });
  return known && !nested;
}

void Inliner::bindParams(const Site &site, Preparation &preparation) {
  const InlineTemplate &inlined = *site.candidate.inlined;
  bool plain = hasPlainOperands(site.call);
  for (uint32_t i = 0; i != inlined.numParams; ++i) {
    BinaryenExpressionRef operand = BinaryenCallGetOperandAt(site.call, i);
    Binding binding{site.candidate.firstLocal + i, nullptr};
    bool fixed = !inlined.writtenParams.test(i);
    if (fixed && is(operand, BinaryenConstId()))
      binding.constant = operand;
    else if (fixed && plain)
      binding.local = BinaryenLocalGetGetIndex(operand);
    else
      preparation.assignments.push_back(
          BinaryenLocalSet(module, binding.local, operand));
    preparation.bindings.push_back(binding);
  }
}

void Inliner::bindVars(const Site &site, Preparation &preparation) {
  const InlineTemplate &inlined = *site.candidate.inlined;
  BinaryenIndex local = site.candidate.firstLocal;
  if (site.candidate.hasParamLocals)
    local += inlined.numParams;
  for (uint32_t i = 0; i != inlined.vars.size(); ++i, ++local) {
    // The site may run many times: each time variables start at zero.
    if (inlined.zeroedVars.test(i))
      preparation.assignments.push_back(
          BinaryenLocalSet(module, local, makeZero(module, inlined.vars[i])));
    preparation.bindings.push_back({local, nullptr});
  }
}

BinaryenExpressionRef Inliner::copyBody(const InlineTemplate &inlined,
                                        llvm::ArrayRef<Binding> bindings,
                                        const std::string &label,
                                        bool &returns) {
  BinaryenExpressionRef root = BinaryenExpressionCopy(inlined.body, module);
  llvm::SmallVector<std::pair<BinaryenExpressionRef, Slot>, 64> nodes;
  walkPostOrder(root, [&](BinaryenExpressionRef expr, Slot slot) {
    nodes.push_back({expr, slot});
  });
  auto replace = [&](Slot slot, BinaryenExpressionRef expr) {
    if (slot.isRoot())
      root = expr;
    else
      slot.set(expr);
  };
  llvm::StringMap<std::string> labels;
  auto rename = [&](const char *name) {
    auto [it, inserted] = labels.try_emplace(name);
    if (inserted)
      it->second = makeLabel();
    return it->second.c_str();
  };
  // Children come first, so what a parent is rebuilt from is up to date.
  for (auto [expr, slot] : nodes) {
    renameLabels(expr, rename);
    if (is(expr, BinaryenLocalGetId())) {
      const Binding &binding = bindings[BinaryenLocalGetGetIndex(expr)];
      if (binding.constant)
        replace(slot, BinaryenExpressionCopy(binding.constant, module));
      else
        BinaryenLocalGetSetIndex(expr, binding.local);
    } else if (is(expr, BinaryenLocalSetId())) {
      BinaryenLocalSetSetIndex(expr,
                               bindings[BinaryenLocalSetGetIndex(expr)].local);
    } else if (is(expr, BinaryenReturnId())) {
      returns = true;
      replace(slot, BinaryenBreak(module, label.c_str(), nullptr,
                                  BinaryenReturnGetValue(expr)));
    }
  }
  return root;
}

BinaryenExpressionRef Inliner::expand(const Site &site, InlineResult &result) {
  Preparation preparation;
  bindParams(site, preparation);
  result.numAssigned += preparation.assignments.size();
  bindVars(site, preparation);
  std::string label = makeLabel();
  bool returns = false;
  const InlineTemplate &inlined = *site.candidate.inlined;
  BinaryenExpressionRef body =
      copyBody(inlined, preparation.bindings, label, returns);
  auto &children = preparation.assignments;
  if (children.empty() && !returns)
    return body;
  children.push_back(body);
  return BinaryenBlock(module, returns ? label.c_str() : nullptr,
                       children.data(), children.size(), inlined.result);
}

InlineResult
Inliner::run(BinaryenFunctionRef host,
             const llvm::DenseMap<const char *, InlineCandidate> &candidates,
             unsigned growthLimit) {
  InlineResult result;
  std::vector<Site> sites;
  bool known = walkPostOrder(
      BinaryenFunctionGetBody(host),
      [&](BinaryenExpressionRef expr, Slot slot) {
        if (!is(expr, BinaryenCallId()) || BinaryenCallIsReturn(expr))
          return;
        auto it = candidates.find(BinaryenCallGetTarget(expr));
        // A call that is never reached has no value to replace.
        if (it != candidates.end() &&
            BinaryenExpressionGetType(expr) == it->second.inlined->result)
          sites.push_back({expr, slot, it->second});
      });
  if (!known)
    return result;

  uint64_t growth = 0;
  for (const Site &site : sites) {
    growth += site.candidate.inlined->size;
    if (growth > growthLimit || !canExpand(site))
      continue;
    BinaryenExpressionRef expanded = expand(site, result);
    if (site.slot.isRoot())
      BinaryenFunctionSetBody(host, expanded);
    else
      site.slot.set(expanded);
    ++result.numInlined;
  }
  return result;
}

} // namespace whamm::rewrite::binaryen
