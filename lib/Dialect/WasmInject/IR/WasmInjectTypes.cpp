//===- WasmInjectTypes.cpp - The dialect's types ----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/WasmInject/IR/WasmInjectTypes.h"

#include "whamm/Dialect/WasmInject/IR/WasmInjectDialect.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace whamm::wasm_inject;

#define GET_TYPEDEF_CLASSES
#include "whamm/Dialect/WasmInject/IR/WasmInjectTypes.cpp.inc"

void WasmInjectDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "whamm/Dialect/WasmInject/IR/WasmInjectTypes.cpp.inc"
      >();
}
