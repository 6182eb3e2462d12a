//===- PredicateOps.h - The dialect's operations ----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PREDICATE_IR_PREDICATEOPS_H
#define WHAMM_DIALECT_PREDICATE_IR_PREDICATEOPS_H

#include "whamm/Dialect/Predicate/IR/PredicateDialect.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#define GET_OP_CLASSES
#include "whamm/Dialect/Predicate/IR/PredicateOps.h.inc"

#endif // WHAMM_DIALECT_PREDICATE_IR_PREDICATEOPS_H
