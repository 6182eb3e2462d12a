//===- Constants.cpp - Values of expressions of literals ------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// Just what diagnostics need: folding is done by the passes.
//
//===----------------------------------------------------------------------===//

#include "Checker.h"

using namespace whamm;
using namespace whamm::frontend;

/// The result before it is cut to the type's width.
static std::optional<__int128> apply(BinaryOp op, __int128 lhs, __int128 rhs,
                                     unsigned width) {
  auto shift = static_cast<unsigned>(rhs & (width == 64 ? 63 : 31));
  switch (op) {
  case BinaryOp::Add:
    return lhs + rhs;
  case BinaryOp::Sub:
    return lhs - rhs;
  case BinaryOp::Mul:
    return static_cast<__int128>(static_cast<unsigned __int128>(lhs) *
                                 static_cast<unsigned __int128>(rhs));
  case BinaryOp::Div:
    return rhs ? std::optional<__int128>(lhs / rhs) : std::nullopt;
  case BinaryOp::Rem:
    return rhs ? std::optional<__int128>(lhs % rhs) : std::nullopt;
  case BinaryOp::Shl:
    return static_cast<__int128>(static_cast<unsigned __int128>(lhs) << shift);
  case BinaryOp::Shr:
    return lhs >> shift;
  case BinaryOp::BitAnd:
    return lhs & rhs;
  case BinaryOp::BitOr:
    return lhs | rhs;
  case BinaryOp::BitXor:
    return lhs ^ rhs;
  default:
    return std::nullopt;
  }
}

std::optional<__int128> frontend::evaluateInt(const Expr *expr) {
  if (!expr->type.isInteger())
    return std::nullopt;
  if (auto *e = llvm::dyn_cast<IntLitExpr>(expr))
    return e->value;
  std::optional<__int128> value;
  if (auto *e = llvm::dyn_cast<CastExpr>(expr))
    value = evaluateInt(e->operand);
  else if (auto *e = llvm::dyn_cast<UnaryExpr>(expr))
    value = evaluateInt(e->operand);
  if (llvm::isa<UnaryExpr>(expr) && value)
    value = ~*value;
  if (auto *e = llvm::dyn_cast<BinaryExpr>(expr)) {
    std::optional<__int128> lhs = evaluateInt(e->lhs);
    std::optional<__int128> rhs = lhs ? evaluateInt(e->rhs) : std::nullopt;
    if (rhs)
      value = apply(e->op, *lhs, *rhs, expr->type.getBitWidth());
  }
  if (!value)
    return std::nullopt;
  return truncateTo(*value, expr->type);
}

static std::optional<bool> compare(BinaryOp op, __int128 lhs, __int128 rhs) {
  switch (op) {
  case BinaryOp::Eq:
    return lhs == rhs;
  case BinaryOp::Ne:
    return lhs != rhs;
  case BinaryOp::Lt:
    return lhs < rhs;
  case BinaryOp::Le:
    return lhs <= rhs;
  case BinaryOp::Gt:
    return lhs > rhs;
  case BinaryOp::Ge:
    return lhs >= rhs;
  default:
    return std::nullopt;
  }
}

std::optional<bool> frontend::evaluateBool(const Expr *expr) {
  if (auto *e = llvm::dyn_cast<BoolLitExpr>(expr))
    return e->value;
  if (auto *e = llvm::dyn_cast<UnaryExpr>(expr)) {
    std::optional<bool> operand = evaluateBool(e->operand);
    return operand ? std::optional<bool>(!*operand) : std::nullopt;
  }
  auto *e = llvm::dyn_cast<BinaryExpr>(expr);
  if (!e)
    return std::nullopt;
  if (isLogical(e->op)) {
    bool decides = e->op == BinaryOp::LogicalOr;
    std::optional<bool> lhs = evaluateBool(e->lhs);
    std::optional<bool> rhs = evaluateBool(e->rhs);
    if (lhs == decides || rhs == decides)
      return decides;
    return lhs && rhs ? std::optional<bool>(!decides) : std::nullopt;
  }
  std::optional<__int128> lhs = evaluateInt(e->lhs), rhs = evaluateInt(e->rhs);
  return lhs && rhs ? compare(e->op, *lhs, *rhs) : std::nullopt;
}
