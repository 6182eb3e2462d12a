//===- WasmInjectDialect.cpp - The dialect ----------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/WasmInject/IR/WasmInjectDialect.h"

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace whamm::wasm_inject;

#include "whamm/Dialect/WasmInject/IR/WasmInjectDialect.cpp.inc"

void WasmInjectDialect::initialize() {
  registerTypes();
  registerAttributes();
  addOperations<
#define GET_OP_LIST
#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.cpp.inc"
      >();
}
