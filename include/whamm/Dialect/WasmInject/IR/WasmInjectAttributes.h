//===- WasmInjectAttributes.h - The dialect's attributes --------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTATTRIBUTES_H
#define WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTATTRIBUTES_H

#include "whamm/Target/Wei/Contract.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

#include "whamm/Dialect/WasmInject/IR/WasmInjectEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "whamm/Dialect/WasmInject/IR/WasmInjectAttributes.h.inc"

#endif // WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTATTRIBUTES_H
