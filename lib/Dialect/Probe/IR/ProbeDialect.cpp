//===- ProbeDialect.cpp - The dialect ---------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Probe/IR/ProbeDialect.h"

#include "whamm/Dialect/Predicate/IR/PredicateDialect.h"
#include "whamm/Dialect/Probe/IR/ProbeOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace whamm::probe;

#include "whamm/Dialect/Probe/IR/ProbeDialect.cpp.inc"

void ProbeDialect::initialize() {
  registerTypes();
  registerAttributes();
  addOperations<
#define GET_OP_LIST
#include "whamm/Dialect/Probe/IR/ProbeOps.cpp.inc"
      >();
}

Operation *ProbeDialect::materializeConstant(OpBuilder &builder,
                                             Attribute value, Type type,
                                             Location loc) {
  auto typed = dyn_cast<TypedAttr>(value);
  if (!typed || typed.getType() != type)
    return nullptr;
  return ConstantOp::create(builder, loc, type, typed);
}
