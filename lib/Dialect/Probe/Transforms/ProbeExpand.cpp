//===- ProbeExpand.cpp - From rules to events and modes ---------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Probe/IR/ProbeOps.h"
#include "whamm/Dialect/Probe/Transforms/Passes.h"
#include "whamm/Wasm/BoundNames.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"

#include <map>
#include <tuple>

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

/// What decides which of several probes at one place goes first.
struct OrderKey {
  int32_t script;
  /// Places are shared by packages and, in a package, by modes.
  uint32_t package;
  bool isBlockEnd;
  uint32_t mode;
  uint32_t source;

  bool operator<(const OrderKey &o) const {
    return std::tie(script, package, isBlockEnd, mode, source) <
           std::tie(o.script, o.package, o.isBlockEnd, o.mode, o.source);
  }
};

/// A match of a probe that has its number, but no rank yet.
struct Instance {
  ProbeOp probe;
  wasm::RuleMatch match;
  uint32_t number;
  OrderKey key;
};

struct ProbeExpandPass : probe::impl::ProbeExpandBase<ProbeExpandPass> {
  using ProbeExpandBase::ProbeExpandBase;
  void runOnOperation() override;
  LogicalResult expandScript(ScriptOp script, int32_t rank);
  LogicalResult expandProbe(Variants &variants,
                            ArrayRef<wasm::RuleMatch> matches,
                            uint32_t firstNumber,
                            function_ref<OrderKey(wasm::RuleMatch)> getKey);
  void setInstances();

  std::vector<Instance> instances;
};

} // namespace

/// The type of the language that a table entry has; null for `unknown`.
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
  case wasm::BoundType::FuncRef:
    return FuncRefType::get(context);
  case wasm::BoundType::MapU32U32:
    return StrType::get(context); // `targets`, as bytes
  case wasm::BoundType::Unknown:
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

/// True where the event binds the name with this type.
static bool hasType(Type type, StringRef name, const wasm::BoundVar &var,
                    ProbeOp probe) {
  Type expected = lookupBound(probe, name);
  if (!expected)
    expected = getType(type.getContext(), var.type);
  return expected == type;
}

/// True where the event binds the name with the type and meaning of `op`.
static bool fits(BoundOp op, ProbeOp probe, wasm::EventId event) {
  // What `dup_at` reads has no name in scripts.
  if (op.getName() == "segment")
    return wasm::getEvents()[event].opcode == wasm::Opcode::MemoryInit;
  std::optional<wasm::BoundVar> var = wasm::lookupBoundVar(event, op.getName());
  if (!var)
    return false;
  std::string member = wasm::getMemberName(var->source, var->index);
  if (!member.empty() && op.getSourceName() != member)
    return false;
  if (member.empty() && op.getAlias())
    return false;
  // The dynamic `resolved_fid` is an operation.
  bool isLookup = var->source == wasm::BoundSource::ResolvedFid &&
                  var->lifetime == wasm::Lifetime::Dynamic;
  return !isLookup && hasType(op.getType(), op.getName(), *var, probe);
}

/// True where the event has the operand that is read or assigned.
static bool fits(StringRef name, Type type, ProbeOp probe,
                 wasm::EventId event) {
  std::optional<wasm::BoundVar> var = wasm::lookupBoundVar(event, name);
  return var && hasType(type, name, *var, probe);
}

static bool fits(Operation *op, ProbeOp probe, wasm::EventId event) {
  if (auto bound = dyn_cast<BoundOp>(op))
    return fits(bound, probe, event);
  if (auto get = dyn_cast<BoundGetOp>(op))
    return fits(get.getName(), get.getType(), probe, event);
  if (auto set = dyn_cast<BoundSetOp>(op))
    return fits(set.getName(), set.getValue().getType(), probe, event);
  return true;
}

/// True where the probe is meant for the match: it lists it, or, without a
/// list, the event has all its bound names.
static bool fits(ProbeOp probe, wasm::RuleMatch match) {
  if (auto instances = probe.getInstancesAttr())
    return llvm::any_of(
        instances.getAsRange<InstanceAttr>(), [&](InstanceAttr instance) {
          return instance.getEvent() == match.event &&
                 instance.getMode() == static_cast<uint8_t>(match.mode);
        });
  WalkResult result = probe.walk([&](Operation *op) {
    return fits(op, probe, match.event) ? WalkResult::advance()
                                        : WalkResult::interrupt();
  });
  return !result.wasInterrupted();
}

/// True where none of the event's sites can match: a type bound names what the
/// event does not have (`*(arg0: i32)` passes `nop` by), or the variants list
/// their events and it is not among them.
static bool isExcluded(ProbeOp probe, wasm::EventId event) {
  if (probe.getInstancesAttr())
    return true;
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
    function_ref<OrderKey(wasm::RuleMatch)> getKey) {
  llvm::SmallPtrSet<Operation *, 4> used;
  for (auto [i, match] : llvm::enumerate(matches)) {
    OrderKey key = getKey(match);
    auto it = llvm::find_if(variants,
                            [&](ProbeOp probe) { return fits(probe, match); });
    if (it == variants.end() && isExcluded(variants.front(), match.event))
      continue;
    if (it == variants.end())
      return variants.front().emitError("no variant of probe ")
             << variants.front().getSource() << " has the bound names of '"
             << wasm::getPackageName(wasm::getEvents()[match.event].package)
             << ":" << wasm::getEvents()[match.event].name << "'";
    instances.push_back(
        {*it, match, firstNumber + static_cast<uint32_t>(i), key});
    used.insert(it->getOperation());
    ++numInstances;
  }
  for (ProbeOp probe : variants)
    if (!used.contains(probe))
      probe.erase(); // an earlier variant says the same
  return success();
}

LogicalResult ProbeExpandPass::expandScript(ScriptOp script, int32_t rank) {
  llvm::MapVector<int32_t, Variants> sources;
  for (ProbeOp probe : script.getBody().getOps<ProbeOp>())
    sources[probe.getSource()].push_back(probe);

  // Packages and modes rank by first appearance in the script. Of a block of
  // one instruction, the start comes before the end.
  Appearance<wasm::Package> packages;
  Appearance<std::pair<wasm::Package, wasm::Mode>> modes;
  uint32_t number = 0, sourceRank = 0;
  for (auto &[source, variants] : sources) {
    FailureOr<SmallVector<wasm::RuleMatch>> matches = match(variants.front());
    if (failed(matches))
      return failure();
    auto getKey = [&](wasm::RuleMatch match) {
      const wasm::EventInfo &event = wasm::getEvents()[match.event];
      bool isBlockEnd =
          event.package == wasm::Package::Block && event.name == "end";
      return OrderKey{rank, packages(event.package), isBlockEnd,
                      modes({event.package, match.mode}), sourceRank};
    };
    if (failed(expandProbe(variants, *matches, number, getKey)))
      return failure();
    number += matches->size();
    ++sourceRank;
  }
  return success();
}

/// Numbers the keys of all scripts by rank and writes the lists of instances.
void ProbeExpandPass::setInstances() {
  std::map<OrderKey, uint32_t> ranks;
  for (const Instance &instance : instances)
    ranks.try_emplace(instance.key);
  for (auto [i, entry] : llvm::enumerate(ranks))
    entry.second = i;
  llvm::MapVector<ProbeOp, SmallVector<Attribute>> lists;
  for (const Instance &instance : instances)
    lists[instance.probe].push_back(
        InstanceAttr::get(&getContext(), instance.match.event,
                          static_cast<uint8_t>(instance.match.mode),
                          instance.number, ranks.at(instance.key)));
  for (auto &[probe, list] : lists)
    ProbeOp(probe).setInstancesAttr(ArrayAttr::get(&getContext(), list));
  instances.clear();
}

void ProbeExpandPass::runOnOperation() {
  int32_t rank = 0;
  WalkResult result = getOperation()->walk([&](ScriptOp script) {
    return failed(expandScript(script, rank++)) ? WalkResult::interrupt()
                                                : WalkResult::skip();
  });
  if (result.wasInterrupted())
    return signalPassFailure();
  setInstances();
}
