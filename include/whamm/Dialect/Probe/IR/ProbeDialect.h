//===- ProbeDialect.h - The dialect -----------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PROBE_IR_PROBEDIALECT_H
#define WHAMM_DIALECT_PROBE_IR_PROBEDIALECT_H

#include "mlir/IR/Dialect.h"

#include "whamm/Dialect/Probe/IR/ProbeDialect.h.inc"

#endif // WHAMM_DIALECT_PROBE_IR_PROBEDIALECT_H
