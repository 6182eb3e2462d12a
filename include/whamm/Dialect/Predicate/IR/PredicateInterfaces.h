//===- PredicateInterfaces.h - Stages of values -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PREDICATE_IR_PREDICATEINTERFACES_H
#define WHAMM_DIALECT_PREDICATE_IR_PREDICATEINTERFACES_H

#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/Value.h"

#include "whamm/Dialect/Predicate/IR/PredicateInterfaces.h.inc"

namespace whamm::predicate {

/// True where `value` is computed, without effects, from values that are known
/// at match time. Block arguments are dynamic.
bool isStatic(mlir::Value value);

} // namespace whamm::predicate

#endif // WHAMM_DIALECT_PREDICATE_IR_PREDICATEINTERFACES_H
