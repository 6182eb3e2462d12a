//===- ProbeOps.h - The dialect's operations --------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PROBE_IR_PROBEOPS_H
#define WHAMM_DIALECT_PROBE_IR_PROBEOPS_H

#include "whamm/Dialect/Predicate/IR/PredicateInterfaces.h"
#include "whamm/Dialect/Predicate/IR/PredicateOps.h"
#include "whamm/Dialect/Probe/IR/ProbeAttributes.h"
#include "whamm/Dialect/Probe/IR/ProbeDialect.h"
#include "whamm/Dialect/Probe/IR/ProbeTypes.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace whamm::probe {

/// True where `value` follows from what is known at match time alone, even if
/// computing it may trap (predicate::isStatic is true of what cannot trap).
bool isKnownAtMatchTime(mlir::Value value);

} // namespace whamm::probe

#define GET_OP_CLASSES
#include "whamm/Dialect/Probe/IR/ProbeOps.h.inc"

#endif // WHAMM_DIALECT_PROBE_IR_PROBEOPS_H
