//===- Pipelines.h - Passes in order; registration --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DRIVER_PIPELINES_H
#define WHAMM_DRIVER_PIPELINES_H

#include "whamm/Conversion/ProbeToWasmInject/ProbeToWasmInject.h"
#include "whamm/Dialect/WasmInject/Transforms/ApplicationFlow.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Pass/PassManager.h"

namespace whamm {

/// How much is done to make instrumentation cheap. The observations are the
/// same at each level.
enum class OptLevel : uint8_t {
  None,  // -O0: as the script says it
  Basic, // -O1: specialised, counted per basic block
  Full,  // -O2: counted where control passes rarely, in locals
};

/// What the passes behind matching are to do.
struct OptimizationOptions {
  OptLevel level = OptLevel::Full;
  /// Counts are exact also where the program traps.
  bool preciseTraps = false;
  /// The program's variables can be asked for by the host.
  bool keepProgram = false;
};

/// Adds the passes that need no application: from an imported script to probes
/// with expanded rules and split predicates.
void buildScriptPipeline(mlir::OpPassManager &pm);

/// Adds the passes behind matching: specialisation, counting, clean-up. `app`
/// is what was matched.
void buildSitesPipeline(mlir::OpPassManager &pm,
                        std::shared_ptr<wasm_inject::ApplicationFlow> app,
                        const OptimizationOptions &optimization);

/// All passes of the rewriting target for an application that outlives the
/// run. Where given, `counts` receives one entry per source probe.
void buildRewritePipeline(mlir::OpPassManager &pm, const wasm::Module &app,
                          std::vector<ProbeMatchCount> *counts = nullptr,
                          const MatchOptions &options = {},
                          const OptimizationOptions &optimization = {});

/// All passes of the wei target: from imported scripts to the rules of a
/// monitor.
void buildMonitorPipeline(mlir::OpPassManager &pm);

/// Registers the project's dialects and those that its bodies use.
void registerAllDialects(mlir::DialectRegistry &registry);
/// Registers the project's passes and pipelines (`whamm-script`,
/// `whamm-rewrite{app=...}`, `whamm-monitor`), and the upstream passes that are
/// useful on them.
void registerAllPasses();
/// Registers the translations of whamm-translate.
void registerAllTranslations();

} // namespace whamm

#endif // WHAMM_DRIVER_PIPELINES_H
