//===- ProbeFuseMapUpdates.cpp - Updates with one look-up -------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Probe/IR/ProbeOps.h"
#include "whamm/Dialect/Probe/Transforms/Passes.h"

namespace whamm::probe {
#define GEN_PASS_DEF_PROBEFUSEMAPUPDATES
#include "whamm/Dialect/Probe/Transforms/ProbePasses.h.inc"
} // namespace whamm::probe

using namespace mlir;
using namespace whamm;
using namespace whamm::probe;

namespace {

/// `m[k] = m[k] + x` or `m[k] = m[k] - x`.
struct Update {
  MapGetOp get;
  Operation *arithmetic;
  MapSetOp set;
  Value amount;
};

struct ProbeFuseMapUpdatesPass
    : probe::impl::ProbeFuseMapUpdatesBase<ProbeFuseMapUpdatesPass> {
  void runOnOperation() override;
};

} // namespace

/// Whether an operation, or one in its regions, may write to a map: all that
/// may write but what is known to write to other things, or to trap only.
static bool mayWriteMaps(Operation &op) {
  WalkResult result = op.walk([](Operation *inner) {
    bool isHarmless =
        inner->hasTrait<OpTrait::HasRecursiveMemoryEffects>() ||
        isa<SetOp, GlobalSetOp, BoundSetOp, DivOp, RemOp, CastOp>(inner) ||
        isMemoryEffectFree(inner) ||
        hasSingleEffect<MemoryEffects::Read>(inner);
    return isHarmless ? WalkResult::advance() : WalkResult::interrupt();
  });
  return result.wasInterrupted();
}

/// The value's read from the key that is written, if nothing else needs it.
static MapGetOp matchRead(Value value, MapSetOp set) {
  auto get = value.getDefiningOp<MapGetOp>();
  return get && get->hasOneUse() && get.getMap() == set.getMap() &&
                 get.getKey() == set.getKey() &&
                 get->getBlock() == set->getBlock()
             ? get
             : MapGetOp();
}

/// The update that ends in `set`, if it is one.
static std::optional<Update> matchUpdate(MapSetOp set) {
  Operation *arithmetic = set.getValue().getDefiningOp();
  if (!isa_and_nonnull<AddOp, SubOp>(arithmetic) || !arithmetic->hasOneUse())
    return std::nullopt;
  Value lhs = arithmetic->getOperand(0), rhs = arithmetic->getOperand(1);
  MapGetOp get = matchRead(lhs, set);
  if (!get && isa<AddOp>(arithmetic)) {
    std::swap(lhs, rhs);
    get = matchRead(lhs, set);
  }
  if (!get)
    return std::nullopt;
  auto between =
      llvm::make_range(std::next(Block::iterator(get)), Block::iterator(set));
  if (llvm::any_of(between, mayWriteMaps))
    return std::nullopt;
  return Update{get, arithmetic, set, rhs};
}

static Value negate(OpBuilder &builder, Location loc, Value value) {
  Type type = value.getType();
  TypedAttr zero = isa<FloatType>(type)
                       ? TypedAttr(builder.getFloatAttr(type, -0.0))
                       : TypedAttr(builder.getIntegerAttr(type, 0));
  Value minuend = ConstantOp::create(builder, loc, zero);
  return builder.createOrFold<SubOp>(loc, minuend, value);
}

static void fuse(const Update &update) {
  MapSetOp set = update.set;
  OpBuilder builder(set);
  Value amount = update.amount;
  if (isa<SubOp>(update.arithmetic))
    amount = negate(builder, set.getLoc(), amount);
  MapAddOp::create(builder, set.getLoc(), set.getMap(), set.getKey(), amount);
  set.erase();
  update.arithmetic->erase();
  MapGetOp(update.get).erase();
}

void ProbeFuseMapUpdatesPass::runOnOperation() {
  getOperation()->walk([&](MapSetOp set) {
    if (std::optional<Update> update = matchUpdate(set)) {
      fuse(*update);
      ++numUpdates;
    }
  });
}
