//===- ConvertProbeToMonitor.cpp - Scripts to monitors ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Conversion/ProbeToMonitor/ProbeToMonitor.h"

#include "MonitorConverter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace whamm {
#define GEN_PASS_DEF_CONVERTPROBETOMONITOR
#include "whamm/Conversion/ConversionPasses.h.inc"
} // namespace whamm

using namespace mlir;
using namespace whamm;

/// Scripts are lowered without an application.
static const wasm::Module &getNoApplication() {
  static const wasm::Module none;
  return none;
}

MonitorConverter::MonitorConverter(ModuleOp root)
    : ScriptConverter(root, getNoApplication(), nullptr),
      patterns(getCanonicalization(root.getContext())), at(root.getContext()) {
  context.setStatics(&noFacts);
}

void MonitorConverter::convertScript(probe::ScriptOp scriptOp) {
  script = scriptOp.getIndex();
  states.clear();
  convertFunctions(scriptOp);
  for (auto init : scriptOp.getBody().getOps<probe::InitOp>())
    convertInit(init);
  SmallVector<probe::ProbeOp> probes(
      scriptOp.getBody().getOps<probe::ProbeOp>());
  for (probe::ProbeOp op : probes)
    if (op.getInstancesAttr() && !convertProgramProbe(op))
      addCandidates(op);
}

LogicalResult MonitorConverter::run() {
  SmallVector<probe::ScriptOp> scripts(root.getOps<probe::ScriptOp>());
  bool isRefused = false;
  for (probe::ScriptOp scriptOp : scripts) {
    if (failed(checkScript(scriptOp)))
      return failure();
    isRefused |= failed(checkForMonitor(scriptOp));
    declareScript(scriptOp);
  }
  if (isRefused)
    return failure();
  makeProgramMaps();
  for (probe::ScriptOp scriptOp : scripts)
    convertScript(scriptOp);
  spread();
  if (!hasFailed)
    buildRules();
  if (hasFailed)
    return failure();
  context.finish(builder);
  for (probe::ScriptOp scriptOp : scripts)
    scriptOp.erase();
  return success();
}

namespace {
struct ConvertProbeToMonitorPass
    : whamm::impl::ConvertProbeToMonitorBase<ConvertProbeToMonitorPass> {
  void runOnOperation() override {
    MonitorConverter converter(getOperation());
    if (failed(converter.run()))
      return signalPassFailure();
    numRules += converter.numRules;
    numFunctions += converter.numFunctions;
  }
};
} // namespace
