//===- ProbeTypes.h - The dialect's types -----------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PROBE_IR_PROBETYPES_H
#define WHAMM_DIALECT_PROBE_IR_PROBETYPES_H

#include "mlir/IR/BuiltinTypes.h"

#define GET_TYPEDEF_CLASSES
#include "whamm/Dialect/Probe/IR/ProbeTypes.h.inc"

#endif // WHAMM_DIALECT_PROBE_IR_PROBETYPES_H
