//===- WasmInjectOps.h - The dialect's operations ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTOPS_H
#define WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTOPS_H

#include "whamm/Dialect/WasmInject/IR/WasmInjectAttributes.h"
#include "whamm/Dialect/WasmInject/IR/WasmInjectDialect.h"
#include "whamm/Dialect/WasmInject/IR/WasmInjectTypes.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#define GET_OP_CLASSES
#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h.inc"

#endif // WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTOPS_H
