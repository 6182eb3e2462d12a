//===- Pipelines.cpp - Passes in order; registration ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Driver/Pipelines.h"

#include "whamm/Conversion/ProbeToMonitor/ProbeToMonitor.h"
#include "whamm/Dialect/Predicate/IR/PredicateDialect.h"
#include "whamm/Dialect/Predicate/Transforms/Passes.h"
#include "whamm/Dialect/Probe/IR/ProbeDialect.h"
#include "whamm/Dialect/Probe/Transforms/Passes.h"
#include "whamm/Dialect/WasmInject/IR/WasmInjectDialect.h"
#include "whamm/Dialect/WasmInject/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Pass/PassOptions.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace whamm;

void whamm::buildScriptPipeline(OpPassManager &pm) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addPass(probe::createProbeExpand());
  pm.addPass(predicate::createPredicateFold());
  pm.addPass(predicate::createPredicateSplit());
}

void whamm::buildSitesPipeline(
    OpPassManager &pm, std::shared_ptr<wasm_inject::ApplicationFlow> app,
    const OptimizationOptions &optimization) {
  if (optimization.level == OptLevel::None)
    return;
  pm.addPass(wasm_inject::createWasmInjectPropagateConstants());
  pm.addPass(wasm_inject::createWasmInjectHoistInvariants());
  pm.addPass(wasm_inject::createWasmInjectSpecialize());
  pm.addPass(wasm_inject::createWasmInjectEliminateDeadState(
      {/*keepProgram=*/optimization.keepProgram}));
  pm.addPass(wasm_inject::createExtractTalliesPass(app));
  if (optimization.level == OptLevel::Full)
    pm.addPass(wasm_inject::createSinkToBranchesPass(app));
  pm.addPass(wasm_inject::createWasmInjectMergeTemplates());
  pm.addPass(wasm_inject::createCoalesceCountersPass(app));
  if (optimization.level == OptLevel::Full)
    pm.addPass(wasm_inject::createPlaceCountersPass(app));
  pm.addPass(wasm_inject::createWasmInjectAccumulateCounters());
  if (optimization.level == OptLevel::Full)
    pm.addPass(wasm_inject::createPromoteCountersPass(app));
  pm.addPass(createCSEPass());
  pm.addPass(wasm_inject::createWasmInjectChooseInlining());
}

/// All passes of the rewriting target around the one that matches.
static void buildAround(OpPassManager &pm, std::unique_ptr<Pass> match,
                        std::shared_ptr<wasm_inject::ApplicationFlow> app,
                        const OptimizationOptions &optimization) {
  buildScriptPipeline(pm);
  if (optimization.level != OptLevel::None) {
    pm.addPass(probe::createProbePromoteMaps({/*functions=*/true}));
    pm.addPass(probe::createProbeFuseMapUpdates());
  }
  pm.addPass(std::move(match));
  buildSitesPipeline(pm, std::move(app), optimization);
}

void whamm::buildRewritePipeline(OpPassManager &pm, const wasm::Module &app,
                                 std::vector<ProbeMatchCount> *counts,
                                 const MatchOptions &options,
                                 const OptimizationOptions &optimization) {
  buildAround(pm, createConvertProbeToWasmInjectPass(app, counts, options),
              std::make_shared<wasm_inject::ApplicationFlow>(
                  app, optimization.preciseTraps),
              optimization);
}

void whamm::buildMonitorPipeline(OpPassManager &pm) {
  buildScriptPipeline(pm);
  pm.addPass(probe::createProbePromoteMaps());
  pm.addPass(probe::createProbeFuseMapUpdates());
  pm.addPass(createConvertProbeToMonitor());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(wasm_inject::createWasmInjectMergeArms());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

void whamm::registerAllDialects(DialectRegistry &registry) {
  registry.insert<probe::ProbeDialect, predicate::PredicateDialect,
                  wasm_inject::WasmInjectDialect, arith::ArithDialect,
                  scf::SCFDialect>();
}

namespace {
struct RewritePipelineOptions : PassPipelineOptions<RewritePipelineOptions> {
  Option<std::string> app{*this, "app",
                          llvm::cl::desc("The application, a .wasm file")};
  Option<OptLevel> level{
      *this, "level", llvm::cl::desc("How much to optimise"),
      llvm::cl::init(OptLevel::Full),
      llvm::cl::values(
          clEnumValN(OptLevel::None, "0", "as the script says it"),
          clEnumValN(OptLevel::Basic, "1", "counts per basic block"),
          clEnumValN(OptLevel::Full, "2",
                     "counts where control passes rarely"))};
  Option<bool> preciseTraps{
      *this, "precise-traps",
      llvm::cl::desc("Keep counts exact also where the program traps"),
      llvm::cl::init(false)};
  ListOption<std::string> libs{
      *this, "libs",
      llvm::cl::desc("Libraries for static calls, NAME=LIB.wasm each")};
};
} // namespace

void whamm::registerAllPasses() {
  probe::registerProbePasses();
  predicate::registerPredicatePasses();
  wasm_inject::registerWasmInjectPasses();
  registerConversionPasses();
  registerTransformsPasses();
  PassPipelineRegistration<>(
      "whamm-script",
      "What needs no application: fold, expand rules, split predicates",
      buildScriptPipeline);
  PassPipelineRegistration<>("whamm-monitor", "All passes of the wei target",
                             buildMonitorPipeline);
  PassPipelineRegistration<RewritePipelineOptions>(
      "whamm-rewrite", "All passes of the rewriting target",
      [](OpPassManager &pm, const RewritePipelineOptions &options) {
        ConvertProbeToWasmInjectOptions conversion;
        conversion.app = options.app;
        conversion.libs.assign(options.libs.begin(), options.libs.end());
        OptimizationOptions optimization{options.level, options.preciseTraps};
        buildAround(pm, createConvertProbeToWasmInject(conversion),
                    std::make_shared<wasm_inject::ApplicationFlow>(
                        options.app, options.preciseTraps),
                    optimization);
      });
}
