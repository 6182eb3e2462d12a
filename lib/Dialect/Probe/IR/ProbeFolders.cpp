//===- ProbeFolders.cpp - Folding with the language's semantics -*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

//
// Folding gives exactly what the generated code would give: arithmetic of the
// 8 and 16-bit types is done in 32 bits and normalised, shift counts are taken
// modulo 32 or 64, and what would trap is left alone.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Probe/IR/ProbeOps.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/APSInt.h"

using namespace mlir;
using namespace whamm::probe;
using llvm::APFloat;
using llvm::APSInt;

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

/// The width in which a type's arithmetic is done.
static unsigned getStackWidth(Type type) {
  return type.getIntOrFloatBitWidth() == 64 ? 64 : 32;
}

/// An integer of the language with its signedness.
static APSInt toInt(IntegerAttr attr) {
  return APSInt(attr.getValue(), attr.getType().isUnsignedInteger());
}

template <typename IntFn, typename FloatFn>
static Attribute foldNumbers(Attribute lhs, Attribute rhs, IntFn onInts,
                             FloatFn onFloats) {
  if (auto a = dyn_cast_or_null<IntegerAttr>(lhs)) {
    auto b = dyn_cast_or_null<IntegerAttr>(rhs);
    if (!b)
      return {};
    std::optional<APInt> value = onInts(toInt(a), toInt(b));
    return value ? IntegerAttr::get(a.getType(), *value) : Attribute();
  }
  auto a = dyn_cast_or_null<FloatAttr>(lhs),
       b = dyn_cast_or_null<FloatAttr>(rhs);
  if (!a || !b)
    return {};
  APFloat value = a.getValue();
  onFloats(value, b.getValue());
  return FloatAttr::get(a.getType(), value);
}

template <typename IntFn>
static Attribute foldInts(Attribute lhs, Attribute rhs, IntFn onInts) {
  return foldNumbers(lhs, rhs, onInts, [](APFloat &, const APFloat &) {});
}

using OptInt = std::optional<APInt>;
static constexpr APFloat::roundingMode nearest = APFloat::rmNearestTiesToEven;

OpFoldResult AddOp::fold(FoldAdaptor adaptor) {
  return foldNumbers(
      adaptor.getLhs(), adaptor.getRhs(),
      [](APSInt a, APSInt b) -> OptInt { return a + b; },
      [](APFloat &a, const APFloat &b) { a.add(b, nearest); });
}
OpFoldResult SubOp::fold(FoldAdaptor adaptor) {
  return foldNumbers(
      adaptor.getLhs(), adaptor.getRhs(),
      [](APSInt a, APSInt b) -> OptInt { return a - b; },
      [](APFloat &a, const APFloat &b) { a.subtract(b, nearest); });
}
OpFoldResult MulOp::fold(FoldAdaptor adaptor) {
  return foldNumbers(
      adaptor.getLhs(), adaptor.getRhs(),
      [](APSInt a, APSInt b) -> OptInt { return a * b; },
      [](APFloat &a, const APFloat &b) { a.multiply(b, nearest); });
}

OpFoldResult DivOp::fold(FoldAdaptor adaptor) {
  return foldNumbers(
      adaptor.getLhs(), adaptor.getRhs(),
      [](APSInt a, APSInt b) -> OptInt {
        bool overflows = a.isSigned() && a.getBitWidth() >= 32 &&
                         a.isMinSignedValue() && b.isAllOnes();
        if (b.isZero() || overflows)
          return std::nullopt; // traps
        return a / b;
      },
      [](APFloat &a, const APFloat &b) { a.divide(b, nearest); });
}
OpFoldResult RemOp::fold(FoldAdaptor adaptor) {
  return foldNumbers(
      adaptor.getLhs(), adaptor.getRhs(),
      [](APSInt a, APSInt b) -> OptInt {
        if (b.isZero())
          return std::nullopt; // traps
        return a % b;
      },
      [](APFloat &a, const APFloat &b) { a.mod(b); });
}

/// The shift count as the machine takes it: the right-hand side, extended to
/// the stack width, modulo that width.
static unsigned getShiftCount(const APSInt &count, unsigned width) {
  return count.extOrTrunc(width).getLoBits(width == 64 ? 6 : 5).getZExtValue();
}

OpFoldResult ShlOp::fold(FoldAdaptor adaptor) {
  unsigned width = getStackWidth(getType());
  return foldInts(
      adaptor.getLhs(), adaptor.getRhs(), [&](APSInt a, APSInt b) -> OptInt {
        APInt wide = a.extOrTrunc(width);
        return wide.shl(getShiftCount(b, width)).trunc(a.getBitWidth());
      });
}
OpFoldResult ShrOp::fold(FoldAdaptor adaptor) {
  unsigned width = getStackWidth(getType());
  return foldInts(adaptor.getLhs(), adaptor.getRhs(),
                  [&](APSInt a, APSInt b) -> OptInt {
                    APInt wide = a.extOrTrunc(width);
                    unsigned count = getShiftCount(b, width);
                    wide = a.isSigned() ? wide.ashr(count) : wide.lshr(count);
                    return wide.trunc(a.getBitWidth());
                  });
}
OpFoldResult AndOp::fold(FoldAdaptor adaptor) {
  return foldInts(adaptor.getLhs(), adaptor.getRhs(),
                  [](APSInt a, APSInt b) -> OptInt { return a & b; });
}
OpFoldResult OrOp::fold(FoldAdaptor adaptor) {
  return foldInts(adaptor.getLhs(), adaptor.getRhs(),
                  [](APSInt a, APSInt b) -> OptInt { return a | b; });
}
OpFoldResult XorOp::fold(FoldAdaptor adaptor) {
  return foldInts(adaptor.getLhs(), adaptor.getRhs(),
                  [](APSInt a, APSInt b) -> OptInt { return a ^ b; });
}
OpFoldResult NotOp::fold(FoldAdaptor adaptor) {
  if (auto value = dyn_cast_or_null<IntegerAttr>(adaptor.getOperand()))
    return IntegerAttr::get(getType(), ~value.getValue());
  if (auto inner = getOperand().getDefiningOp<NotOp>())
    return inner.getOperand();
  return {};
}

/// Compares by three-way result; `unordered` (NaN) only satisfies `ne`.
static bool holds(CmpPredicate predicate, APFloat::cmpResult order) {
  bool less = order == APFloat::cmpLessThan;
  bool greater = order == APFloat::cmpGreaterThan;
  bool equal = order == APFloat::cmpEqual;
  switch (predicate) {
  case CmpPredicate::eq:
    return equal;
  case CmpPredicate::ne:
    return !equal;
  case CmpPredicate::lt:
    return less;
  case CmpPredicate::le:
    return less || equal;
  case CmpPredicate::gt:
    return greater;
  case CmpPredicate::ge:
    return greater || equal;
  }
  llvm_unreachable("unknown comparison");
}

OpFoldResult CmpOp::fold(FoldAdaptor adaptor) {
  auto fold = [&](APFloat::cmpResult order) -> OpFoldResult {
    return BoolAttr::get(getContext(), holds(getPredicate(), order));
  };
  Attribute lhs = adaptor.getLhs(), rhs = adaptor.getRhs();
  if (auto a = dyn_cast_or_null<FloatAttr>(lhs))
    if (auto b = dyn_cast_or_null<FloatAttr>(rhs))
      return fold(a.getValue().compare(b.getValue()));
  auto a = dyn_cast_or_null<IntegerAttr>(lhs);
  auto b = dyn_cast_or_null<IntegerAttr>(rhs);
  if (!a || !b)
    return {};
  APSInt x = toInt(a), y = toInt(b);
  return fold(x == y  ? APFloat::cmpEqual
              : x < y ? APFloat::cmpLessThan
                      : APFloat::cmpGreaterThan);
}

static Attribute castFromInt(APSInt value, Type to) {
  if (to.isInteger(1))
    return BoolAttr::get(to.getContext(), !value.isZero());
  if (auto type = dyn_cast<FloatType>(to)) {
    APFloat result(type.getFloatSemantics());
    result.convertFromAPInt(value, value.isSigned(), nearest);
    return FloatAttr::get(type, result);
  }
  return IntegerAttr::get(to, value.extOrTrunc(to.getIntOrFloatBitWidth()));
}

static Attribute castFromFloat(APFloat value, Type to) {
  if (to.isInteger(1))
    return BoolAttr::get(to.getContext(), !value.isZero());
  bool inexact;
  if (auto type = dyn_cast<FloatType>(to)) {
    value.convert(type.getFloatSemantics(), nearest, &inexact);
    return FloatAttr::get(type, value);
  }
  APSInt result(getStackWidth(to), to.isUnsignedInteger());
  if (value.convertToInteger(result, APFloat::rmTowardZero, &inexact) ==
      APFloat::opInvalidOp)
    return {}; // traps
  return IntegerAttr::get(to, result.trunc(to.getIntOrFloatBitWidth()));
}

OpFoldResult CastOp::fold(FoldAdaptor adaptor) {
  if (getOperand().getType() == getType())
    return getOperand();
  if (auto value = dyn_cast_or_null<FloatAttr>(adaptor.getOperand()))
    return castFromFloat(value.getValue(), getType());
  auto value = dyn_cast_or_null<IntegerAttr>(adaptor.getOperand());
  if (!value)
    return {};
  bool isBool = value.getType().isInteger(1);
  return castFromInt(isBool ? APSInt(value.getValue(), /*isUnsigned=*/true)
                            : toInt(value),
                     getType());
}

OpFoldResult SelectOp::fold(FoldAdaptor adaptor) {
  if (auto condition = dyn_cast_or_null<BoolAttr>(adaptor.getCondition()))
    return condition.getValue() ? getOnTrue() : getOnFalse();
  if (getOnTrue() == getOnFalse())
    return getOnTrue();
  auto onTrue = dyn_cast_or_null<BoolAttr>(adaptor.getOnTrue());
  auto onFalse = dyn_cast_or_null<BoolAttr>(adaptor.getOnFalse());
  if (onTrue && onFalse && onTrue.getValue() && !onFalse.getValue())
    return getCondition();
  return {};
}

template <typename Fn>
static Attribute foldStrings(Attribute lhs, Attribute rhs, Fn fn) {
  auto a = dyn_cast_or_null<StringAttr>(lhs);
  auto b = dyn_cast_or_null<StringAttr>(rhs);
  if (!a || !b)
    return {};
  return BoolAttr::get(a.getContext(), fn(a.getValue(), b.getValue()));
}

OpFoldResult StrEqOp::fold(FoldAdaptor adaptor) {
  return foldStrings(adaptor.getLhs(), adaptor.getRhs(),
                     [](StringRef a, StringRef b) { return a == b; });
}
OpFoldResult StrStartsWithOp::fold(FoldAdaptor adaptor) {
  return foldStrings(adaptor.getLhs(), adaptor.getRhs(),
                     [](StringRef a, StringRef b) { return a.starts_with(b); });
}
OpFoldResult StrEndsWithOp::fold(FoldAdaptor adaptor) {
  return foldStrings(adaptor.getLhs(), adaptor.getRhs(),
                     [](StringRef a, StringRef b) { return a.ends_with(b); });
}
OpFoldResult StrContainsOp::fold(FoldAdaptor adaptor) {
  return foldStrings(adaptor.getLhs(), adaptor.getRhs(),
                     [](StringRef a, StringRef b) { return a.contains(b); });
}
OpFoldResult StrLenOp::fold(FoldAdaptor adaptor) {
  if (auto value = dyn_cast_or_null<StringAttr>(adaptor.getOperand()))
    return IntegerAttr::get(getType(), APInt(32, value.getValue().size()));
  return {};
}
