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

/// Keys and values are stored in the runtime's memory: numbers, strings and
/// tuples of these. The types of MLIR's own are checked where they are used.
LogicalResult
MapType::verify(llvm::function_ref<InFlightDiagnostic()> emitError, Type key,
                Type value) {
  for (Type type : {key, value})
    if (isa<MapType, RefType, FuncRefType>(type))
      return emitError() << "keys and values of maps cannot be of type "
                         << type;
  return success();
}

void ProbeDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "whamm/Dialect/Probe/IR/ProbeTypes.cpp.inc"
      >();
}
