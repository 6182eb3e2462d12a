//===- WasmInjectAttributes.cpp - The dialect's attributes ------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/WasmInject/IR/WasmInjectAttributes.h"

#include "whamm/Dialect/WasmInject/IR/WasmInjectDialect.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace whamm::wasm_inject;

#include "whamm/Dialect/WasmInject/IR/WasmInjectEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "whamm/Dialect/WasmInject/IR/WasmInjectAttributes.cpp.inc"

void WasmInjectDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "whamm/Dialect/WasmInject/IR/WasmInjectAttributes.cpp.inc"
      >();
}
