//===- ProbeExpand.cpp - From rules to events and modes ---------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Probe/IR/ProbeOps.h"
#include "whamm/Dialect/Probe/Transforms/Passes.h"
#include "whamm/Wasm/BoundNames.h"

#include "llvm/ADT/MapVector.h"

namespace whamm::probe {
#define GEN_PASS_DEF_PROBEEXPAND
#include "whamm/Dialect/Probe/Transforms/ProbePasses.h.inc"
} // namespace whamm::probe

using namespace mlir;
using namespace whamm;
using namespace whamm::probe;

namespace {

/// The variants of one source probe.
using Variants = SmallVector<ProbeOp, 1>;

/// Numbers things in order of first appearance.
template <typename Key> class Appearance {
public:
  uint32_t operator()(Key key) {
    return map.try_emplace(key, map.size()).first->second;
  }

private:
  std::map<Key, uint32_t> map;
};

struct ProbeExpandPass : probe::impl::ProbeExpandBase<ProbeExpandPass> {
  using ProbeExpandBase::ProbeExpandBase;
  void runOnOperation() override;
  LogicalResult expandScript(ScriptOp script);
  LogicalResult expandProbe(Variants &variants,
                            ArrayRef<wasm::RuleMatch> matches,
                            uint32_t firstNumber,
                            function_ref<uint32_t(wasm::RuleMatch)> getOrder);
};

} // namespace

/// The type of the language that a table entry has; null for `unknown` and
/// what is no value.
static Type getType(MLIRContext *context, wasm::BoundType type) {
  auto integer = [&](unsigned width, bool isSigned) {
    return IntegerType::get(
        context, width, isSigned ? IntegerType::Signed : IntegerType::Unsigned);
  };
  switch (type) {
  case wasm::BoundType::U8:
    return integer(8, false);
  case wasm::BoundType::I8:
    return integer(8, true);
  case wasm::BoundType::U16:
    return integer(16, false);
  case wasm::BoundType::I16:
    return integer(16, true);
  case wasm::BoundType::U32:
    return integer(32, false);
  case wasm::BoundType::I32:
    return integer(32, true);
  case wasm::BoundType::U64:
    return integer(64, false);
  case wasm::BoundType::I64:
    return integer(64, true);
  case wasm::BoundType::F32:
    return Float32Type::get(context);
  case wasm::BoundType::F64:
    return Float64Type::get(context);
  case wasm::BoundType::Bool:
    return IntegerType::get(context, 1);
  case wasm::BoundType::Str:
    return StrType::get(context);
  case wasm::BoundType::Unknown:
  case wasm::BoundType::FuncRef:
  case wasm::BoundType::MapU32U32:
    return nullptr;
  }
  llvm_unreachable("unknown type");
}

/// The type bound for `name`, if the probe has one.
static Type lookupBound(ProbeOp probe, StringRef name) {
  if (auto bounds = probe.getBoundsAttr())
    for (auto bound : bounds.getAsRange<TypeBoundAttr>())
      if (bound.getName() == name)
        return bound.getType();
  return nullptr;
}

/// True where the event binds the name with this type and meaning.
static bool fits(BoundOp op, ProbeOp probe, wasm::EventId event) {
  std::optional<wasm::BoundVar> var = wasm::lookupBoundVar(event, op.getName());
  if (!var)
    return false;
  if (auto alias = op.getAlias();
      alias && *alias != wasm::getMemberName(var->source, var->index))
    return false;
  Type type = lookupBound(probe, op.getName());
  if (!type)
    type = getType(op.getContext(), var->type);
  return type == op.getType();
}

static bool fits(ProbeOp probe, wasm::EventId event) {
  WalkResult result = probe.walk([&](BoundOp op) {
    return fits(op, probe, event) ? WalkResult::advance()
                                  : WalkResult::interrupt();
  });
  return !result.wasInterrupted();
}

/// True where a type bound names what the event does not have, so that none of
/// its sites can match: `*(arg0: i32)` passes `nop` by.
static bool isExcludedByBounds(ProbeOp probe, wasm::EventId event) {
  auto bounds = probe.getBoundsAttr();
  return bounds &&
         llvm::any_of(bounds.getAsRange<TypeBoundAttr>(),
                      [&](TypeBoundAttr bound) {
                        return !wasm::lookupBoundVar(event, bound.getName());
                      });
}

static StringRef getPartName(unsigned part) {
  static constexpr StringLiteral names[] = {"provider", "package", "event",
                                            "mode"};
  return names[part];
}

/// Matches a probe's rule; an error where nothing does.
static FailureOr<SmallVector<wasm::RuleMatch>> match(ProbeOp probe) {
  wasm::RuleParts parts;
  probe.getRule().split(parts.parts, ':');
  unsigned failed = 0;
  SmallVector<wasm::RuleMatch> matches = wasm::matchRule(parts, &failed);
  if (!matches.empty())
    return matches;
  return probe.emitError("rule '")
         << probe.getRule() << "' matches nothing: no " << getPartName(failed)
         << " fits";
}

LogicalResult ProbeExpandPass::expandProbe(
    Variants &variants, ArrayRef<wasm::RuleMatch> matches, uint32_t firstNumber,
    function_ref<uint32_t(wasm::RuleMatch)> getOrder) {
  SmallVector<SmallVector<Attribute>> instances(variants.size());
  for (auto [i, match] : llvm::enumerate(matches)) {
    auto it = llvm::find_if(
        variants, [&](ProbeOp probe) { return fits(probe, match.event); });
    if (it == variants.end() &&
        isExcludedByBounds(variants.front(), match.event))
      continue;
    if (it == variants.end())
      return variants.front().emitError("no variant of probe ")
             << variants.front().getSource() << " has the bound names of '"
             << wasm::getPackageName(wasm::getEvents()[match.event].package)
             << ":" << wasm::getEvents()[match.event].name << "'";
    instances[it - variants.begin()].push_back(InstanceAttr::get(
        &getContext(), match.event, static_cast<uint8_t>(match.mode),
        firstNumber + i, getOrder(match)));
    ++numInstances;
  }
  for (auto [probe, list] : llvm::zip_equal(variants, instances)) {
    if (list.empty())
      probe.erase(); // an earlier variant says the same
    else
      probe.setInstancesAttr(ArrayAttr::get(&getContext(), list));
  }
  return success();
}

LogicalResult ProbeExpandPass::expandScript(ScriptOp script) {
  llvm::MapVector<int32_t, Variants> sources;
  for (ProbeOp probe : script.getBody().getOps<ProbeOp>())
    sources[probe.getSource()].push_back(probe);

  // Places are shared by packages and, in a package, by modes; both rank by
  // first appearance in the script. Of a block of one instruction, the start
  // comes before the end.
  Appearance<wasm::Package> packages;
  Appearance<std::pair<wasm::Package, wasm::Mode>> modes;
  uint32_t number = 0, sourceRank = 0;
  for (auto &[source, variants] : sources) {
    FailureOr<SmallVector<wasm::RuleMatch>> matches = match(variants.front());
    if (failed(matches))
      return failure();
    auto getOrder = [&](wasm::RuleMatch match) {
      wasm::Package package = wasm::getEvents()[match.event].package;
      uint32_t packageRank = packages(package);
      uint32_t modeRank = modes({package, match.mode});
      bool isBlockEnd = package == wasm::Package::Block &&
                        wasm::getEvents()[match.event].name == "end";
      return (packageRank << 28) | (isBlockEnd << 27) |
             (std::min(modeRank, 15u) << 23) | std::min(sourceRank, 0x7FFFFFu);
    };
    if (failed(expandProbe(variants, *matches, number, getOrder)))
      return failure();
    number += matches->size();
    ++sourceRank;
  }
  return success();
}

void ProbeExpandPass::runOnOperation() {
  WalkResult result = getOperation()->walk([&](ScriptOp script) {
    return failed(expandScript(script)) ? WalkResult::interrupt()
                                        : WalkResult::skip();
  });
  if (result.wasInterrupted())
    signalPassFailure();
}
