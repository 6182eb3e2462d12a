//===- PredicateFold.cpp - Simplify predicates ------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Predicate/IR/PredicateOps.h"
#include "whamm/Dialect/Predicate/Transforms/Passes.h"
#include "whamm/Dialect/Probe/IR/ProbeOps.h"

#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace whamm::predicate {
#define GEN_PASS_DEF_PREDICATEFOLD
#include "whamm/Dialect/Predicate/Transforms/PredicatePasses.h.inc"
} // namespace whamm::predicate

using namespace mlir;
using namespace whamm;
using namespace whamm::predicate;

namespace {
struct PredicateFoldPass
    : whamm::predicate::impl::PredicateFoldBase<PredicateFoldPass> {
  void runOnOperation() override;
};
} // namespace

void PredicateFoldPass::runOnOperation() {
  RewritePatternSet patterns(&getContext());
  for (RegisteredOperationName name : getContext().getRegisteredOperations())
    if (name.getDialectNamespace() == PredicateDialect::getDialectNamespace())
      name.getCanonicalizationPatterns(patterns, &getContext());
  FrozenRewritePatternSet frozen(std::move(patterns));

  SmallVector<probe::ProbeOp> never;
  getOperation()->walk([&](probe::ProbeOp probe) {
    if (probe.getPredicate().empty())
      return;
    // A failure to converge leaves a valid, merely less simple, predicate.
    (void)applyPatternsGreedily(probe.getPredicate(), frozen);
    APInt value;
    if (!matchPattern(probe.getPredicateYield().getValue(),
                      m_ConstantInt(&value)))
      return;
    if (value.isOne())
      ++numFolded;
    else
      never.push_back(probe);
  });
  for (probe::ProbeOp probe : never) {
    ++numRemoved;
    probe.emitWarning("this probe never fires: its predicate is always false");
    probe.erase();
  }
}
