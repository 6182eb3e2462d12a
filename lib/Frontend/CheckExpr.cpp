//===- CheckExpr.cpp - Expressions of scripts -----------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Checker.h"

#include "llvm/ADT/STLExtras.h"

using namespace whamm;
using namespace whamm::frontend;

/// The checked counterpart of an expression. `expected` is the type that an
/// adaptable expression takes, if it is numeric; it demands nothing.
Expr *Checker::check(const Expr *expr, Type expected) {
  switch (expr->getKind()) {
  case Expr::Kind::BoolLit:
    return context.create<BoolLitExpr>(expr->getRange(),
                                       llvm::cast<BoolLitExpr>(expr)->value);
  case Expr::Kind::StringLit:
    return context.create<StringLitExpr>(
        expr->getRange(), llvm::cast<StringLitExpr>(expr)->value);
  case Expr::Kind::IntLit:
    return checkInt(llvm::cast<IntLitExpr>(expr), expected);
  case Expr::Kind::FloatLit:
    return checkFloat(llvm::cast<FloatLitExpr>(expr), expected);
  case Expr::Kind::Ident:
    return checkIdent(llvm::cast<IdentExpr>(expr), expected);
  case Expr::Kind::Unary:
    return checkUnary(llvm::cast<UnaryExpr>(expr), expected);
  case Expr::Kind::Binary:
    return checkBinary(llvm::cast<BinaryExpr>(expr), expected);
  case Expr::Kind::Ternary:
    return checkTernary(llvm::cast<TernaryExpr>(expr), expected);
  case Expr::Kind::Cast:
    return checkCast(llvm::cast<CastExpr>(expr));
  case Expr::Kind::Call:
    return checkCall(llvm::cast<CallExpr>(expr));
  case Expr::Kind::LibCall:
    return checkLibCall(llvm::cast<LibCallExpr>(expr));
  case Expr::Kind::MapGet:
    return checkMapGet(llvm::cast<MapGetExpr>(expr));
  case Expr::Kind::TupleGet:
    return checkTupleGet(llvm::cast<TupleGetExpr>(expr));
  case Expr::Kind::Tuple:
    return checkTuple(llvm::cast<TupleExpr>(expr), expected);
  case Expr::Kind::StrMethod:
    break; // never in a parsed tree
  }
  return nullptr;
}

static bool isCastable(Type type) { return type.isNumeric() || type.isBool(); }

void Checker::reportMismatch(const Expr *expr, Type found, Type type,
                             const llvm::Twine &what) {
  auto *tuple = llvm::dyn_cast<TupleExpr>(expr);
  bool isOtherSize = tuple && type.getKind() == Type::Kind::Tuple &&
                     tuple->elements.size() != type.getElements().size();
  if (isOtherSize) {
    error(expr->getRange(), what + " has to be of type '" + type.str() +
                                "' with " +
                                llvm::Twine(type.getElements().size()) +
                                " elements, but this tuple has " +
                                llvm::Twine(tuple->elements.size()));
    return;
  }
  std::string message = (what + " has to be of type '" + type.str() +
                         "', but this is '" + found.str() + "'")
                            .str();
  if (isCastable(found) && isCastable(type) && !isAdaptable(expr))
    message += "; cast it with 'as " + type.str() + "'";
  error(expr->getRange(), message);
}

Expr *Checker::checkAs(const Expr *expr, Type type, const llvm::Twine &what) {
  Expr *value = check(expr, type);
  if (!value || value->type == type)
    return value;
  reportMismatch(expr, value->type, type, what);
  return nullptr;
}

Expr *Checker::checkConverted(const Expr *expr, Type type,
                              const llvm::Twine &what) {
  Expr *value =
      isConvertible(expr) ? checkLiteralAs(expr, type) : check(expr, type);
  if (!value || value->type == type)
    return value;
  reportMismatch(expr, value->type, type, what);
  return nullptr;
}

Expr *Checker::checkCondition(const Expr *expr, llvm::StringRef what) {
  Expr *cond = check(expr);
  if (!cond || cond->type.isBool())
    return cond;
  error(expr->getRange(),
        what + " has to be 'bool', but this is '" + cond->type.str() + "'");
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

Expr *Checker::checkUnary(const UnaryExpr *expr, Type expected) {
  bool isNot = expr->op == UnaryExpr::Op::Not;
  Expr *operand = check(expr->operand, isNot ? Type() : expected);
  if (!operand)
    return nullptr;
  if (isNot ? !operand->type.isBool() : !operand->type.isInteger()) {
    error(expr->getRange(),
          llvm::Twine(isNot ? "'!' needs a 'bool'" : "'~' needs an integer") +
              ", but the operand is '" + operand->type.str() + "'");
    return nullptr;
  }
  auto *node = context.create<UnaryExpr>(expr->getRange(), expr->op, operand);
  node->type = operand->type;
  return node;
}

Expr *Checker::finish(const BinaryExpr *expr, Expr *lhs, Expr *rhs, Type type) {
  auto *node = context.create<BinaryExpr>(expr->getRange(), expr->op,
                                          expr->opRange, lhs, rhs);
  node->type = type;
  return node;
}

Expr *Checker::checkBinary(const BinaryExpr *expr, Type expected) {
  if (isLogical(expr->op))
    return checkLogical(expr);
  if (isComparison(expr->op))
    return checkComparison(expr);
  return checkArithmetic(expr, expected);
}

Expr *Checker::checkLogical(const BinaryExpr *expr) {
  Expr *lhs = check(expr->lhs);
  Expr *rhs = check(expr->rhs);
  if (!lhs || !rhs)
    return nullptr;
  if (lhs->type.isBool() && rhs->type.isBool())
    return finish(expr, lhs, rhs, Type::Kind::Bool);
  Expr *bad = lhs->type.isBool() ? rhs : lhs;
  error(bad->getRange(), "'" + getSpelling(expr->op) +
                             "' needs 'bool' operands, but this is '" +
                             bad->type.str() + "'");
  return nullptr;
}

void Checker::reportOperandTypes(const BinaryExpr *expr, Type lhs, Type rhs) {
  bool canCast = isCastable(lhs) && isCastable(rhs);
  error(expr->opRange, "operands of '" + getSpelling(expr->op) +
                           "' have different types: '" + lhs.str() + "' and '" +
                           rhs.str() + "'" +
                           (canCast ? "; cast one of them with 'as'" : ""));
}

/// Checks both sides; a literal takes the type of the other one.
bool Checker::checkCompared(const BinaryExpr *expr, Expr *&lhs, Expr *&rhs) {
  bool left = isConvertible(expr->lhs), right = isConvertible(expr->rhs);
  if (isLiteral(expr->lhs) && isLiteral(expr->rhs)) {
    // They meet in the wider type of both.
    Type type =
        getCommonType(getDefaultType(expr->lhs), getDefaultType(expr->rhs));
    lhs = checkLiteralAs(expr->lhs, type);
    rhs = checkLiteralAs(expr->rhs, type);
  } else if (left && !right) {
    rhs = check(expr->rhs);
    lhs = rhs ? checkLiteralAs(expr->lhs, rhs->type) : nullptr;
  } else {
    lhs = check(expr->lhs);
    if (!lhs && !right)
      check(expr->rhs); // for its errors
    rhs = nullptr;
    if (lhs)
      rhs = right ? checkLiteralAs(expr->rhs, lhs->type) : check(expr->rhs);
  }
  return lhs && rhs;
}

Expr *Checker::checkComparison(const BinaryExpr *expr) {
  Expr *lhs = nullptr, *rhs = nullptr;
  if (!checkCompared(expr, lhs, rhs))
    return nullptr;
  if (lhs->type != rhs->type) {
    reportOperandTypes(expr, lhs->type, rhs->type);
    return nullptr;
  }
  bool isEquality = expr->op == BinaryOp::Eq || expr->op == BinaryOp::Ne;
  if (!isEquality && !lhs->type.isNumeric()) {
    error(expr->opRange, "'" + getSpelling(expr->op) +
                             "' needs numbers, but the operands are '" +
                             lhs->type.str() + "'");
    return nullptr;
  }
  if (lhs->type.getKind() == Type::Kind::FuncRef) {
    error(expr->opRange, "values of type 'funcref' cannot be compared");
    return nullptr;
  }
  warnConstantComparison(expr, lhs, rhs);
  return finish(expr, lhs, rhs, Type::Kind::Bool);
}

/// Checks two operands or branches; an adaptable one takes the type of the
/// other, two take the expected type.
bool Checker::checkPair(const Expr *lhs, const Expr *rhs, Type expected,
                        Expr *&left, Expr *&right) {
  bool leftAdapts = isAdaptable(lhs), rightAdapts = isAdaptable(rhs);
  if (leftAdapts && !rightAdapts) {
    right = check(rhs, expected);
    left = right ? check(lhs, right->type) : nullptr;
    return left && right;
  }
  left = check(lhs, expected);
  if (rightAdapts && !leftAdapts)
    right = left ? check(rhs, left->type) : nullptr;
  else
    right = check(rhs, expected);
  return left && right;
}

Expr *Checker::checkArithmetic(const BinaryExpr *expr, Type expected) {
  if (!expected.isNumeric() && isAdaptable(expr))
    expected = getDefaultType(expr);
  Expr *lhs, *rhs;
  if (!checkPair(expr->lhs, expr->rhs, expected, lhs, rhs))
    return nullptr;
  if (lhs->type != rhs->type) {
    reportOperandTypes(expr, lhs->type, rhs->type);
    return nullptr;
  }
  bool needsInteger = expr->op < BinaryOp::Eq || expr->op == BinaryOp::Shl ||
                      expr->op == BinaryOp::Shr;
  if (needsInteger ? !lhs->type.isInteger() : !lhs->type.isNumeric()) {
    error(expr->opRange, "'" + getSpelling(expr->op) + "' needs " +
                             (needsInteger ? "integers" : "numbers") +
                             ", but the operands are '" + lhs->type.str() +
                             "'");
    return nullptr;
  }
  if (!checkDivisor(expr, rhs))
    return nullptr;
  return finish(expr, lhs, rhs, lhs->type);
}

bool Checker::checkDivisor(const BinaryExpr *expr, const Expr *divisor) {
  if (expr->op != BinaryOp::Div && expr->op != BinaryOp::Rem)
    return true;
  if (evaluateInt(divisor) != 0)
    return true;
  error(expr->rhs->getRange(), expr->op == BinaryOp::Div
                                   ? "division by zero"
                                   : "remainder of a division by zero");
  return false;
}

Expr *Checker::checkTernary(const TernaryExpr *expr, Type expected) {
  if (!expected.isNumeric() && isAdaptable(expr))
    expected = getDefaultType(expr);
  Expr *cond = checkCondition(expr->cond, "the condition");
  Expr *thenExpr, *elseExpr;
  bool good =
      checkPair(expr->thenExpr, expr->elseExpr, expected, thenExpr, elseExpr);
  if (!cond || !good)
    return nullptr;
  if (thenExpr->type != elseExpr->type) {
    error(expr->getRange(), "the branches of the conditional have different "
                            "types: '" +
                                thenExpr->type.str() + "' and '" +
                                elseExpr->type.str() + "'");
    return nullptr;
  }
  if (thenExpr->type.getKind() == Type::Kind::FuncRef) {
    error(expr->getRange(), "a conditional cannot choose between values of "
                            "type 'funcref'");
    return nullptr;
  }
  auto *node =
      context.create<TernaryExpr>(expr->getRange(), cond, thenExpr, elseExpr);
  node->type = thenExpr->type;
  return node;
}

Expr *Checker::checkCast(const CastExpr *expr) {
  Expr *operand = check(expr->operand);
  if (!operand)
    return nullptr;
  if (!isCastable(operand->type) || !isCastable(expr->target)) {
    error(expr->getRange(), "cannot cast '" + operand->type.str() + "' to '" +
                                expr->target.str() + "'");
    return nullptr;
  }
  if (operand->type == expr->target)
    return operand;
  warnLossyCast(expr, operand);
  return context.create<CastExpr>(expr->getRange(), operand, expr->target);
}
