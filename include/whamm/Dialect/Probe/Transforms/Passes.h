//===- Passes.h - Passes of the probe dialect -------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PROBE_TRANSFORMS_PASSES_H
#define WHAMM_DIALECT_PROBE_TRANSFORMS_PASSES_H

#include "whamm/Support/PassStatistics.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace whamm::probe {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "whamm/Dialect/Probe/Transforms/ProbePasses.h.inc"

} // namespace whamm::probe

#endif // WHAMM_DIALECT_PROBE_TRANSFORMS_PASSES_H
