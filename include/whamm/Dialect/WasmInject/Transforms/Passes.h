//===- Passes.h - Passes of the wasm_inject dialect -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_WASMINJECT_TRANSFORMS_PASSES_H
#define WHAMM_DIALECT_WASMINJECT_TRANSFORMS_PASSES_H

#include "whamm/Support/PassStatistics.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace whamm::wasm_inject {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "whamm/Dialect/WasmInject/Transforms/WasmInjectPasses.h.inc"

class ApplicationFlow;

// Passes that look at the application: with one that they share.
std::unique_ptr<mlir::Pass>
createExtractTalliesPass(std::shared_ptr<ApplicationFlow> flow);
std::unique_ptr<mlir::Pass>
createSinkToBranchesPass(std::shared_ptr<ApplicationFlow> flow);
std::unique_ptr<mlir::Pass>
createCoalesceCountersPass(std::shared_ptr<ApplicationFlow> flow);
std::unique_ptr<mlir::Pass>
createPlaceCountersPass(std::shared_ptr<ApplicationFlow> flow);
std::unique_ptr<mlir::Pass>
createPromoteCountersPass(std::shared_ptr<ApplicationFlow> flow);

} // namespace whamm::wasm_inject

#endif // WHAMM_DIALECT_WASMINJECT_TRANSFORMS_PASSES_H
