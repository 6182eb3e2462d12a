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

/// The terms of the conjunction that `value` is, left to right.
static void collectTerms(Value value, SmallVectorImpl<Value> &terms) {
  if (auto op = value.getDefiningOp<AndOp>()) {
    collectTerms(op.getLhs(), terms);
    collectTerms(op.getRhs(), terms);
    return;
  }
  terms.push_back(value);
}

/// Copies what `value` needs, within its block, into the builder's block.
static Value cloneTree(Value value, OpBuilder &builder, IRMapping &map) {
  if (Value known = map.lookupOrNull(value))
    return known;
  Operation *op = value.getDefiningOp();
  for (Value operand : op->getOperands())
    cloneTree(operand, builder, map);
  // Regions see values of the block around them.
  op->walk([&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (operand.getParentBlock() == op->getBlock())
        cloneTree(operand, builder, map);
  });
  builder.clone(*op, map);
  return map.lookup(value);
}

/// Fills a region with the conjunction of `terms`, or `true`.
static void fillPart(Region &region, ArrayRef<Value> terms, Location loc) {
  OpBuilder builder = OpBuilder::atBlockEnd(&region.emplaceBlock());
  IRMapping map;
  Value result;
  for (Value term : terms) {
    Value copy = cloneTree(term, builder, map);
    result =
        result ? AndOp::create(builder, loc, result, copy).getResult() : copy;
  }
  if (!result)
    result = probe::ConstantOp::create(builder, loc, builder.getI1Type(),
                                       builder.getBoolAttr(true));
  YieldOp::create(builder, loc, result);
}

void PredicateSplitPass::split(probe::ProbeOp probe) {
  YieldOp yield = probe.getPredicateYield();
  if (!yield || yield.getValue().getDefiningOp<StagedOp>())
    return;
  // A short-circuit conjunction at the top has a right-hand side that can trap
  // and so is dynamic; its left-hand side may still have static terms.
  SmallVector<Value> terms, statics, dynamics;
  collectTerms(yield.getValue(), terms);
  for (Value term : terms) {
    auto shortCircuit = term.getDefiningOp<AndThenOp>();
    if (!shortCircuit) {
      (isStatic(term) ? statics : dynamics).push_back(term);
      continue;
    }
    SmallVector<Value> left;
    collectTerms(shortCircuit.getLhs(), left);
    for (Value inner : left)
      if (isStatic(inner))
        statics.push_back(inner);
    dynamics.push_back(term);
  }
  numStatic += statics.size();
  numDynamic += dynamics.size();

  OpBuilder builder(yield);
  auto staged = StagedOp::create(builder, yield.getLoc(), builder.getI1Type());
  fillPart(staged.getStaticPart(), statics, yield.getLoc());
  fillPart(staged.getDynamicPart(), dynamics, yield.getLoc());
  yield.getValueMutable().assign(staged.getResult());

  Block &block = probe.getPredicate().front();
  for (Operation &op :
       llvm::make_early_inc_range(llvm::reverse(block.getOperations())))
    if (&op != staged && &op != yield && op.use_empty())
      op.erase();
}

void PredicateSplitPass::runOnOperation() {
  getOperation()->walk([&](probe::ProbeOp probe) { split(probe); });
}
