//===- PredicateSplit.cpp - Static and dynamic parts ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Predicate/IR/PredicateInterfaces.h"
#include "whamm/Dialect/Predicate/IR/PredicateOps.h"
#include "whamm/Dialect/Predicate/Transforms/Passes.h"
#include "whamm/Dialect/Probe/IR/ProbeOps.h"

#include "mlir/IR/IRMapping.h"

namespace whamm::predicate {
#define GEN_PASS_DEF_PREDICATESPLIT
#include "whamm/Dialect/Predicate/Transforms/PredicatePasses.h.inc"
} // namespace whamm::predicate

using namespace mlir;
using namespace whamm;
using namespace whamm::predicate;

namespace {
struct PredicateSplitPass
    : whamm::predicate::impl::PredicateSplitBase<PredicateSplitPass> {
  void runOnOperation() override;
  void split(probe::ProbeOp probe);
};
} // namespace

/// True for operations that can trap or have effects: reading a variable early
/// is harmless, as nothing else runs in between.
static bool hasEffects(Operation *op) {
  if (op->hasTrait<OpTrait::IsTerminator>() || isPure(op))
    return false;
  auto effects = dyn_cast<MemoryEffectOpInterface>(op);
  return !effects || op->getNumRegions() != 0 ||
         !effects.onlyHasEffect<MemoryEffects::Read>();
}

/// True where computing the value, in its block, has effects.
static bool treeHasEffects(Value value) {
  Operation *op = value.getDefiningOp();
  return hasEffects(op) || llvm::any_of(op->getOperands(), [&](Value operand) {
           return operand.getParentBlock() == op->getBlock() &&
                  treeHasEffects(operand);
         });
}

/// True where effects happen that the block's value does not depend on: what
/// is left of `lib.f() || true`.
static bool hasLooseEffects(Block &block) {
  return llvm::any_of(
      block, [](Operation &op) { return op.use_empty() && hasEffects(&op); });
}

/// The terms of the conjunction that `value` is, left to right. Those on the
/// right of a short circuit live in its region. Both sides of an eager
/// conjunction are computed, so effects on its right keep it in one piece.
static void collectTerms(Value value, SmallVectorImpl<Value> &terms) {
  auto eager = value.getDefiningOp<AndOp>();
  if (eager && !treeHasEffects(eager.getRhs())) {
    collectTerms(eager.getLhs(), terms);
    collectTerms(eager.getRhs(), terms);
    return;
  }
  auto lazy = value.getDefiningOp<AndThenOp>();
  if (lazy && !hasLooseEffects(lazy.getRhs().front())) {
    auto yield = cast<YieldOp>(lazy.getRhs().front().getTerminator());
    collectTerms(lazy.getLhs(), terms);
    collectTerms(yield.getValue(), terms);
    return;
  }
  terms.push_back(value);
}

namespace {

/// Copies terms into a region, one after the other.
class PartBuilder {
public:
  PartBuilder(Region &region, Location loc)
      : builder(OpBuilder::atBlockEnd(&region.emplaceBlock())), loc(loc) {}

  void add(Value term);
  /// Ends all regions that are open.
  void finish();

private:
  Value clone(Value value);
  bool mustWait(Value value);

  OpBuilder builder;
  Location loc;
  IRMapping map;
  /// Of the region that is being filled: the conjunction so far.
  Value result;
  SmallVector<AndThenOp> open;
};

} // namespace

/// Copies what `value` needs and has not been copied yet. An operation with
/// effects has one use only, so it is copied once.
Value PartBuilder::clone(Value value) {
  if (Value known = map.lookupOrNull(value))
    return known;
  Operation *op = value.getDefiningOp();
  for (Value operand : op->getOperands())
    clone(operand);
  // Regions see values of the blocks around them.
  op->walk([&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (Operation *source = operand.getDefiningOp())
        if (!op->isAncestor(source))
          clone(operand);
  });
  builder.clone(*op, map);
  return map.lookup(value);
}

/// True where computing what has not been copied yet has effects.
bool PartBuilder::mustWait(Value value) {
  if (map.contains(value))
    return false;
  Operation *op = value.getDefiningOp();
  return hasEffects(op) || llvm::any_of(op->getOperands(), [&](Value operand) {
           return mustWait(operand);
         });
}

/// What must wait runs only where the terms so far are true, so it opens a
/// region that holds everything behind it.
void PartBuilder::add(Value term) {
  if (!result) {
    result = clone(term);
    return;
  }
  if (!mustWait(term)) {
    Value copy = clone(term);
    result = AndOp::create(builder, loc, result, copy);
    return;
  }
  auto op = AndThenOp::create(builder, loc, builder.getI1Type(), result);
  builder.setInsertionPointToEnd(&op.getRhs().emplaceBlock());
  open.push_back(op);
  result = clone(term);
}

void PartBuilder::finish() {
  if (!result)
    result = probe::ConstantOp::create(builder, loc, builder.getI1Type(),
                                       builder.getBoolAttr(true));
  YieldOp::create(builder, loc, result);
  while (!open.empty()) {
    AndThenOp op = open.pop_back_val();
    builder.setInsertionPointAfter(op);
    YieldOp::create(builder, loc, op.getResult());
  }
}

static void fillPart(Region &region, ArrayRef<Value> terms, Location loc) {
  PartBuilder part(region, loc);
  for (Value term : terms)
    part.add(term);
  part.finish();
}

/// The predicate as it is, as one part; the other part is `true`.
static void moveWhole(probe::ProbeOp probe, StagedOp staged, Value value,
                      bool isStaticPart) {
  Region &part =
      isStaticPart ? staged.getStaticPart() : staged.getDynamicPart();
  Region &other =
      isStaticPart ? staged.getDynamicPart() : staged.getStaticPart();
  fillPart(other, {}, staged.getLoc());
  Block &block = part.emplaceBlock();
  block.getOperations().splice(
      block.end(), probe.getPredicate().front().getOperations(),
      probe.getPredicate().front().begin(), staged->getIterator());
  OpBuilder builder = OpBuilder::atBlockEnd(&block);
  YieldOp::create(builder, staged.getLoc(), value);
}

/// The static terms decide at match time, wherever they stand; each kind keeps
/// its order.
void PredicateSplitPass::split(probe::ProbeOp probe) {
  YieldOp yield = probe.getPredicateYield();
  if (!yield || yield.getValue().getDefiningOp<StagedOp>())
    return;
  Block &block = probe.getPredicate().front();
  Value value = yield.getValue();
  bool isWhole = hasLooseEffects(block);
  bool isStaticPart = llvm::all_of(block.without_terminator(), [](auto &op) {
    return op.getNumResults() != 0 && llvm::all_of(op.getResults(), isStatic);
  });
  OpBuilder builder(yield);
  auto staged = StagedOp::create(builder, yield.getLoc(), builder.getI1Type());
  yield.getValueMutable().assign(staged.getResult());

  if (isWhole)
    return moveWhole(probe, staged, value, isStaticPart);

  SmallVector<Value> terms, statics, dynamics;
  collectTerms(value, terms);
  for (Value term : terms)
    (isStatic(term) ? statics : dynamics).push_back(term);
  numStatic += statics.size();
  numDynamic += dynamics.size();
  fillPart(staged.getStaticPart(), statics, yield.getLoc());
  fillPart(staged.getDynamicPart(), dynamics, yield.getLoc());
  for (Operation &op :
       llvm::make_early_inc_range(llvm::reverse(block.getOperations())))
    if (&op != staged && &op != yield && op.use_empty())
      op.erase();
}

void PredicateSplitPass::runOnOperation() {
  getOperation()->walk([&](probe::ProbeOp probe) { split(probe); });
}
