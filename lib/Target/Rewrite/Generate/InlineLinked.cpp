//===- InlineLinked.cpp - Inlining of library functions -------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "InlineLinked.h"

using namespace whamm::rewrite;
using namespace whamm::rewrite::binaryen;

/// Functions of at most this many expressions are inlined: half of what a
/// template may have to be inlined at its sites (wasm-inject-choose-inlining).
static constexpr unsigned kInlineLimit = 30;

/// How many expressions that may add to one function.
static constexpr unsigned kGrowthLimit = 500;

static BinaryenFunctionRef getFunction(BinaryenModuleRef module,
                                       const std::string &name) {
  return BinaryenGetFunction(module, name.c_str());
}

/// Gives a function more variables. Version 108 of the C API cannot, so it is
/// made anew; its body belongs to the module.
static BinaryenFunctionRef addVars(BinaryenModuleRef module,
                                   BinaryenFunctionRef function,
                                   llvm::ArrayRef<BinaryenType> types) {
  std::string name = BinaryenFunctionGetName(function);
  BinaryenType params = BinaryenFunctionGetParams(function);
  BinaryenType results = BinaryenFunctionGetResults(function);
  BinaryenExpressionRef body = BinaryenFunctionGetBody(function);
  std::vector<BinaryenType> vars;
  for (BinaryenIndex i = 0, e = BinaryenFunctionGetNumVars(function); i != e;
       ++i)
    vars.push_back(BinaryenFunctionGetVar(function, i));
  vars.insert(vars.end(), types.begin(), types.end());
  BinaryenRemoveFunction(module, name.c_str());
  return BinaryenAddFunction(module, name.c_str(), params, results, vars.data(),
                             vars.size(), body);
}

LinkedInliner::LinkedInliner(BinaryenModuleRef module,
                             llvm::ArrayRef<std::string> names)
    : module(module), linked(names), inliner(module) {
  for (const std::string &name : linked)
    BinaryenFunctionOptimize(getFunction(module, name), module);
  // A function is settled when what it calls is; recursive ones never are.
  std::vector<std::string> pending(names);
  size_t before = 0;
  do {
    before = pending.size();
    llvm::erase_if(pending,
                   [&](const std::string &name) { return settle(name); });
  } while (pending.size() != before);
}

LinkedInliner::Names
LinkedInliner::findCallees(BinaryenFunctionRef function) const {
  Names names;
  // Imports have no body.
  if (BinaryenExpressionRef body = BinaryenFunctionGetBody(function))
    walkTree(body, [&](BinaryenExpressionRef expr, Slot) {
      if (BinaryenExpressionGetId(expr) == BinaryenCallId())
        names.insert(BinaryenCallGetTarget(expr));
    });
  return names;
}

/// True where a function has no calls, once what can be is inlined into it.
bool LinkedInliner::settle(const std::string &name) {
  if (inlineInto(name))
    BinaryenFunctionOptimize(getFunction(module, name), module);
  BinaryenFunctionRef function = getFunction(module, name);
  if (!findCallees(function).empty())
    return false;
  InlineTemplate body;
  if (analyzeTemplate(module, function, BinaryenFunctionGetNumVars(function),
                      body) &&
      body.size <= kInlineLimit)
    inlinable[BinaryenFunctionGetName(function)] = std::move(body);
  return true;
}

bool LinkedInliner::inlineInto(const std::string &host) {
  if (inlinable.empty())
    return false;
  BinaryenFunctionRef function = getFunction(module, host);
  BinaryenIndex next = BinaryenFunctionGetNumLocals(function);
  llvm::DenseMap<const char *, InlineCandidate> candidates;
  std::vector<BinaryenType> types;
  for (const char *callee : findCallees(function)) {
    auto it = inlinable.find(callee);
    if (it == inlinable.end())
      continue;
    candidates[callee] = {&it->second, /*hasParamLocals=*/true,
                          static_cast<BinaryenIndex>(next + types.size())};
    std::vector<BinaryenType> params(it->second.numParams);
    BinaryenTypeExpand(BinaryenFunctionGetParams(getFunction(module, callee)),
                       params.data());
    types.insert(types.end(), params.begin(), params.end());
    types.insert(types.end(), it->second.vars.begin(), it->second.vars.end());
  }
  if (candidates.empty())
    return false;
  return inliner.run(addVars(module, function, types), candidates, kGrowthLimit)
             .numInlined != 0;
}

void LinkedInliner::removeUncalled(llvm::ArrayRef<std::string> callers) {
  if (linked.empty())
    return;
  Names reached;
  for (const std::string &caller : callers)
    reached.insert_range(findCallees(getFunction(module, caller)));
  // What is appended is visited, too.
  for (size_t i = 0; i != reached.size(); ++i)
    reached.insert_range(findCallees(BinaryenGetFunction(module, reached[i])));
  for (const std::string &name : linked)
    if (!reached.contains(BinaryenFunctionGetName(getFunction(module, name))))
      BinaryenRemoveFunction(module, name.c_str());
}
