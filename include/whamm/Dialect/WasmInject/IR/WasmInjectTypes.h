//===- WasmInjectTypes.h - The dialect's types ------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTTYPES_H
#define WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTTYPES_H

#include "mlir/IR/BuiltinTypes.h"

#define GET_TYPEDEF_CLASSES
#include "whamm/Dialect/WasmInject/IR/WasmInjectTypes.h.inc"

#endif // WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTTYPES_H
