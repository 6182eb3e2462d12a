//===- CheckWarnings.cpp - What is allowed but unlikely to be meant -------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Checker.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace whamm;
using namespace whamm::frontend;

void Checker::warnOnce(llvm::SMRange range, const llvm::Twine &message) {
  if (warned.insert(range.Start.getPointer()).second)
    diags.warning(range, message);
}

static std::string toString(__int128 value) {
  // Only values of 64 bits are shown.
  return value < 0 ? std::to_string(static_cast<int64_t>(value))
                   : std::to_string(static_cast<uint64_t>(value));
}

//===----------------------------------------------------------------------===//
// Literals
//===----------------------------------------------------------------------===//

/// True where the literal's digits are decimal.
static bool isDecimal(const IntLitExpr *literal) {
  llvm::SMRange range = literal->getRange();
  const char *start = range.Start.getPointer();
  llvm::StringRef text(start, range.End.getPointer() - start);
  return !text.starts_with_insensitive("0x") &&
         !text.starts_with_insensitive("0b");
}

/// True where a literal is nothing but another spelling of the type's bits: a
/// negative number for an unsigned type, hexadecimal for a signed one.
static bool isSpellingOf(const IntLitExpr *literal, Type type) {
  __int128 value = literal->value;
  __int128 modulus = __int128(1) << type.getBitWidth();
  if (value < -modulus / 2 || value >= modulus)
    return false;
  bool isTooLarge = type.isSignedInteger() && value >= modulus / 2;
  return !isTooLarge || !isDecimal(literal);
}

void Checker::warnTruncated(const IntLitExpr *literal, Type type) {
  if (!isSpellingOf(literal, type))
    warnOnce(literal->getRange(),
             "the literal is out of range for '" + type.str() +
                 "' and becomes " + toString(truncateTo(literal->value, type)));
}

void Checker::warnLossyCast(const CastExpr *expr, const Expr *operand) {
  if (!expr->target.isInteger())
    return;
  Type type = expr->target;
  if (auto *literal = llvm::dyn_cast<IntLitExpr>(expr->operand)) {
    if (!isSpellingOf(literal, type))
      warnOnce(literal->getRange(),
               "this value is out of range for '" + type.str() +
                   "' and becomes " +
                   toString(truncateTo(literal->value, type)));
    return;
  }
  auto *literal = llvm::dyn_cast<FloatLitExpr>(operand);
  if (!literal)
    return;
  double limit = std::ldexp(1.0, type.getBitWidth() - type.isSignedInteger());
  double value = std::trunc(literal->value);
  double lowest = type.isSignedInteger() ? -limit : 0;
  if (!(value >= lowest && value < limit))
    warnOnce(literal->getRange(),
             "this value is out of range for '" + type.str() + "'");
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

/// `x op literal` for an operator whose literal stood on the left.
static BinaryOp swapSides(BinaryOp op) {
  switch (op) {
  case BinaryOp::Lt:
    return BinaryOp::Gt;
  case BinaryOp::Le:
    return BinaryOp::Ge;
  case BinaryOp::Gt:
    return BinaryOp::Lt;
  case BinaryOp::Ge:
    return BinaryOp::Le;
  default:
    return op;
  }
}

/// Whether `x op value` is the same for all x of the type.
static std::optional<bool> getConstantResult(BinaryOp op, __int128 value,
                                             Type type) {
  __int128 modulus = __int128(1) << type.getBitWidth();
  bool isSigned = type.isSignedInteger();
  __int128 min = isSigned ? -modulus / 2 : 0;
  __int128 max = isSigned ? modulus / 2 - 1 : modulus - 1;
  if ((op == BinaryOp::Lt && value == min) ||
      (op == BinaryOp::Gt && value == max))
    return false;
  if ((op == BinaryOp::Ge && value == min) ||
      (op == BinaryOp::Le && value == max))
    return true;
  return std::nullopt;
}

void Checker::warnConstantComparison(const BinaryExpr *expr, const Expr *lhs,
                                     const Expr *rhs) {
  auto *literal = llvm::dyn_cast<IntLitExpr>(rhs);
  BinaryOp op = expr->op;
  if (!literal) {
    literal = llvm::dyn_cast<IntLitExpr>(lhs);
    op = swapSides(op);
    std::swap(lhs, rhs);
  }
  // What holds for the type of one class may be different for the next.
  if (!literal || llvm::isa<IntLitExpr>(lhs) || hasOtherClasses)
    return;
  Type type = literal->type;
  if (auto constant = getConstantResult(op, literal->value, type))
    warnOnce(expr->opRange, llvm::Twine("this comparison is always ") +
                                (*constant ? "true" : "false") +
                                " for values of type '" + type.str() + "'");
}

void Checker::warnNeverTrue(const CheckedProbe &checked) {
  if (checked.predicate && evaluateBool(checked.predicate) == false)
    warnOnce(checked.predicate->getRange(),
             "this predicate is always false: the probe never fires");
}

//===----------------------------------------------------------------------===//
// Bounds
//===----------------------------------------------------------------------===//

/// False where no instruction of the event has such an operand or result.
static bool mayHave(wasm::EventId id, const CheckedBound &bound) {
  const wasm::EventInfo &event = wasm::getEvents()[id];
  bool isArg = bound.source == wasm::BoundSource::Arg;
  if (!isArg && bound.source != wasm::BoundSource::Res)
    return true;
  if (!event.opcode)
    return false;
  const wasm::OpcodeInfo &info = wasm::getOpcodeInfo(*event.opcode);
  if (info.rule != wasm::TypeRule::Fixed)
    return true;
  auto types = isArg ? info.getOperands() : info.getResults();
  if (bound.index >= types.size())
    return false;
  std::optional<Type> type =
      getScriptType(types[types.size() - 1 - bound.index]);
  return !type || haveSameRepresentation(*type, bound.type);
}

void Checker::warnImpossibleBounds(llvm::ArrayRef<CheckedBound> bounds,
                                   llvm::ArrayRef<wasm::RuleMatch> matches) {
  for (const CheckedBound &bound : bounds) {
    bool isPossible = llvm::any_of(matches, [&](const wasm::RuleMatch &match) {
      return mayHave(match.event, bound);
    });
    if (!isPossible)
      warnOnce(bound.range, "nothing that this rule matches has '" +
                                bound.name + "' of type '" + bound.type.str() +
                                "': the probe never fires");
  }
}

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

void Checker::warnUnused() {
  for (const Variable *var : declared) {
    bool isMeant = var->isReport || var->name.starts_with("_") ||
                   var->storage == Variable::Storage::Param;
    if (!isMeant && !usedDeclarations.contains(var->range.Start.getPointer()))
      warnOnce(var->range, "unused variable '" + var->name + "'");
  }
}
