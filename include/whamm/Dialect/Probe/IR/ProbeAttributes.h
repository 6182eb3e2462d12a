//===- ProbeAttributes.h - The dialect's attributes -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PROBE_IR_PROBEATTRIBUTES_H
#define WHAMM_DIALECT_PROBE_IR_PROBEATTRIBUTES_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

#include "whamm/Dialect/Probe/IR/ProbeEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "whamm/Dialect/Probe/IR/ProbeAttributes.h.inc"

#endif // WHAMM_DIALECT_PROBE_IR_PROBEATTRIBUTES_H
