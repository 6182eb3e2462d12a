//===- ProbeCanonicalize.cpp - Bodies in the language alone -----*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

//
// Canonicalisation of scf.if makes operations of arith: nested conditions
// become arith.andi, branches that only choose become arith.select. In a script
// they are brought back to the operations that mean the same, so that what
// follows has one vocabulary to know.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Predicate/IR/PredicateOps.h"
#include "whamm/Dialect/Probe/IR/ProbeOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace whamm;
using namespace whamm::probe;

namespace {

/// Rewrites an operation of arith inside of a script.
template <typename Op> struct InScript : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    if (!op->template getParentOfType<ScriptOp>())
      return failure();
    return rewrite(op, rewriter);
  }
  virtual LogicalResult rewrite(Op op, PatternRewriter &rewriter) const = 0;
};

struct ConvertConstant : InScript<arith::ConstantOp> {
  using InScript::InScript;
  LogicalResult rewrite(arith::ConstantOp op,
                        PatternRewriter &rewriter) const override {
    Type type = op.getType();
    if (!type.isInteger(1) && !type.isF32() && !type.isF64())
      return failure();
    rewriter.replaceOpWithNewOp<ConstantOp>(op, type, op.getValue());
    return success();
  }
};

struct ConvertSelect : InScript<arith::SelectOp> {
  using InScript::InScript;
  LogicalResult rewrite(arith::SelectOp op,
                        PatternRewriter &rewriter) const override {
    if (!op.getCondition().getType().isInteger(1))
      return failure();
    rewriter.replaceOpWithNewOp<SelectOp>(op, op.getType(), op.getCondition(),
                                          op.getTrueValue(),
                                          op.getFalseValue());
    return success();
  }
};

template <typename From, typename To> struct ConvertBool : InScript<From> {
  using InScript<From>::InScript;
  LogicalResult rewrite(From op, PatternRewriter &rewriter) const override {
    if (!op.getType().isInteger(1))
      return failure();
    rewriter.template replaceOpWithNewOp<To>(op, op.getLhs(), op.getRhs());
    return success();
  }
};

struct ConvertXor : InScript<arith::XOrIOp> {
  using InScript::InScript;
  LogicalResult rewrite(arith::XOrIOp op,
                        PatternRewriter &rewriter) const override {
    if (!op.getType().isInteger(1))
      return failure();
    if (matchPattern(op.getRhs(), m_One()))
      rewriter.replaceOpWithNewOp<predicate::NotOp>(op, op.getLhs());
    else
      rewriter.replaceOpWithNewOp<CmpOp>(op, op.getType(), CmpPredicate::ne,
                                         op.getLhs(), op.getRhs());
    return success();
  }
};

} // namespace

void ProbeDialect::getCanonicalizationPatterns(
    RewritePatternSet &patterns) const {
  patterns.add<ConvertConstant, ConvertSelect, ConvertXor,
               ConvertBool<arith::AndIOp, predicate::AndOp>,
               ConvertBool<arith::OrIOp, predicate::OrOp>>(getContext());
}

/// c ? false : true = !c.
LogicalResult SelectOp::canonicalize(SelectOp op, PatternRewriter &rewriter) {
  if (!matchPattern(op.getOnTrue(), m_Zero()) ||
      !matchPattern(op.getOnFalse(), m_One()) || !op.getType().isInteger(1))
    return failure();
  rewriter.replaceOpWithNewOp<predicate::NotOp>(op, op.getCondition());
  return success();
}
