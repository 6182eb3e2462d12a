//===- ConvertProbeToWasmInject.cpp - Match probes --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Converter.h"

#include "whamm/Runtime/Runtime.h"
#include "whamm/Support/ModuleFile.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace whamm {
#define GEN_PASS_DEF_CONVERTPROBETOWASMINJECT
#include "whamm/Conversion/ConversionPasses.h.inc"
} // namespace whamm

using namespace mlir;
using namespace whamm;

/// What fails at match time is shown where the script has it.
static LogicalResult reportFailure(ModuleOp root, llvm::Error error) {
  llvm::handleAllErrors(
      std::move(error),
      [](const StaticError &failure) {
        emitError(failure.getLoc()) << failure.getMessage();
      },
      [&](const llvm::ErrorInfoBase &other) {
        root.emitError("cannot read the application: ") << other.message();
      });
  return failure();
}

LogicalResult Converter::run() {
  SmallVector<probe::ScriptOp> scripts(root.getOps<probe::ScriptOp>());
  for (probe::ScriptOp scriptOp : scripts) {
    if (failed(checkScript(scriptOp)) || failed(checkAppMemory(scriptOp)))
      return failure();
    declareScript(scriptOp);
  }
  if (failed(checkMemoryNumbers()))
    return failure();
  makeProgramMaps();
  for (probe::ScriptOp scriptOp : scripts)
    convertScript(scriptOp);
  if (hasFailed)
    return failure();
  StaticContext matching;
  matching.caller = options.caller;
  matching.memories = context.getMemories();
  llvm::Expected<MatchStatistics> result = matchSites(app, matches, matching);
  if (!result)
    return reportFailure(root, result.takeError());
  statistics = *result;
  for (auto [work, match] : llvm::zip_equal(works, matches)) {
    emitSites(work, match);
    if (counts) {
      auto owner = cast<probe::ScriptOp>(work.op->getParentOp());
      counts->push_back({static_cast<int32_t>(owner.getIndex()),
                         static_cast<int32_t>(work.op.getSource()),
                         work.op.getLoc(), work.op.getRule().str(),
                         match.numPlaces, match.numSites});
    }
  }
  context.finish(builder);
  for (probe::ScriptOp scriptOp : scripts)
    scriptOp.erase();
  return success();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct ConvertProbeToWasmInjectPass
    : whamm::impl::ConvertProbeToWasmInjectBase<ConvertProbeToWasmInjectPass> {
  using ConvertProbeToWasmInjectBase::ConvertProbeToWasmInjectBase;
  ConvertProbeToWasmInjectPass(const wasm::Module *module,
                               std::vector<ProbeMatchCount> *counts,
                               const MatchOptions &given)
      : module(module), counts(counts), given(given) {}

  void runOnOperation() override {
    std::optional<LoadedModule> loaded;
    const wasm::Module *target = module;
    if (!target) {
      llvm::Expected<LoadedModule> file = loadModule(app);
      if (!file) {
        getOperation().emitError() << llvm::toString(file.takeError());
        return signalPassFailure();
      }
      loaded.emplace(std::move(*file));
      target = &loaded->getModule();
    }
    std::optional<LibrarySet> libraries;
    std::optional<StaticCaller> caller;
    MatchOptions matchOptions = given;
    if (!libs.empty()) {
      llvm::Expected<LibrarySet> set = loadLibraries();
      if (!set) {
        getOperation().emitError() << llvm::toString(set.takeError());
        return signalPassFailure();
      }
      libraries.emplace(std::move(*set));
      caller.emplace(*libraries);
      matchOptions = {&*libraries, &*caller};
    }
    Converter converter(getOperation(), *target, counts, matchOptions);
    if (failed(converter.run()))
      return signalPassFailure();
    numSites += converter.statistics.sites;
    numInstructions += converter.statistics.instructions;
    numTemplates += converter.numTemplates;
  }

  /// The libraries of the option `libs`.
  llvm::Expected<LibrarySet> loadLibraries() {
    static int anchor;
    std::string tool = llvm::sys::fs::getMainExecutable("", &anchor);
    std::string core = runtime::findRuntimeFile(
        llvm::sys::path::parent_path(tool), "whamm_core.wasm");
    return LibrarySet::load(core,
                            std::vector<std::string>(libs.begin(), libs.end()));
  }

  const wasm::Module *module = nullptr;
  std::vector<ProbeMatchCount> *counts = nullptr;
  MatchOptions given;
};
} // namespace

std::unique_ptr<Pass>
whamm::createConvertProbeToWasmInjectPass(const wasm::Module &app,
                                          std::vector<ProbeMatchCount> *counts,
                                          const MatchOptions &options) {
  return std::make_unique<ConvertProbeToWasmInjectPass>(&app, counts, options);
}
