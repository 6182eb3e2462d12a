//===- ProbeTypes.cpp - The dialect's types ---------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Probe/IR/ProbeTypes.h"

#include "whamm/Dialect/Probe/IR/ProbeDialect.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace whamm::probe;

#define GET_TYPEDEF_CLASSES
#include "whamm/Dialect/Probe/IR/ProbeTypes.cpp.inc"

void ProbeDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "whamm/Dialect/Probe/IR/ProbeTypes.cpp.inc"
      >();
}
