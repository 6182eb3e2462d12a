//===- BodyLowering.cpp - From the language to WebAssembly ------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "BodyLowering.h"

#include "whamm/Dialect/Predicate/IR/PredicateInterfaces.h"
#include "whamm/Dialect/Predicate/IR/PredicateOps.h"

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

BodyLowering::BodyLowering(Block &block, BodyKind kind,
                           LoweringContext &context)
    : entry(block), builder(OpBuilder::atBlockEnd(&block)), kind(kind),
      context(context) {}

void BodyLowering::setState(Value ref, FlatSymbolRefAttr state) {
  states[ref] = state;
}
void BodyLowering::setGlobal(StringRef name, FlatSymbolRefAttr state) {
  globals[name] = state;
}
void BodyLowering::setFunction(StringRef name, FlatSymbolRefAttr function) {
  functions[name] = function;
}

void BodyLowering::addParameters(Block &source) {
  for (BlockArgument arg : source.getArguments()) {
    Components components;
    for (Type type : wasm_inject::StateOp::getComponents(arg.getType()))
      components.push_back(entry.addArgument(type, arg.getLoc()));
    bind(arg, std::move(components));
  }
}

void BodyLowering::fail(Operation &op, const Twine &message) {
  op.emitError(message);
  failed = true;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

Value BodyLowering::addParam(SourceKind kind, unsigned index, Type type) {
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

Value BodyLowering::getZero(Location loc, Type type) {
  return arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
}
Value BodyLowering::getI32(Location loc, int64_t value) {
  return getConstant(loc, builder.getI32Type(), value);
}
Value BodyLowering::toBool(Location loc, Value value) {
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, value,
                               getConstant(loc, value.getType(), 0));
}
Value BodyLowering::toI32(Location loc, Value value) {
  if (value.getType().isInteger(1))
    return arith::ExtUIOp::create(builder, loc, builder.getI32Type(), value);
  return value;
}

Value BodyLowering::get(Value value) {
  Components components = getComponents(value);
  assert(components.size() == 1 && "a number or bool");
  return components.front();
}

Components BodyLowering::getComponents(Value value) {
  if (auto it = known.find(value); it != known.end())
    return it->second;
  if (auto constant = value.getDefiningOp<probe::ConstantOp>()) {
    if (auto text = dyn_cast<StringAttr>(constant.getValue()))
      return getString(constant.getLoc(), text.getValue());
    return {getConstant(constant.getLoc(), constant.getValue())};
  }
  assert(predicate::isStatic(value) && "dynamic values are lowered in order");
  if (isa<TupleType>(value.getType()))
    return getStaticElements(value);
  // Where it is first needed need not be where all uses can see it, but a
  // parameter's value is.
  Components components = getStatic(value);
  if (isAtSites() && !isa<probe::StrType>(value.getType()))
    bind(value, components);
  return components;
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
      .Case<predicate::AndThenOp>(
          [&](auto) { return lowerShortCircuit(op, true); })
      .Case<predicate::OrElseOp>(
          [&](auto) { return lowerShortCircuit(op, false); })
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
    llvm::append_range(results, getComponents(value));
  scf::YieldOp::create(builder, source.back().getLoc(), results);
}

void BodyLowering::lowerIf(Operation &op) {
  auto source = cast<scf::IfOp>(op);
  SmallVector<Type> types;
  for (Type type : source.getResultTypes())
    llvm::append_range(types, wasm_inject::StateOp::getComponents(type));
  bool hasElse = source.elseBlock() != nullptr;
  auto target = scf::IfOp::create(builder, op.getLoc(), types,
                                  get(source.getCondition()), hasElse);
  lowerInto(*source.thenBlock(), *target.thenBlock());
  if (hasElse)
    lowerInto(*source.elseBlock(), *target.elseBlock());
  auto results = target.getResults();
  for (Value from : source.getResults()) {
    size_t count = wasm_inject::StateOp::getComponents(from.getType()).size();
    bind(from, Components(results.take_front(count)));
    results = results.drop_front(count);
  }
}

void BodyLowering::assign(Location loc, FlatSymbolRefAttr state,
                          ArrayRef<Value> values) {
  for (auto [k, value] : llvm::enumerate(values))
    wasm_inject::StateSetOp::create(builder, loc, state, value,
                                    builder.getI32IntegerAttr(k));
}

/// Reads and writes of variables: of state by components, of locals by one
/// local per component.
bool BodyLowering::lowerStatement(Operation &op) {
  Location loc = op.getLoc();
  auto readState = [&](Value result, FlatSymbolRefAttr state) {
    Components components;
    for (auto [k, type] :
         llvm::enumerate(wasm_inject::StateOp::getComponents(result.getType())))
      components.push_back(wasm_inject::StateGetOp::create(
          builder, loc, type, state, builder.getI32IntegerAttr(k)));
    bind(result, std::move(components));
  };
  if (auto set = dyn_cast<probe::SetOp>(op)) {
    Components values = getComponents(set.getValue());
    if (FlatSymbolRefAttr state = states.lookup(set.getRef()))
      assign(loc, state, values);
    else
      for (auto [local, value] : llvm::zip_equal(known[set.getRef()], values))
        wasm_inject::LocalSetOp::create(builder, loc, local, value);
    return true;
  }
  if (auto get = dyn_cast<probe::GetOp>(op)) {
    if (FlatSymbolRefAttr state = states.lookup(get.getRef())) {
      readState(get.getResult(), state);
      return true;
    }
    Components components;
    for (Value local : known[get.getRef()])
      components.push_back(
          wasm_inject::LocalGetOp::create(builder, loc, local));
    bind(get.getResult(), std::move(components));
    return true;
  }
  if (auto set = dyn_cast<probe::GlobalSetOp>(op)) {
    assign(loc, globals.lookup(set.getGlobal()), getComponents(set.getValue()));
    return true;
  }
  if (auto get = dyn_cast<probe::GlobalGetOp>(op)) {
    readState(get.getResult(), globals.lookup(get.getGlobal()));
    return true;
  }
  if (auto var = dyn_cast<probe::VarOp>(op)) {
    lowerVar(var);
    return true;
  }
  if (isa<probe::SiteInitOp>(op))
    return true; // runs at program start
  if (isa<probe::ExitOp>(op)) {
    if (kind == BodyKind::Function)
      wasm_inject::ReturnOp::create(builder, loc, ValueRange());
    else
      wasm_inject::ExitOp::create(builder, loc);
    return true;
  }
  if (auto result = dyn_cast<probe::ReturnOp>(op)) {
    lowerReturn(result);
    return true;
  }
  return false;
}

/// A template's local is undefined at first; the script's has a default.
void BodyLowering::lowerVar(probe::VarOp op) {
  if (op.getStorage() != probe::Storage::Local)
    return;
  Components locals;
  for (Type type :
       wasm_inject::StateOp::getComponents(op.getType().getValueType())) {
    Value local = wasm_inject::LocalOp::create(
        builder, op.getLoc(), wasm_inject::LocalType::get(type));
    wasm_inject::LocalSetOp::create(builder, op.getLoc(), local,
                                    getZero(op.getLoc(), type));
    locals.push_back(local);
  }
  bind(op.getResult(), std::move(locals));
}

/// In a function the result; in an `alt` body what takes the place of the
/// instruction's results, the last of which is on top of the stack.
void BodyLowering::lowerReturn(probe::ReturnOp op) {
  Location loc = op.getLoc();
  Components values = getComponents(op.getValue());
  if (kind == BodyKind::Function) {
    wasm_inject::ReturnOp::create(builder, loc, values);
    return;
  }
  if (kind != BodyKind::AltTemplate)
    return fail(*op, "a value can be returned by functions and by probes of "
                     "mode alt only");
  for (auto [i, value] : llvm::enumerate(values))
    setOperand(loc, wasm_inject::SourceKind::AltResult, values.size() - 1 - i,
               value);
  wasm_inject::ExitOp::create(builder, loc);
}

void BodyLowering::lower(Operation &op) {
  if (StaticSource *statics = context.getStatics())
    if (!isAtSites() && statics->lowerFact(*this, op))
      return;
  if (lowerStatement(op) || lowerAggregate(op) || lowerCallLike(op) ||
      lowerManipulation(op))
    return;
  if (isa<scf::IfOp>(op))
    return lowerIf(op);
  bind(op.getResult(0), {lowerValue(op)});
}

/// Static values become holes where something dynamic reads them. A static
/// call that nothing reads is made all the same, in its turn. Where there are
/// no sites and the application is not known, they are computed.
bool BodyLowering::isLeftToHoles(Operation &op) const {
  if (isa<probe::ConstantOp>(op))
    return true; // is made where it is read
  if (!isAtSites() && !context.isAtCompileTime())
    return false;
  if (op.getNumResults() != 1 || !predicate::isStatic(op.getResult(0)))
    return false;
  Value result = op.getResult(0);
  return !isa<TupleType>(result.getType()) &&
         !(isa<probe::LibCallOp>(op) && result.use_empty());
}

void BodyLowering::lowerBlock(Block &block) {
  for (Operation &op : block) {
    if (op.hasTrait<OpTrait::IsTerminator>())
      continue;
    if (!isLeftToHoles(op))
      lower(op);
  }
}

void BodyLowering::computeOperands(Operation &op) {
  op.walk([&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (!op.isAncestor(operand.getParentBlock()->getParentOp()))
        computeStatic(operand);
  });
}

Components BodyLowering::computeStatic(Value value) {
  if (auto it = known.find(value); it != known.end())
    return it->second;
  Operation *op = value.getDefiningOp();
  assert(op && "static values are computed");
  if (isa<probe::ConstantOp>(op))
    return getComponents(value);
  computeOperands(*op);
  lower(*op);
  return known[value];
}

void BodyLowering::computeStatic(probe::LibCallOp call) {
  computeOperands(*call);
  lower(*call);
}
