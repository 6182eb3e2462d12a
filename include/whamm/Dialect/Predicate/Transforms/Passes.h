//===- Passes.h - Passes of the predicate dialect ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PREDICATE_TRANSFORMS_PASSES_H
#define WHAMM_DIALECT_PREDICATE_TRANSFORMS_PASSES_H

#include "whamm/Support/PassStatistics.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace whamm::predicate {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "whamm/Dialect/Predicate/Transforms/PredicatePasses.h.inc"

} // namespace whamm::predicate

#endif // WHAMM_DIALECT_PREDICATE_TRANSFORMS_PASSES_H
