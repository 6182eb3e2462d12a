//===- PredicateDialect.h - The dialect -------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PREDICATE_IR_PREDICATEDIALECT_H
#define WHAMM_DIALECT_PREDICATE_IR_PREDICATEDIALECT_H

#include "mlir/IR/Dialect.h"

#include "whamm/Dialect/Predicate/IR/PredicateDialect.h.inc"

#endif // WHAMM_DIALECT_PREDICATE_IR_PREDICATEDIALECT_H
