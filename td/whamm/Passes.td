//===- Passes.td - All passes, for the reference page ------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_PASSES_TD
#define WHAMM_PASSES_TD

include "whamm/Dialect/Probe/Transforms/ProbePasses.td"
include "whamm/Dialect/Predicate/Transforms/PredicatePasses.td"
include "whamm/Conversion/ConversionPasses.td"
include "whamm/Dialect/WasmInject/Transforms/WasmInjectPasses.td"

#endif // WHAMM_PASSES_TD
