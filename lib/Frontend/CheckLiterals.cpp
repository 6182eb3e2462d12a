//===- CheckLiterals.cpp - Literals and their types -----------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Checker.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <limits>

using namespace whamm;
using namespace whamm::frontend;

__int128 frontend::truncateTo(__int128 value, Type type) {
  unsigned width = type.getBitWidth();
  __int128 modulus = __int128(1) << width;
  __int128 low = value & (modulus - 1);
  if (type.isSignedInteger() && low >= modulus / 2)
    low -= modulus;
  return low;
}

static bool fits(__int128 value, Type type) {
  return truncateTo(value, type) == value;
}

static double roundTo(double value, Type type) {
  return type.getKind() == Type::Kind::F32 ? static_cast<float>(value) : value;
}

/// The type that a literal has if nothing is expected; Error if there is none.
static Type getDefaultIntType(__int128 value) {
  for (Type type : {Type::Kind::I32, Type::Kind::I64, Type::Kind::U64})
    if (fits(value, type))
      return type;
  return Type();
}

//===----------------------------------------------------------------------===//
// Classification
//===----------------------------------------------------------------------===//

/// A literal in the sense of implicit conversions: a number, a name that
/// stands for one, or a conditional between such.
bool Checker::isLiteral(const Expr *expr) {
  if (llvm::isa<IntLitExpr, FloatLitExpr>(expr))
    return true;
  if (auto *e = llvm::dyn_cast<IdentExpr>(expr))
    return findLiteralBound(e->name);
  if (auto *e = llvm::dyn_cast<TernaryExpr>(expr))
    return isLiteral(e->thenExpr) && isLiteral(e->elseExpr);
  return false;
}

bool Checker::isConvertible(const Expr *expr) {
  if (auto *e = llvm::dyn_cast<TupleExpr>(expr))
    return llvm::any_of(e->elements,
                        [&](const Expr *e) { return isConvertible(e); });
  return isLiteral(expr);
}

/// True for an expression whose type is that of its surroundings. Asked at
/// each level of a tree, so the answers for operators are kept.
bool Checker::isAdaptable(const Expr *expr) {
  if (!llvm::isa<TernaryExpr, UnaryExpr, BinaryExpr>(expr))
    return isLiteral(expr);
  if (auto known = adaptable.find(expr); known != adaptable.end())
    return known->second;
  bool adapts = false;
  if (auto *e = llvm::dyn_cast<TernaryExpr>(expr))
    adapts = isAdaptable(e->thenExpr) && isAdaptable(e->elseExpr);
  else if (auto *e = llvm::dyn_cast<UnaryExpr>(expr))
    adapts = e->op == UnaryExpr::Op::BitNot && isAdaptable(e->operand);
  else if (auto *e = llvm::dyn_cast<BinaryExpr>(expr))
    adapts = !isLogical(e->op) && !isComparison(e->op) && isAdaptable(e->rhs) &&
             isAdaptable(e->lhs);
  adaptable[expr] = adapts;
  return adapts;
}

/// The type in which two literals of these types meet.
Type Checker::getCommonType(Type a, Type b) {
  if (a.isFloat() || b.isFloat())
    return Type::Kind::F64;
  if (a.getKind() == Type::Kind::U64 || b.getKind() == Type::Kind::U64)
    return Type::Kind::U64;
  return a.getBitWidth() >= b.getBitWidth() ? a : b;
}

/// The type of an adaptable expression if nothing is expected.
Type Checker::getDefaultType(const Expr *expr) {
  if (auto *e = llvm::dyn_cast<IntLitExpr>(expr)) {
    Type type = getDefaultIntType(e->value);
    return type.isError() ? Type(Type::Kind::U64) : type;
  }
  if (llvm::isa<FloatLitExpr>(expr))
    return Type::Kind::F64;
  if (auto *e = llvm::dyn_cast<UnaryExpr>(expr))
    return getDefaultType(e->operand);
  if (auto *e = llvm::dyn_cast<BinaryExpr>(expr))
    return getCommonType(getDefaultType(e->lhs), getDefaultType(e->rhs));
  if (auto *e = llvm::dyn_cast<TernaryExpr>(expr))
    return getCommonType(getDefaultType(e->thenExpr),
                         getDefaultType(e->elseExpr));
  return Type::Kind::I32; // names that stand for literals
}

//===----------------------------------------------------------------------===//
// Typing
//===----------------------------------------------------------------------===//

Expr *Checker::checkInt(const IntLitExpr *expr, Type expected) {
  llvm::SMRange range = expr->getRange();
  if (expected.getKind() == Type::Kind::F32)
    return context.create<FloatLitExpr>(range, static_cast<float>(expr->value),
                                        expected);
  if (expected.getKind() == Type::Kind::F64)
    return context.create<FloatLitExpr>(range, static_cast<double>(expr->value),
                                        expected);
  Type type = expected.isInteger() ? expected : getDefaultIntType(expr->value);
  if (type.isError()) {
    error(range, "integer literal is too large for every integer type");
    return nullptr;
  }
  warnTruncated(expr, type);
  return context.create<IntLitExpr>(range, truncateTo(expr->value, type), type);
}

Expr *Checker::checkFloat(const FloatLitExpr *expr, Type expected) {
  if (expected.isInteger()) {
    error(expr->getRange(),
          "a floating-point literal cannot become '" + expected.str() + "'");
    return nullptr;
  }
  Type type = expected.isFloat() ? expected : Type(Type::Kind::F64);
  return context.create<FloatLitExpr>(expr->getRange(),
                                      roundTo(expr->value, type), type);
}

//===----------------------------------------------------------------------===//
// Implicit conversion
//===----------------------------------------------------------------------===//

/// The value that a literal name has in an event, where it is not sure to fit.
static std::optional<unsigned> getValue(wasm::BoundSource source,
                                        wasm::EventId id) {
  const wasm::EventInfo &event = wasm::getEvents()[id];
  if (source == wasm::BoundSource::Bytecode)
    return event.bytecode;
  if (source == wasm::BoundSource::CategoryId)
    return event.categoryId;
  return std::nullopt; // data_size is 8 at most
}

bool Checker::checkBoundFits(const IdentExpr *expr, Type type) {
  const BoundName *bound = findLiteralBound(expr->name);
  if (!bound || !type.isInteger())
    return true;
  for (const ProbeMatch &match : probe->matches) {
    std::optional<unsigned> value = getValue(bound->var->source, match.event);
    if (!value || fits(*value, type))
      continue;
    error(expr->getRange(), "'" + expr->name + "' is " + llvm::Twine(*value) +
                                " for '" +
                                getMatchName(match.event, match.mode) +
                                "' and out of range for '" + type.str() + "'");
    return false;
  }
  return true;
}

bool Checker::checkLiteralFits(const Expr *expr, Type type) {
  if (auto *e = llvm::dyn_cast<TupleExpr>(expr)) {
    // A wrong size is reported by others.
    bool isTuple = type.getKind() == Type::Kind::Tuple &&
                   e->elements.size() == type.getElements().size();
    return !isTuple ||
           llvm::all_of(llvm::zip_equal(e->elements, type.getElements()),
                        [&](const auto &pair) {
                          auto &[element, elementType] = pair;
                          return checkLiteralFits(element, elementType);
                        });
  }
  if (!type.isNumeric())
    return true;
  if (auto *e = llvm::dyn_cast<TernaryExpr>(expr))
    return checkLiteralFits(e->thenExpr, type) &&
           checkLiteralFits(e->elseExpr, type);
  if (auto *e = llvm::dyn_cast<IdentExpr>(expr))
    return checkBoundFits(e, type);
  bool good = true;
  if (auto *e = llvm::dyn_cast<IntLitExpr>(expr))
    good = !type.isInteger() || fits(e->value, type);
  else if (auto *e = llvm::dyn_cast<FloatLitExpr>(expr))
    good = !type.isFloat() || !std::isfinite(e->value) ||
           std::isfinite(roundTo(e->value, type));
  if (!good)
    error(expr->getRange(),
          "the literal is out of range for '" + type.str() + "'");
  return good;
}

Expr *Checker::checkLiteralAs(const Expr *expr, Type type) {
  if (!checkLiteralFits(expr, type))
    return nullptr;
  return check(expr, type);
}
