//===- ProbePromoteMaps.cpp - Counters for static keys ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Predicate/IR/PredicateInterfaces.h"
#include "whamm/Dialect/Probe/IR/ProbeOps.h"
#include "whamm/Dialect/Probe/Transforms/Passes.h"
#include "whamm/Wasm/Events.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/MapVector.h"

namespace whamm::probe {
#define GEN_PASS_DEF_PROBEPROMOTEMAPS
#include "whamm/Dialect/Probe/Transforms/ProbePasses.h.inc"
} // namespace whamm::probe

using namespace mlir;
using namespace whamm;
using namespace whamm::probe;

namespace {

/// `m[k] = m[k] + c`.
struct Update {
  MapGetOp get;
  AddOp add;
  MapSetOp set;
  int64_t amount;
};

/// What is known of a global map.
struct MapUses {
  SmallVector<Update> updates;
  bool isSeenOtherwise = false;
};

struct ProbePromoteMapsPass
    : probe::impl::ProbePromoteMapsBase<ProbePromoteMapsPass> {
  using ProbePromoteMapsBase::ProbePromoteMapsBase;
  void runOnOperation() override;
  void promote(ScriptOp script);
};

} // namespace

/// True in what runs when the program has ended.
static bool runsAtEnd(Operation *op) {
  auto probe = op->getParentOfType<ProbeOp>();
  if (!probe || !probe.getInstancesAttr() || probe.getInstancesAttr().empty())
    return false;
  auto first = cast<InstanceAttr>(probe.getInstancesAttr()[0]);
  wasm::Package package = wasm::getEvents()[first.getEvent()].package;
  return package == wasm::Package::End || package == wasm::Package::Report;
}

/// True in the body of a probe that has sites, where keys can be static.
static bool runsAtSites(Operation *op) {
  auto probe = op->getParentOfType<ProbeOp>();
  if (!probe || !probe.getInstancesAttr() || probe.getInstancesAttr().empty() ||
      !probe.getBody().isAncestor(op->getParentRegion()))
    return false;
  auto first = cast<InstanceAttr>(probe.getInstancesAttr()[0]);
  return wasm::getEvents()[first.getEvent()].package > wasm::Package::Report &&
         !op->getParentOfType<VarOp>() && !op->getParentOfType<SiteInitOp>();
}

static StringRef getMapOf(Value map) {
  auto get = map.getDefiningOp<GlobalGetOp>();
  return get ? get.getGlobal() : StringRef();
}

/// The update that ends in `set`, if it is one that a counter can make.
static std::optional<Update> matchUpdate(MapSetOp set) {
  auto add = set.getValue().getDefiningOp<AddOp>();
  if (!add || !add->hasOneUse() || !isa<IntegerType>(add.getType()) ||
      !runsAtSites(set) || !predicate::isStatic(set.getKey()))
    return std::nullopt;
  auto get = add.getLhs().getDefiningOp<MapGetOp>();
  APInt amount;
  if (!get || !get->hasOneUse() || get.getKey() != set.getKey() ||
      getMapOf(get.getMap()) != getMapOf(set.getMap()) ||
      get->getBlock() != set->getBlock() ||
      !matchPattern(add.getRhs(), m_ConstantInt(&amount)))
    return std::nullopt;
  int64_t value = add.getType().isUnsignedInteger() && amount.getBitWidth() < 64
                      ? static_cast<int64_t>(amount.getZExtValue())
                      : amount.getSExtValue();
  if (value <= 0)
    return std::nullopt;
  return Update{get, add, set, value};
}

/// Whether everything that sees the map is such an update or comes at the end.
static void collect(GlobalGetOp global, MapUses &uses) {
  if (runsAtEnd(global))
    return;
  for (Operation *user : global->getUsers()) {
    if (auto set = dyn_cast<MapSetOp>(user)) {
      if (std::optional<Update> update = matchUpdate(set)) {
        uses.updates.push_back(*update);
        continue;
      }
    } else if (auto get = dyn_cast<MapGetOp>(user)) {
      // Part of an update, which its set brings in.
      auto add =
          get->hasOneUse() ? dyn_cast<AddOp>(*get->user_begin()) : AddOp();
      auto set = add && add->hasOneUse()
                     ? dyn_cast<MapSetOp>(*add->user_begin())
                     : MapSetOp();
      if (set && matchUpdate(set))
        continue;
    }
    uses.isSeenOtherwise = true;
  }
}

/// The counter that takes the place of an update.
static void addToCell(const Update &update) {
  MapSetOp set = update.set;
  OpBuilder builder(set);
  Value cell = MapCellOp::create(builder, set.getLoc(),
                                 builder.getIntegerType(32, false),
                                 getMapOf(set.getMap()), set.getKey());
  CellAddOp::create(builder, set.getLoc(), cell, update.amount);
}

/// `fn NAME.add(key, amount: u64) { if (amount != 0) { map[key] += amount; } }`
static FnOp makeFunction(ScriptOp script, StringRef map, MapType type,
                         Location loc) {
  OpBuilder builder = OpBuilder::atBlockBegin(&script.getBody().front());
  Type u64 = builder.getIntegerType(64, false);
  auto fn = FnOp::create(builder, loc, (map + ".add").str(), TypeAttr(),
                         /*accumulates=*/true);
  Block &body = fn.getBody().emplaceBlock();
  Value key = body.addArgument(type.getKeyType(), loc);
  Value amount = body.addArgument(u64, loc);
  builder.setInsertionPointToStart(&body);
  Value zero =
      ConstantOp::create(builder, loc, u64, builder.getIntegerAttr(u64, 0));
  Value isAny = CmpOp::create(builder, loc, CmpPredicate::ne, amount, zero);
  auto ifOp = scf::IfOp::create(builder, loc, isAny, /*withElseRegion=*/false);
  builder.setInsertionPointToStart(ifOp.thenBlock());
  Value handle = GlobalGetOp::create(builder, loc, type, map);
  Value old = MapGetOp::create(builder, loc, type.getValueType(), handle, key);
  Value cast = amount;
  if (type.getValueType() != u64)
    cast = CastOp::create(builder, loc, type.getValueType(), amount);
  Value sum = AddOp::create(builder, loc, type.getValueType(), old, cast);
  MapSetOp::create(builder, loc, handle, key, sum);
  return fn;
}

/// The call that takes the place of an update.
static void callFunction(const Update &update, FnOp fn) {
  MapSetOp set = update.set;
  OpBuilder builder(set);
  Type u64 = builder.getIntegerType(64, false);
  Value amount = ConstantOp::create(builder, set.getLoc(), u64,
                                    builder.getIntegerAttr(u64, update.amount));
  CallOp::create(builder, set.getLoc(), Type(), fn.getSymName(),
                 ValueRange{set.getKey(), amount});
}

static void erase(const Update &update) {
  MapSetOp(update.set).erase();
  AddOp(update.add).erase();
  MapGetOp(update.get).erase();
}

/// True where code calls functions of the runtime that see maps by number.
static bool seesMapsByNumber(ScriptOp script) {
  WalkResult found = script.walk([](LibCallOp call) {
    StringRef name = call.getFunction();
    bool sees = call.getLibrary() == "whamm_core" && !runsAtEnd(call) &&
                (name.starts_with("get_") || name.starts_with("insert_") ||
                 name.starts_with("print_map"));
    return sees ? WalkResult::interrupt() : WalkResult::advance();
  });
  return found.wasInterrupted();
}

void ProbePromoteMapsPass::promote(ScriptOp script) {
  llvm::MapVector<StringRef, MapUses> maps;
  script.walk([&](GlobalGetOp global) {
    if (isa<MapType>(global.getType()))
      collect(global, maps[global.getGlobal()]);
  });
  script.walk([&](GlobalSetOp global) {
    maps[global.getGlobal()].isSeenOtherwise = true;
  });
  for (auto &[name, uses] : maps) {
    if (uses.isSeenOtherwise || uses.updates.empty())
      continue;
    ++numMaps;
    FnOp fn;
    if (functions) {
      MapSetOp set = uses.updates.front().set;
      fn = makeFunction(script, name, cast<MapType>(set.getMap().getType()),
                        set.getLoc());
    }
    for (const Update &update : uses.updates) {
      if (functions)
        callFunction(update, fn);
      else
        addToCell(update);
      erase(update);
      ++numUpdates;
    }
  }
  script.walk([](GlobalGetOp global) {
    if (global->use_empty())
      global.erase();
  });
}

void ProbePromoteMapsPass::runOnOperation() {
  SmallVector<ScriptOp> scripts;
  getOperation()->walk([&](ScriptOp script) { scripts.push_back(script); });
  if (llvm::any_of(scripts, seesMapsByNumber))
    return;
  for (ScriptOp script : scripts)
    promote(script);
}
