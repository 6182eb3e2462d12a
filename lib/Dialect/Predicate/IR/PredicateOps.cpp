//===- PredicateOps.cpp - The dialect's operations --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Predicate/IR/PredicateOps.h"

#include "whamm/Dialect/Predicate/IR/PredicateInterfaces.h"

#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace whamm::predicate;

#include "whamm/Dialect/Predicate/IR/PredicateInterfaces.cpp.inc"

#define GET_OP_CLASSES
#include "whamm/Dialect/Predicate/IR/PredicateOps.cpp.inc"

/// The value of a Boolean constant, of whichever dialect.
static std::optional<bool> getBool(Attribute attr) {
  if (auto value = dyn_cast_or_null<BoolAttr>(attr))
    return value.getValue();
  return std::nullopt;
}

/// True where one value is the negation of the other.
static bool areComplements(Value a, Value b) {
  auto notA = a.getDefiningOp<NotOp>();
  auto notB = b.getDefiningOp<NotOp>();
  return (notA && notA.getOperand() == b) || (notB && notB.getOperand() == a);
}

/// Folds an operation with identity `identity` (true for and, false for or);
/// the other constant absorbs.
static OpFoldResult foldBinary(Operation *op, Attribute lhs, Attribute rhs,
                               bool identity) {
  Value left = op->getOperand(0), right = op->getOperand(1);
  for (auto [attr, other] : {std::pair(lhs, right), std::pair(rhs, left)})
    if (auto value = getBool(attr))
      return *value == identity
                 ? OpFoldResult(other)
                 : OpFoldResult(BoolAttr::get(op->getContext(), !identity));
  if (left == right)
    return left;
  if (areComplements(left, right))
    return BoolAttr::get(op->getContext(), !identity);
  return {};
}

OpFoldResult AndOp::fold(FoldAdaptor adaptor) {
  return foldBinary(*this, adaptor.getLhs(), adaptor.getRhs(), true);
}
OpFoldResult OrOp::fold(FoldAdaptor adaptor) {
  return foldBinary(*this, adaptor.getLhs(), adaptor.getRhs(), false);
}
OpFoldResult NotOp::fold(FoldAdaptor adaptor) {
  if (auto value = getBool(adaptor.getOperand()))
    return BoolAttr::get(getContext(), !*value);
  if (auto inner = getOperand().getDefiningOp<NotOp>())
    return inner.getOperand();
  return {};
}

namespace {

/// a && (a || b) = a, and its dual.
template <typename Outer, typename Inner>
struct Absorb : OpRewritePattern<Outer> {
  using OpRewritePattern<Outer>::OpRewritePattern;
  LogicalResult matchAndRewrite(Outer op,
                                PatternRewriter &rewriter) const override {
    for (auto [a, b] : {std::pair(op.getLhs(), op.getRhs()),
                        std::pair(op.getRhs(), op.getLhs())})
      if (auto inner = b.template getDefiningOp<Inner>())
        if (inner.getLhs() == a || inner.getRhs() == a) {
          rewriter.replaceOp(op, a);
          return success();
        }
    return failure();
  }
};

/// !a && !b = !(a || b), and its dual: one negation less.
template <typename Outer, typename Inner>
struct DeMorgan : OpRewritePattern<Outer> {
  using OpRewritePattern<Outer>::OpRewritePattern;
  LogicalResult matchAndRewrite(Outer op,
                                PatternRewriter &rewriter) const override {
    auto lhs = op.getLhs().template getDefiningOp<NotOp>();
    auto rhs = op.getRhs().template getDefiningOp<NotOp>();
    if (!lhs || !rhs)
      return failure();
    auto inner = Inner::create(rewriter, op.getLoc(), lhs.getOperand(),
                               rhs.getOperand());
    rewriter.replaceOpWithNewOp<NotOp>(op, inner.getResult());
    return success();
  }
};

/// A right-hand side without effects need not wait for the left-hand side.
template <typename ShortCircuit, typename Eager>
struct MakeEager : OpRewritePattern<ShortCircuit> {
  using OpRewritePattern<ShortCircuit>::OpRewritePattern;
  LogicalResult matchAndRewrite(ShortCircuit op,
                                PatternRewriter &rewriter) const override {
    Block &block = op.getRhs().front();
    for (Operation &inner : block)
      if (!isPure(&inner) && !isa<YieldOp>(inner) && !onlyReads(&inner))
        return failure();
    auto yield = cast<YieldOp>(block.getTerminator());
    Value rhs = yield.getValue();
    rewriter.inlineBlockBefore(&block, op);
    rewriter.eraseOp(yield);
    rewriter.replaceOpWithNewOp<Eager>(op, op.getLhs(), rhs);
    return success();
  }
  /// Reading a variable early is harmless: nothing runs in between.
  static bool onlyReads(Operation *op) {
    auto effects = dyn_cast<MemoryEffectOpInterface>(op);
    return effects && op->getNumRegions() == 0 &&
           effects.onlyHasEffect<MemoryEffects::Read>();
  }
};

/// true && e = e, false || e = e, whatever e does.
template <typename ShortCircuit, bool runs>
struct InlineDecided : OpRewritePattern<ShortCircuit> {
  using OpRewritePattern<ShortCircuit>::OpRewritePattern;
  LogicalResult matchAndRewrite(ShortCircuit op,
                                PatternRewriter &rewriter) const override {
    Attribute lhs;
    if (!matchPattern(op.getLhs(), m_Constant(&lhs)) || getBool(lhs) != runs)
      return failure();
    Block &block = op.getRhs().front();
    auto yield = cast<YieldOp>(block.getTerminator());
    Value rhs = yield.getValue();
    rewriter.inlineBlockBefore(&block, op);
    rewriter.eraseOp(yield);
    rewriter.replaceOp(op, rhs);
    return success();
  }
};

} // namespace

void AndOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<Absorb<AndOp, OrOp>, DeMorgan<AndOp, OrOp>>(context);
}
void OrOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                       MLIRContext *context) {
  patterns.add<Absorb<OrOp, AndOp>, DeMorgan<OrOp, AndOp>>(context);
}
void AndThenOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                            MLIRContext *context) {
  patterns.add<MakeEager<AndThenOp, AndOp>, InlineDecided<AndThenOp, true>>(
      context);
}
void OrElseOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                           MLIRContext *context) {
  patterns.add<MakeEager<OrElseOp, OrOp>, InlineDecided<OrElseOp, false>>(
      context);
}

OpFoldResult AndThenOp::fold(FoldAdaptor adaptor) {
  if (getBool(adaptor.getLhs()) == false)
    return BoolAttr::get(getContext(), false);
  return {};
}
OpFoldResult OrElseOp::fold(FoldAdaptor adaptor) {
  if (getBool(adaptor.getLhs()) == true)
    return BoolAttr::get(getContext(), true);
  return {};
}

/// Every region of a predicate ends in a predicate.yield.
static LogicalResult verifyYields(Operation *op) {
  for (Region &region : op->getRegions())
    if (region.front().empty() || !isa<YieldOp>(region.front().back()))
      return op->emitOpError("expects its regions to end in predicate.yield");
  return success();
}
LogicalResult AndThenOp::verifyRegions() { return verifyYields(*this); }
LogicalResult OrElseOp::verifyRegions() { return verifyYields(*this); }

/// True for operations that run one of their regions or none and have no
/// effects of their own: short circuits and scf.if.
static bool isBranching(Operation *op) {
  return op->hasTrait<OpTrait::HasRecursiveMemoryEffects>() &&
         llvm::all_of(op->getRegions(), [](Region &region) {
           return region.empty() || (region.hasOneBlock() &&
                                     region.front().getNumArguments() == 0 &&
                                     region.front().mightHaveTerminator());
         });
}

/// True where each operation of the regions gives a static value, and so does
/// nothing else.
static bool hasStaticRegions(Operation *op) {
  return isBranching(op) && llvm::all_of(op->getRegions(), [](Region &region) {
           return llvm::all_of(region.getOps(), [](Operation &inner) {
             return inner.hasTrait<OpTrait::IsTerminator>()
                        ? llvm::all_of(inner.getOperands(), isStatic)
                        : inner.getNumResults() != 0 &&
                              llvm::all_of(inner.getResults(), isStatic);
           });
         });
}

bool whamm::predicate::isStatic(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return false;
  if (auto leaf = dyn_cast<StagedLeafOpInterface>(op))
    return leaf.isStatic();
  if (!llvm::all_of(op->getOperands(), isStatic))
    return false;
  return op->getNumRegions() == 0 ? isPure(op) : hasStaticRegions(op);
}

LogicalResult StagedOp::verifyRegions() {
  if (failed(verifyYields(*this)))
    return failure();
  auto yield = cast<YieldOp>(getStaticPart().front().getTerminator());
  if (!isStatic(yield.getValue()))
    return emitOpError("expects its static part to read static values only");
  return success();
}
