//===- BodyLowering.cpp - From the language to WebAssembly ------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "BodyLowering.h"

#include "whamm/Dialect/Predicate/IR/PredicateInterfaces.h"
#include "whamm/Dialect/Predicate/IR/PredicateOps.h"
#include "whamm/Wasm/BoundNames.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace whamm;
using wasm_inject::SourceKind;

Type whamm::getWasmType(Type type) {
  return wasm_inject::StateOp::getStorageType(type);
}

/// True for types whose values are kept extended in a wider register.
static bool isNarrow(Type type) {
  return isa<IntegerType>(type) && type.getIntOrFloatBitWidth() > 1 &&
         type.getIntOrFloatBitWidth() < 32;
}

BodyLowering::BodyLowering(Block &block, bool mayHaveParams)
    : entry(block), builder(OpBuilder::atBlockEnd(&block)),
      mayHaveParams(mayHaveParams) {}

void BodyLowering::setState(Value ref, FlatSymbolRefAttr state) {
  states[ref] = state;
}
void BodyLowering::setGlobal(StringRef name, FlatSymbolRefAttr state) {
  globals[name] = state;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

Value BodyLowering::addParam(SourceKind kind, unsigned index, Type type) {
  assert(mayHaveParams && "a region outside of templates has no parameters");
  params.push_back(
      wasm_inject::ParamAttr::get(builder.getContext(), kind, index));
  return entry.addArgument(type, builder.getUnknownLoc());
}

Value BodyLowering::getConstant(Location loc, Type type, int64_t value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getIntegerAttr(type, value));
}

/// A literal of the language as a WebAssembly constant.
Value BodyLowering::getConstant(Location loc, Attribute value) {
  auto integer = dyn_cast<IntegerAttr>(value);
  if (!integer)
    return arith::ConstantOp::create(builder, loc, cast<TypedAttr>(value));
  Type from = integer.getType(), to = getWasmType(from);
  unsigned width = to.getIntOrFloatBitWidth();
  APInt bits = from.isSignedInteger() ? integer.getValue().sext(width)
                                      : integer.getValue().zext(width);
  return arith::ConstantOp::create(builder, loc, IntegerAttr::get(to, bits));
}

Value BodyLowering::get(Value value) {
  if (Value known = map.lookupOrNull(value))
    return known;
  if (auto constant = value.getDefiningOp<probe::ConstantOp>())
    return getConstant(constant.getLoc(), constant.getValue());
  assert(predicate::isStatic(value) && "dynamic values are lowered in order");
  Value hole =
      addParam(SourceKind::Hole, holes.size(), getWasmType(value.getType()));
  holes.push_back(value);
  map.map(value, hole);
  return hole;
}

/// Brings the 32-bit result of an operation to the range of a narrow type.
Value BodyLowering::normalize(Location loc, Value value, Type type) {
  if (!isNarrow(type))
    return value;
  unsigned width = type.getIntOrFloatBitWidth();
  if (type.isUnsignedInteger())
    return arith::AndIOp::create(
        builder, loc, value,
        getConstant(loc, value.getType(), (1 << width) - 1));
  Value shift = getConstant(loc, value.getType(), 32 - width);
  Value high = arith::ShLIOp::create(builder, loc, value, shift);
  return arith::ShRSIOp::create(builder, loc, high, shift);
}

Value BodyLowering::lowerBinary(Operation &op) {
  Location loc = op.getLoc();
  Type type = op.getResult(0).getType();
  Value lhs = get(op.getOperand(0)), rhs = get(op.getOperand(1));
  bool isFloat = isa<FloatType>(type);
  auto make = [&](auto intTag, auto floatTag) -> Value {
    using IntOp = typename decltype(intTag)::type;
    using FloatOp = typename decltype(floatTag)::type;
    if (isFloat)
      return FloatOp::create(builder, loc, lhs, rhs).getResult();
    return normalize(loc, IntOp::create(builder, loc, lhs, rhs), type);
  };

  if (isa<probe::AddOp>(op))
    return make(std::type_identity<arith::AddIOp>(),
                std::type_identity<arith::AddFOp>());
  if (isa<probe::SubOp>(op))
    return make(std::type_identity<arith::SubIOp>(),
                std::type_identity<arith::SubFOp>());
  if (isa<probe::MulOp>(op))
    return make(std::type_identity<arith::MulIOp>(),
                std::type_identity<arith::MulFOp>());
  // Bitwise operations keep both kinds of extension.
  if (isa<probe::AndOp, predicate::AndOp>(op))
    return arith::AndIOp::create(builder, loc, lhs, rhs);
  if (isa<probe::OrOp, predicate::OrOp>(op))
    return arith::OrIOp::create(builder, loc, lhs, rhs);
  assert(isa<probe::XorOp>(op));
  return arith::XOrIOp::create(builder, loc, lhs, rhs);
}

Value BodyLowering::lowerDivision(Operation &op, bool isRemainder) {
  Location loc = op.getLoc();
  Type type = op.getResult(0).getType();
  Value lhs = get(op.getOperand(0)), rhs = get(op.getOperand(1));
  if (isa<FloatType>(type))
    return isRemainder
               ? arith::RemFOp::create(builder, loc, lhs, rhs).getResult()
               : arith::DivFOp::create(builder, loc, lhs, rhs).getResult();
  bool isSigned = type.isSignedInteger();
  if (isRemainder)
    return wasm_inject::RemOp::create(builder, loc, lhs.getType(), isSigned,
                                      lhs, rhs);
  Value result = wasm_inject::DivOp::create(builder, loc, lhs.getType(),
                                            isSigned, lhs, rhs);
  return normalize(loc, result, type); // -128 / -1
}

Value BodyLowering::lowerShift(Operation &op, bool isLeft) {
  Location loc = op.getLoc();
  Type type = op.getResult(0).getType();
  Value lhs = get(op.getOperand(0)), rhs = get(op.getOperand(1));
  unsigned width = lhs.getType().getIntOrFloatBitWidth();
  Value count = arith::AndIOp::create(
      builder, loc, rhs, getConstant(loc, rhs.getType(), width - 1));
  if (isLeft)
    return normalize(loc, arith::ShLIOp::create(builder, loc, lhs, count),
                     type);
  if (type.isSignedInteger())
    return arith::ShRSIOp::create(builder, loc, lhs, count);
  return arith::ShRUIOp::create(builder, loc, lhs, count);
}

Value BodyLowering::lowerCompare(probe::CmpOp op) {
  using Int = arith::CmpIPredicate;
  using Float = arith::CmpFPredicate;
  auto index = static_cast<unsigned>(op.getPredicate());
  Value lhs = get(op.getLhs()), rhs = get(op.getRhs());
  Type type = op.getLhs().getType();
  if (isa<FloatType>(type)) {
    static constexpr Float table[] = {Float::OEQ, Float::UNE, Float::OLT,
                                      Float::OLE, Float::OGT, Float::OGE};
    return arith::CmpFOp::create(builder, op.getLoc(), table[index], lhs, rhs);
  }
  static constexpr Int onSigned[] = {Int::eq,  Int::ne,  Int::slt,
                                     Int::sle, Int::sgt, Int::sge};
  static constexpr Int onUnsigned[] = {Int::eq,  Int::ne,  Int::ult,
                                       Int::ule, Int::ugt, Int::uge};
  Int predicate = type.isSignedInteger() ? onSigned[index] : onUnsigned[index];
  return arith::CmpIOp::create(builder, op.getLoc(), predicate, lhs, rhs);
}

Value BodyLowering::lowerFloatCast(probe::CastOp op, Value value) {
  Location loc = op.getLoc();
  Type to = op.getType(), wasmType = getWasmType(to);
  if (to.isInteger(1)) {
    Value zero = arith::ConstantOp::create(
        builder, loc, builder.getFloatAttr(value.getType(), 0.0));
    return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNE, value,
                                 zero);
  }
  if (isa<FloatType>(to))
    return to.isF64()
               ? arith::ExtFOp::create(builder, loc, to, value).getResult()
               : arith::TruncFOp::create(builder, loc, to, value).getResult();
  Value result = wasm_inject::TruncOp::create(builder, loc, wasmType,
                                              to.isSignedInteger(), value);
  return normalize(loc, result, to);
}

Value BodyLowering::lowerIntCast(probe::CastOp op, Value value) {
  Location loc = op.getLoc();
  Type from = op.getOperand().getType(), to = op.getType();
  Type wasmType = getWasmType(to);
  if (to.isInteger(1))
    return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, value,
                                 getConstant(loc, value.getType(), 0));
  if (from.isInteger(1) && isa<IntegerType>(to))
    return arith::ExtUIOp::create(builder, loc, wasmType, value);
  if (isa<FloatType>(to)) {
    if (from.isSignedInteger())
      return arith::SIToFPOp::create(builder, loc, to, value);
    return arith::UIToFPOp::create(builder, loc, to, value);
  }
  unsigned fromWidth = value.getType().getIntOrFloatBitWidth();
  unsigned toWidth = wasmType.getIntOrFloatBitWidth();
  if (fromWidth < toWidth)
    return from.isSignedInteger()
               ? arith::ExtSIOp::create(builder, loc, wasmType, value)
                     .getResult()
               : arith::ExtUIOp::create(builder, loc, wasmType, value)
                     .getResult();
  if (fromWidth > toWidth)
    value = arith::TruncIOp::create(builder, loc, wasmType, value);
  return normalize(loc, value, to);
}

Value BodyLowering::lowerCast(probe::CastOp op) {
  Value value = get(op.getOperand());
  if (op.getOperand().getType() == op.getType())
    return value;
  return isa<FloatType>(value.getType()) ? lowerFloatCast(op, value)
                                         : lowerIntCast(op, value);
}

/// A dynamic bound name: an operand, result or local of the place.
Value BodyLowering::lowerBound(probe::BoundOp op) {
  auto [source, index] = *wasm::getFamilyMember(op.getSourceName());
  SourceKind kind = source == wasm::BoundSource::Arg   ? SourceKind::Arg
                    : source == wasm::BoundSource::Res ? SourceKind::Result
                                                       : SourceKind::Local;

  Type type = op.getType();
  Type wasmType = type.isInteger(1) ? builder.getI32Type() : getWasmType(type);
  Value &operand = operands[{static_cast<unsigned>(kind), index}];
  if (!operand)
    operand = addParam(kind, index, wasmType);
  // The application's value need not lie in the range of the bound's type.
  if (type.isInteger(1))
    return arith::CmpIOp::create(builder, op.getLoc(), arith::CmpIPredicate::ne,
                                 operand,
                                 getConstant(op.getLoc(), wasmType, 0));
  return normalize(op.getLoc(), operand, type);
}

Value BodyLowering::lowerShortCircuit(Operation &op, bool isAnd) {
  Location loc = op.getLoc();
  auto ifOp = scf::IfOp::create(builder, loc, TypeRange{builder.getI1Type()},
                                get(op.getOperand(0)), /*withElse=*/true);
  Block *run = isAnd ? ifOp.thenBlock() : ifOp.elseBlock();
  Block *skip = isAnd ? ifOp.elseBlock() : ifOp.thenBlock();
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(skip);
  scf::YieldOp::create(builder, loc,
                       getConstant(loc, builder.getI1Type(), isAnd ? 0 : 1));
  lowerInto(op.getRegion(0).front(), *run);
  return ifOp.getResult(0);
}

Value BodyLowering::lowerValue(Operation &op) {
  Location loc = op.getLoc();
  return llvm::TypeSwitch<Operation *, Value>(&op)
      .Case<probe::DivOp>([&](auto) { return lowerDivision(op, false); })
      .Case<probe::RemOp>([&](auto) { return lowerDivision(op, true); })
      .Case<probe::ShlOp>([&](auto) { return lowerShift(op, true); })
      .Case<probe::ShrOp>([&](auto) { return lowerShift(op, false); })
      .Case<probe::CmpOp>([&](auto cmp) { return lowerCompare(cmp); })
      .Case<probe::CastOp>([&](auto cast) { return lowerCast(cast); })
      .Case<probe::BoundOp>([&](auto bound) { return lowerBound(bound); })
      .Case<probe::NotOp>([&](auto) -> Value {
        Value operand = get(op.getOperand(0));
        Value result = arith::XOrIOp::create(
            builder, loc, operand, getConstant(loc, operand.getType(), -1));
        return op.getResult(0).getType().isUnsignedInteger()
                   ? normalize(loc, result, op.getResult(0).getType())
                   : result;
      })
      .Case<predicate::NotOp>([&](auto) -> Value {
        return arith::XOrIOp::create(builder, loc, get(op.getOperand(0)),
                                     getConstant(loc, builder.getI1Type(), 1));
      })
      .Case<probe::SelectOp>([&](probe::SelectOp select) -> Value {
        return arith::SelectOp::create(builder, loc, get(select.getCondition()),
                                       get(select.getOnTrue()),
                                       get(select.getOnFalse()));
      })
      .Case<predicate::AndThenOp>(
          [&](auto) { return lowerShortCircuit(op, true); })
      .Case<predicate::OrElseOp>(
          [&](auto) { return lowerShortCircuit(op, false); })
      .Case<probe::GetOp>([&](probe::GetOp get) -> Value {
        if (FlatSymbolRefAttr state = states.lookup(get.getRef()))
          return wasm_inject::StateGetOp::create(
              builder, loc, getWasmType(get.getType()), state);
        return wasm_inject::LocalGetOp::create(builder, loc,
                                               map.lookup(get.getRef()));
      })
      .Case<probe::GlobalGetOp>([&](probe::GlobalGetOp get) -> Value {
        return wasm_inject::StateGetOp::create(builder, loc,
                                               getWasmType(get.getType()),
                                               globals.lookup(get.getGlobal()));
      })
      .Default([&](Operation *) { return lowerBinary(op); });
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

void BodyLowering::lowerInto(Block &source, Block &target) {
  OpBuilder::InsertionGuard guard(builder);
  // scf.if blocks without results come with their terminator.
  if (!target.empty())
    target.back().erase();
  builder.setInsertionPointToEnd(&target);
  lowerBlock(source);
  SmallVector<Value> results;
  for (Value value : source.back().getOperands())
    results.push_back(get(value));
  scf::YieldOp::create(builder, source.back().getLoc(), results);
}

void BodyLowering::lowerIf(Operation &op) {
  auto source = cast<scf::IfOp>(op);
  SmallVector<Type> types;
  for (Type type : source.getResultTypes())
    types.push_back(getWasmType(type));
  bool hasElse = source.elseBlock() != nullptr;
  auto target = scf::IfOp::create(builder, op.getLoc(), types,
                                  get(source.getCondition()), hasElse);
  lowerInto(*source.thenBlock(), *target.thenBlock());
  if (hasElse)
    lowerInto(*source.elseBlock(), *target.elseBlock());
  for (auto [from, to] : llvm::zip(source.getResults(), target.getResults()))
    map.map(from, to);
}

void BodyLowering::lower(Operation &op) {
  Location loc = op.getLoc();
  if (auto set = dyn_cast<probe::SetOp>(op)) {
    Value value = get(set.getValue());
    if (FlatSymbolRefAttr state = states.lookup(set.getRef()))
      wasm_inject::StateSetOp::create(builder, loc, state, value);
    else
      wasm_inject::LocalSetOp::create(builder, loc, map.lookup(set.getRef()),
                                      value);
    return;
  }
  if (auto set = dyn_cast<probe::GlobalSetOp>(op)) {
    wasm_inject::StateSetOp::create(
        builder, loc, globals.lookup(set.getGlobal()), get(set.getValue()));
    return;
  }
  if (auto var = dyn_cast<probe::VarOp>(op)) {
    if (var.getStorage() == probe::Storage::Local) {
      auto type = wasm_inject::LocalType::get(
          getWasmType(var.getType().getValueType()));
      Value local = wasm_inject::LocalOp::create(builder, loc, type);
      map.map(var.getResult(), local);
      // The template's local is undefined; the script's has a default.
      wasm_inject::LocalSetOp::create(
          builder, loc, local,
          arith::ConstantOp::create(builder, loc,
                                    builder.getZeroAttr(type.getValueType())));
    }
    return;
  }
  if (isa<probe::ExitOp>(op)) {
    wasm_inject::ExitOp::create(builder, loc);
    return;
  }
  if (isa<scf::IfOp>(op))
    return lowerIf(op);
  map.map(op.getResult(0), lowerValue(op));
}

void BodyLowering::lowerBlock(Block &block) {
  for (Operation &op : block) {
    if (op.hasTrait<OpTrait::IsTerminator>())
      continue;
    // Static values become holes where something dynamic reads them.
    if (op.getNumResults() == 1 && predicate::isStatic(op.getResult(0)))
      continue;
    lower(op);
  }
}
