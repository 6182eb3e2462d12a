//===- Pipelines.h - Passes in order; registration --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DRIVER_PIPELINES_H
#define WHAMM_DRIVER_PIPELINES_H

#include "whamm/Conversion/ProbeToWasmInject/ProbeToWasmInject.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Pass/PassManager.h"

namespace whamm {

/// Adds the passes that need no application: from an imported script to probes
/// with expanded rules and split predicates.
void buildScriptPipeline(mlir::OpPassManager &pm);

/// Adds the passes behind matching: specialisation and clean-up.
void buildSitesPipeline(mlir::OpPassManager &pm);

/// All passes of the rewriting target for an application that outlives the
/// run. Where given, `counts` receives one entry per source probe.
void buildRewritePipeline(mlir::OpPassManager &pm, const wasm::Module &app,
                          std::vector<ProbeMatchCount> *counts = nullptr,
                          const MatchOptions &options = {});

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
