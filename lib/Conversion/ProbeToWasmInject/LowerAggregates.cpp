//===- LowerAggregates.cpp - Strings, tuples, maps --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Values of several components: strings are an address and a length in the
/// runtime's memory, tuples their elements, maps a handle of the runtime.
///
//===----------------------------------------------------------------------===//

#include "BodyLowering.h"

#include "whamm/Dialect/Predicate/IR/PredicateOps.h"
#include "whamm/Runtime/CoreFunctions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace whamm;
using wasm_inject::SourceKind;
using wasm_inject::StateOp;

//===----------------------------------------------------------------------===//
// Strings
//===----------------------------------------------------------------------===//

Components BodyLowering::getStringAt(Location loc, Value offset, Value length) {
  Value base =
      wasm_inject::DataAddressOp::create(builder, loc, builder.getI32Type());
  return {arith::AddIOp::create(builder, loc, base, offset).getResult(),
          length};
}

Components BodyLowering::getString(Location loc, StringRef text) {
  return getStringAt(loc, getI32(loc, context.addData(text)),
                     getI32(loc, text.size()));
}

StaticValue BodyLowering::evaluate(StaticProgram program, Location loc) {
  llvm::Expected<StaticValue> result = context.evaluate(std::move(program));
  if (result)
    return *result;
  llvm::handleAllErrors(
      result.takeError(),
      [&](const StaticError &error) {
        emitError(error.getLoc()) << error.getMessage();
      },
      [&](const llvm::ErrorInfoBase &error) {
        emitError(loc) << error.message();
      });
  failed = true;
  return {};
}

/// A static value: holes of a template; elsewhere it is evaluated here, as no
/// site can change it.
Components BodyLowering::getStatic(Value value) {
  Location loc = value.getLoc();
  bool isString = isa<probe::StrType>(value.getType());
  if (isAtSites()) {
    auto [it, isNew] = staticHoles.try_emplace(value);
    if (isNew) {
      holes.push_back(value);
      Type type =
          isString ? builder.getI32Type() : getWasmType(value.getType());
      for (unsigned i = 0; i < (isString ? 2u : 1u); ++i)
        it->second.push_back(addParam(SourceKind::Hole, numHoleParams++, type));
    }
    Components params = it->second;
    return isString ? getStringAt(loc, params[0], params[1]) : params;
  }
  if (!context.isAtCompileTime())
    return computeStatic(value);
  auto [it, isNew] = evaluated.try_emplace(value);
  if (isNew)
    it->second = evaluate(StaticProgram(value), loc);
  if (isString)
    return getString(loc, it->second.text);
  Type type = getWasmType(value.getType());
  if (auto floating = dyn_cast<FloatType>(type)) {
    APInt bits(floating.getWidth(), it->second.bits);
    return {arith::ConstantOp::create(
        builder, loc,
        FloatAttr::get(type, APFloat(floating.getFloatSemantics(), bits)))};
  }
  APInt bits(type.getIntOrFloatBitWidth(), it->second.bits, false,
             /*implicitTrunc=*/true);
  return {
      arith::ConstantOp::create(builder, loc, IntegerAttr::get(type, bits))};
}

/// Static tuples are taken apart: what is static are their elements.
Components BodyLowering::getStaticElements(Value value) {
  Operation *op = value.getDefiningOp();
  assert(op && "static values are computed");
  if (auto make = dyn_cast<probe::TupleMakeOp>(op)) {
    Components components;
    for (Value element : make.getElements())
      llvm::append_range(components, getComponents(element));
    return components;
  }
  lower(*op);
  return known[value];
}

Value BodyLowering::lowerStrPredicate(Operation &op, StringRef function) {
  Components args = getComponents(op.getOperand(0));
  llvm::append_range(args, getComponents(op.getOperand(1)));
  return toBool(op.getLoc(),
                callCore(op.getLoc(), function, args, builder.getI32Type()));
}

//===----------------------------------------------------------------------===//
// Tuples
//===----------------------------------------------------------------------===//

/// The components of element `index` among those of a tuple: first and count.
static std::pair<size_t, size_t> getElementRange(TupleType type,
                                                 unsigned index) {
  size_t first = 0;
  for (unsigned i = 0; i < index; ++i)
    first += StateOp::getComponents(type.getType(i)).size();
  return {first, StateOp::getComponents(type.getType(index)).size()};
}

Components BodyLowering::lowerTupleSet(probe::TupleSetOp op) {
  Components components = getComponents(op.getTuple());
  auto [first, count] =
      getElementRange(cast<TupleType>(op.getTuple().getType()), op.getIndex());
  Components values = getComponents(op.getValue());
  std::copy(values.begin(), values.end(), components.begin() + first);
  return components;
}

Components BodyLowering::lowerSelect(probe::SelectOp op) {
  Value condition = get(op.getCondition());
  Components components;
  for (auto [onTrue, onFalse] : llvm::zip_equal(getComponents(op.getOnTrue()),
                                                getComponents(op.getOnFalse())))
    components.push_back(arith::SelectOp::create(builder, op.getLoc(),
                                                 condition, onTrue, onFalse));
  return components;
}

//===----------------------------------------------------------------------===//
// Maps
//===----------------------------------------------------------------------===//

Value BodyLowering::makeMap(Location loc, probe::MapType type) {
  Components args = getString(loc, StateOp::getTypeText(type.getKeyType()));
  llvm::append_range(args,
                     getString(loc, StateOp::getTypeText(type.getValueType())));
  return callCore(loc, "map_new", args, builder.getI32Type());
}

/// A component as the 32-bit words that maps are made of.
void BodyLowering::appendWords(Location loc, Value component,
                               SmallVectorImpl<Value> &words) {
  Type i32 = builder.getI32Type(), i64 = builder.getI64Type();
  component = toBits(loc, component);
  if (!component.getType().isInteger(64)) {
    words.push_back(component);
    return;
  }
  words.push_back(arith::TruncIOp::create(builder, loc, i32, component));
  Value high = arith::ShRUIOp::create(builder, loc, component,
                                      getConstant(loc, i64, 32));
  words.push_back(arith::TruncIOp::create(builder, loc, i32, high));
}

SmallVector<Value> BodyLowering::getKeyWords(Value key) {
  SmallVector<Value> words;
  for (Value component : getComponents(key))
    appendWords(key.getLoc(), component, words);
  return words;
}

static unsigned getNumWords(Type component) {
  return component.getIntOrFloatBitWidth() == 64 ? 2 : 1;
}

/// True where the runtime's functions take a key's words as parameters.
static bool isDirectKey(ArrayRef<Value> key) {
  return !key.empty() && key.size() <= runtime::maxDirectKeyWords;
}

/// Calls a function for a map and a key in the form for the width of the key:
/// `map_slot2`, `map_get1_i64`.
Value BodyLowering::callMap(Location loc, MapFunction function, Value map,
                            ArrayRef<Value> key, Value value) {
  SmallVector<Value> args = {map};
  std::string name = function.stem.str();
  if (isDirectKey(key)) {
    llvm::append_range(args, key);
    name += std::to_string(key.size());
  } else {
    for (auto [i, word] : llvm::enumerate(key))
      callCore(loc, "map_key", {getI32(loc, i), word});
  }
  if (value)
    args.push_back(value);
  return callCore(loc, name + function.suffix.str(), args, function.result);
}

/// A value of WebAssembly as the integer of its bits; bool as i32.
Value BodyLowering::toBits(Location loc, Value value) {
  Type type = value.getType();
  if (!isa<FloatType>(type))
    return toI32(loc, value);
  Type bits = builder.getIntegerType(type.getIntOrFloatBitWidth());
  return arith::BitcastOp::create(builder, loc, bits, value);
}

Value BodyLowering::fromBits(Location loc, Value bits, Type type) {
  if (type.isInteger(1))
    return toBool(loc, bits);
  if (isa<FloatType>(type))
    return arith::BitcastOp::create(builder, loc, type, bits);
  return bits;
}

Value BodyLowering::loadWord(Location loc, Value address, unsigned offset,
                             Type type) {
  Value at = arith::AddIOp::create(builder, loc, address, getI32(loc, offset));
  bool isWide = getNumWords(type) == 2;
  Type loaded = builder.getIntegerType(isWide ? 64 : 32);
  Value bits = callCore(loc, isWide ? "load64" : "load32", {at}, loaded);
  return fromBits(loc, bits, type);
}

void BodyLowering::storeWord(Location loc, Value address, unsigned offset,
                             Value value) {
  Value at = arith::AddIOp::create(builder, loc, address, getI32(loc, offset));
  bool isWide = getNumWords(value.getType()) == 2;
  callCore(loc, isWide ? "store64" : "store32", {at, toBits(loc, value)});
}

/// What the functions for values of one number have behind the key's width.
static StringRef getSuffix(Type type) {
  return getNumWords(type) == 2 ? "_i64" : "";
}

Components BodyLowering::lowerMapGet(probe::MapGetOp op) {
  Location loc = op.getLoc();
  SmallVector<Value> key = getKeyWords(op.getKey());
  SmallVector<Type> types = StateOp::getComponents(op.getType());
  Value map = get(op.getMap());
  if (types.size() == 1 && isDirectKey(key)) {
    Type bits = builder.getIntegerType(32 * getNumWords(types[0]));
    return {fromBits(
        loc, callMap(loc, {"map_get", getSuffix(types[0]), bits}, map, key),
        types[0])};
  }
  Value address =
      callMap(loc, {"map_find", "", builder.getI32Type()}, map, key);
  Components components;
  unsigned offset = 0;
  for (Type type : types) {
    components.push_back(loadWord(loc, address, offset, type));
    offset += 4 * getNumWords(type);
  }
  return components;
}

void BodyLowering::lowerMapSet(probe::MapSetOp op) {
  Location loc = op.getLoc();
  SmallVector<Value> key = getKeyWords(op.getKey());
  Components values = getComponents(op.getValue());
  Value map = get(op.getMap());
  if (values.size() == 1 && isDirectKey(key)) {
    callMap(loc, {"map_set", getSuffix(values[0].getType())}, map, key,
            toBits(loc, values[0]));
    return;
  }
  Value address =
      callMap(loc, {"map_slot", "", builder.getI32Type()}, map, key);
  unsigned offset = 0;
  for (Value value : values) {
    storeWord(loc, address, offset, value);
    offset += 4 * getNumWords(value.getType());
  }
}

void BodyLowering::lowerMapAdd(probe::MapAddOp op) {
  Location loc = op.getLoc();
  SmallVector<Value> key = getKeyWords(op.getKey());
  Value amount = get(op.getAmount()), map = get(op.getMap());
  Type type = amount.getType();
  if (isDirectKey(key)) {
    StringRef suffix = type.isF32()   ? "_f32"
                       : type.isF64() ? "_f64"
                                      : getSuffix(type);
    callMap(loc, {"map_add", suffix}, map, key, amount);
    return;
  }
  Value address =
      callMap(loc, {"map_slot", "", builder.getI32Type()}, map, key);
  Value old = loadWord(loc, address, 0, type);
  Value sum = isa<FloatType>(type)
                  ? arith::AddFOp::create(builder, loc, old, amount).getResult()
                  : arith::AddIOp::create(builder, loc, old, amount);
  storeWord(loc, address, 0, normalize(loc, sum, op.getAmount().getType()));
}

/// An entry of a static table under an index of run time: its bytes lie among
/// the module's data.
Value BodyLowering::lowerTableEntry(probe::TableEntryOp op) {
  Location loc = op.getLoc();
  Components table = getComponents(op.getTable());
  Value two = getI32(loc, 2), index = get(op.getIndex());
  Value count = arith::ShRUIOp::create(builder, loc, table[1], two);
  Value inside = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult,
                                       index, count);
  Value safe =
      arith::SelectOp::create(builder, loc, inside, index, getI32(loc, 0));
  Value offset = arith::ShLIOp::create(builder, loc, safe, two);
  Value at = arith::AddIOp::create(builder, loc, table[0], offset);
  Value entry = callCore(loc, "load32", {at}, builder.getI32Type());
  return arith::SelectOp::create(builder, loc, inside, entry, getI32(loc, 0));
}

//===----------------------------------------------------------------------===//
// Dispatch
//===----------------------------------------------------------------------===//

bool BodyLowering::lowerAggregate(Operation &op) {
  auto give = [&](Components components) {
    bind(op.getResult(0), std::move(components));
    return true;
  };
  return llvm::TypeSwitch<Operation *, bool>(&op)
      .Case<probe::TupleMakeOp>([&](probe::TupleMakeOp make) {
        Components components;
        for (Value element : make.getElements())
          llvm::append_range(components, getComponents(element));
        return give(std::move(components));
      })
      .Case<probe::TupleGetOp>([&](probe::TupleGetOp get) {
        Components tuple = getComponents(get.getTuple());
        auto [first, count] = getElementRange(
            cast<TupleType>(get.getTuple().getType()), get.getIndex());
        return give(Components(ArrayRef(tuple).slice(first, count)));
      })
      .Case<probe::TupleSetOp>(
          [&](probe::TupleSetOp set) { return give(lowerTupleSet(set)); })
      .Case<probe::SelectOp>(
          [&](probe::SelectOp select) { return give(lowerSelect(select)); })
      .Case<probe::MapNewOp>([&](probe::MapNewOp make) {
        return give({makeMap(op.getLoc(), make.getType())});
      })
      .Case<probe::MapGetOp>(
          [&](probe::MapGetOp get) { return give(lowerMapGet(get)); })
      .Case<probe::MapSetOp>([&](probe::MapSetOp set) {
        lowerMapSet(set);
        return true;
      })
      .Case<probe::MapAddOp>([&](probe::MapAddOp add) {
        lowerMapAdd(add);
        return true;
      })
      .Case<probe::CellAddOp>([&](probe::CellAddOp add) {
        Location loc = op.getLoc();
        Type i64 = builder.getI64Type();
        Value cell = get(add.getCell());
        Value old = wasm_inject::LoadOp::create(builder, loc, i64, cell, 0);
        Value sum = arith::AddIOp::create(
            builder, loc, old, getConstant(loc, i64, add.getAmount()));
        wasm_inject::StoreOp::create(builder, loc, cell, 0, sum);
        return true;
      })
      .Case<probe::TableEntryOp>([&](probe::TableEntryOp entry) {
        return give({lowerTableEntry(entry)});
      })
      .Case<probe::StrEqOp>(
          [&](auto) { return give({lowerStrPredicate(op, "str_eq")}); })
      .Case<probe::StrStartsWithOp>([&](auto) {
        return give({lowerStrPredicate(op, "str_starts_with")});
      })
      .Case<probe::StrEndsWithOp>(
          [&](auto) { return give({lowerStrPredicate(op, "str_ends_with")}); })
      .Case<probe::StrContainsOp>(
          [&](auto) { return give({lowerStrPredicate(op, "str_contains")}); })
      .Case<probe::StrLenOp>([&](probe::StrLenOp len) {
        return give({getComponents(len.getOperand())[1]});
      })
      .Case<probe::StrAddrOp>([&](probe::StrAddrOp addr) {
        return give({getComponents(addr.getOperand())[0]});
      })
      .Case<probe::StrAtOp>([&](probe::StrAtOp at) {
        return give({get(at.getAddr()), get(at.getLen())});
      })
      .Default([](Operation *) { return false; });
}
