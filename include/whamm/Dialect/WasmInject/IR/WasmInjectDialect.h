//===- WasmInjectDialect.h - The dialect ------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTDIALECT_H
#define WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTDIALECT_H

#include "mlir/IR/Dialect.h"

#include "whamm/Dialect/WasmInject/IR/WasmInjectDialect.h.inc"

#endif // WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTDIALECT_H
