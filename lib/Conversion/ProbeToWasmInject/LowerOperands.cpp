//===- LowerOperands.cpp - Operands, results, locals ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "BodyLowering.h"

#include "whamm/Wasm/BoundNames.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace whamm;
using wasm_inject::SourceKind;

static SourceKind getSourceKind(wasm::BoundSource source) {
  switch (source) {
  case wasm::BoundSource::Arg:
    return SourceKind::Arg;
  case wasm::BoundSource::Res:
    return SourceKind::Result;
  default:
    return SourceKind::Local;
  }
}

/// The value of an operand, result or local. What the probe assigns is read
/// where it is written, by operand_get.
Value BodyLowering::lowerOperand(Location loc, StringRef name, Type type,
                                 bool isAssigned) {
  auto [source, index] = *wasm::getFamilyMember(name);
  SourceKind sourceKind = getSourceKind(source);
  Type wasmType = type.isInteger(1) ? builder.getI32Type() : getWasmType(type);
  Value operand;
  if (isAssigned) {
    auto param =
        wasm_inject::ParamAttr::get(builder.getContext(), sourceKind, index);
    assigned[{static_cast<unsigned>(sourceKind), index}] = wasmType;
    operand = wasm_inject::OperandGetOp::create(builder, loc, wasmType, param);
  } else {
    Value &known = operands[{static_cast<unsigned>(sourceKind), index}];
    if (!known)
      known = addParam(sourceKind, index, wasmType);
    operand = known;
  }
  // The application's value need not lie in the range of the bound's type.
  if (type.isInteger(1))
    return toBool(loc, operand);
  return normalize(loc, operand, type);
}

Value BodyLowering::lowerBound(probe::BoundOp op) {
  StringRef name = op.getSourceName();
  return lowerOperand(op.getLoc(), name, op.getType(),
                      assignedNames.contains(name));
}

void BodyLowering::setOperand(Location loc, SourceKind sourceKind,
                              unsigned index, Value value) {
  value = toI32(loc, value);
  auto param =
      wasm_inject::ParamAttr::get(builder.getContext(), sourceKind, index);
  auto [it, isNew] = assigned.insert(
      {{static_cast<unsigned>(sourceKind), index}, value.getType()});
  if (!isNew && it->second != value.getType()) {
    emitError(loc) << "gives a value of type " << value.getType()
                   << " where another return gives one of type " << it->second;
    failed = true;
    return;
  }
  wasm_inject::OperandSetOp::create(builder, loc, param, value);
}

/// An immediate is exchanged in the code; the others are assigned when the
/// body runs.
void BodyLowering::lowerBoundSet(probe::BoundSetOp op) {
  auto member = wasm::getFamilyMember(op.getName());
  if (!member)
    return fail(*op, "'" + op.getName() + "' cannot be assigned");
  if (member->source != wasm::BoundSource::Imm)
    return setOperand(op.getLoc(), getSourceKind(member->source), member->index,
                      get(op.getValue()));
  bool isUnconditional = isa<probe::ProbeOp>(op->getParentOp()) &&
                         builder.getInsertionBlock() == &entry;
  if (!isUnconditional || !predicate::isStatic(op.getValue()))
    return fail(*op, "an immediate is part of the code: it can only be "
                     "assigned a value that is known at match time, and not "
                     "under a condition of run time");
  immediates.push_back({member->index, op.getValue()});
}

bool BodyLowering::lowerManipulation(Operation &op) {
  Location loc = op.getLoc();
  if (auto bound = dyn_cast<probe::BoundOp>(op)) {
    if (bound.isStatic() && !isAtSites())
      bind(bound.getResult(), context.getStatics()->getFact(*this, bound));
    else if (isa<probe::FuncRefType>(bound.getType()))
      bind(bound.getResult(), {}); // has no value at run time
    else
      bind(bound.getResult(), {lowerBound(bound)});
    return true;
  }
  if (auto get = dyn_cast<probe::BoundGetOp>(op)) {
    auto member = wasm::getFamilyMember(get.getName());
    if (!member)
      fail(op, "'" + get.getName() + "' cannot be assigned");
    else if (isa<probe::FuncRefType>(get.getType()))
      bind(get.getResult(), {});
    else
      bind(get.getResult(),
           {lowerOperand(loc, get.getName(), get.getType(), true)});
    return true;
  }
  if (auto set = dyn_cast<probe::BoundSetOp>(op)) {
    lowerBoundSet(set);
    return true;
  }
  if (auto altCall = dyn_cast<probe::AltCallOp>(op)) {
    setOperand(loc, SourceKind::AltCall, altCalls.size(), getI32(loc, 1));
    altCalls.push_back(altCall);
    return true;
  }
  return false;
}
