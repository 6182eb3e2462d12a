//===- Instr.cpp - `whamm instr` --------------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "ApplyMonitor.h"
#include "MatchReport.h"
#include "RewriteStages.h"

#include "whamm/Driver/Driver.h"
#include "whamm/Driver/Pipelines.h"
#include "whamm/Frontend/Import.h"
#include "whamm/Runtime/CoreFunctions.h"
#include "whamm/Support/PassStatistics.h"
#include "whamm/Support/StaticCalls.h"
#include "whamm/Target/Rewrite/BuildPlan.h"
#include "whamm/Target/Wei/EmitMonitor.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Support/Timing.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace whamm;

namespace {

/// One run of the command: from script and application to the output.
class InstrCommand : RewriteStages {
public:
  InstrCommand(const InstrOptions &options, TimingScope &timing)
      : RewriteStages(options, timing),
        context(MLIRContext::Threading::DISABLED) {
    DialectRegistry registry;
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    context.printOpOnDiagnostic(false);
    if (options.passStatistics)
      passStatistics.emplace(*options.passStatistics);
  }

  int run();

private:
  int runStages();
  int loadLibraries();
  int loadScript(StringRef path);
  int loadScripts();
  int lowerScripts();
  void importScripts();
  LogicalResult applyOptions(PassManager &pm);
  int makeMonitor();
  rewrite::BuildPlanOptions getPlanOptions() const;
  int rewriteModule();
  int splice(const rewrite::InjectionPlan &plan);
  int failAtPlace(llvm::Error error);

  MLIRContext context;
  std::optional<LibrarySet> libraries;
  /// By script; the checked tree lives in the front end beside it.
  std::vector<std::unique_ptr<frontend::Frontend>> fronts;
  std::vector<const frontend::CheckedScript *> scripts;
  /// The scripts again, for diagnostics of passes.
  llvm::SourceMgr sources;
  OwningOpRef<ModuleOp> module;
  std::vector<ProbeMatchCount> counts;
  std::optional<PassStatisticsReport> passStatistics;
};

} // namespace

int InstrCommand::loadLibraries() {
  llvm::Expected<LibrarySet> loaded =
      LibrarySet::load(findRuntimeFile("whamm_core.wasm"), options.libraries);
  if (!loaded)
    return fail(loaded.takeError());
  libraries.emplace(std::move(*loaded));
  return exitSuccess;
}

int InstrCommand::loadScript(StringRef path) {
  auto text = llvm::MemoryBuffer::getFileOrSTDIN(path);
  if (!text)
    return fail("cannot open script '" + path +
                "': " + text.getError().message());
  sources.AddNewSourceBuffer(
      llvm::MemoryBuffer::getMemBufferCopy((*text)->getBuffer(),
                                           (*text)->getBufferIdentifier()),
      SMLoc());
  fronts.push_back(
      std::make_unique<frontend::Frontend>(std::move(*text), *libraries));
  scripts.push_back(fronts.back()->run());
  fronts.back()->getDiagnostics().print(llvm::errs());
  return scripts.back() ? exitSuccess : exitFailure;
}

/// Checks all scripts, so that the mistakes of all are shown.
int InstrCommand::loadScripts() {
  TimingScope scope = timing.nest("Front end");
  int status = exitSuccess;
  for (const std::string &path : options.scripts)
    status = std::max(status, loadScript(path));
  return status;
}

void InstrCommand::importScripts() {
  frontend::loadImportDialects(context);
  module = ModuleOp::create(UnknownLoc::get(&context));
  for (size_t i = 0; i < scripts.size(); ++i)
    frontend::importScript(*scripts[i], fronts[i]->getSources(), i, *module);
}

/// Sets a pass manager up as MLIR's options say.
LogicalResult InstrCommand::applyOptions(PassManager &pm) {
  if (passStatistics)
    passStatistics->attachTo(pm);
  return applyPassManagerCLOptions(pm);
}

int InstrCommand::lowerScripts() {
  importScripts();
  SourceMgrDiagnosticHandler handler(sources, &context);
  PassManager pm(&context);
  if (failed(applyOptions(pm)))
    return exitUsage;
  TimingScope scope = timing.nest("Passes");
  pm.enableTiming(scope);
  // Verifying tables of whole programs behind each pass takes as long as the
  // passes: it is done once. whamm-opt does it each time.
  pm.enableVerifier(false);
  StaticCaller caller(*libraries);
  buildRewritePipeline(pm, app->getModule(), &counts, {&*libraries, &caller},
                       options.optimization);
  if (failed(pm.run(*module)))
    return exitFailure;
  if (failed(verify(*module)))
    return exitInternal;
  for (size_t i = 0; i < scripts.size(); ++i) {
    std::string label =
        scripts.size() > 1 ? "script " + std::to_string(i) + ", " : "";
    reportMatches({*scripts[i], fronts[i]->getSources(), static_cast<int>(i)},
                  counts, app->getModule(), options.listSites, label);
  }
  return exitSuccess;
}

int InstrCommand::splice(const rewrite::InjectionPlan &plan) {
  TimingScope scope = timing.nest("Splice");
  llvm::Expected<rewrite::SpliceResult> spliced =
      rewrite::splice(app->getModule(), plan);
  if (!spliced)
    return failAtPlace(spliced.takeError());
  result = std::move(*spliced);
  return exitSuccess;
}

/// What a probe asks for in vain is shown where the script has it.
int InstrCommand::failAtPlace(llvm::Error error) {
  llvm::Error rest = llvm::handleErrors(
      std::move(error),
      [&](std::unique_ptr<rewrite::SiteError> site) -> llvm::Error {
        const rewrite::ScriptLocation &at = site->getLocation();
        if (at.line == 0)
          return llvm::Error(std::move(site));
        emitError(FileLineColLoc::get(&context, at.file, at.line, at.column))
            << site->getMessage();
        return llvm::Error::success();
      });
  if (rest)
    return fail(std::move(rest), "'" + options.app + "': ");
  return exitFailure;
}

/// Says which functions of libraries became part of the output.
static void remarkOn(const rewrite::LinkStats &stats) {
  auto remark = []() -> llvm::raw_ostream & {
    return llvm::WithColor::remark(llvm::errs(), "whamm");
  };
  for (const rewrite::LinkStats::Linked &linked : stats.linked)
    remark() << "linked '" << linked.function << "': " << linked.numFunctions
             << (linked.numFunctions == 1 ? " function, " : " functions, ")
             << linked.numInstructions << " instructions\n";
  for (const rewrite::LinkStats::Kept &kept : stats.kept)
    remark() << "'" << kept.function << "' stays an import: " << kept.reason
             << "\n";
}

rewrite::BuildPlanOptions InstrCommand::getPlanOptions() const {
  rewrite::BuildPlanOptions result;
  result.exportGetters = options.exportGetters;
  result.noReport = options.noReport;
  if (options.optimization.level == OptLevel::None)
    return result;
  for (StringRef name : libraries->getNames())
    // The runtime library is not the user's: hosts have their own.
    if (name != runtime::coreModule)
      result.libraries.push_back(
          {libraries->lookup(name)->importName, libraries->getModule(name)});
  return result;
}

int InstrCommand::rewriteModule() {
  SourceMgrDiagnosticHandler handler(sources, &context);
  rewrite::LinkStats linkStats;
  TimingScope scope = timing.nest("Build plan");
  auto plan = rewrite::buildPlan(*module, app->getModule(), getPlanOptions(),
                                 &linkStats);
  scope.stop();
  if (options.verbose)
    remarkOn(linkStats);
  if (failed(plan))
    return exitInternal;
  if (int status = splice(*plan))
    return status;
  if (int status = optimize())
    return status;
  if (int status = validate(*plan))
    return status;
  return write();
}

/// The other target: a module for engines that run the application as it is.
int InstrCommand::makeMonitor() {
  importScripts();
  SourceMgrDiagnosticHandler handler(sources, &context);
  PassManager pm(&context);
  if (failed(applyOptions(pm)))
    return exitUsage;
  TimingScope scope = timing.nest("Passes");
  pm.enableTiming(scope);
  buildMonitorPipeline(pm);
  if (failed(pm.run(*module)))
    return exitFailure;
  scope.stop();
  TimingScope emission = timing.nest("Emit monitor");
  auto bytes = wei::emitMonitor(*module, {options.noReport});
  emission.stop();
  if (failed(bytes))
    return exitInternal;
  result.bytes = std::move(*bytes);
  return write();
}

int InstrCommand::runStages() {
  if (int status = loadLibraries())
    return status;
  if (int status = loadScripts())
    return status;
  if (options.wei)
    return makeMonitor();
  if (int status = loadApplication())
    return status;
  if (int status = lowerScripts())
    return status;
  return rewriteModule();
}

int InstrCommand::run() {
  int status = runStages();
  if (passStatistics)
    passStatistics->print(llvm::errs());
  return status;
}

int whamm::runInstr(int argc, char **argv) {
  registerAsmPrinterCLOptions();
  registerMLIRContextCLOptions();
  registerPassManagerCLOptions();
  registerDefaultTimingManagerCLOptions();
  InstrOptions options;
  if (int status = parseInstrOptions(argc, argv, options))
    return status;
  DefaultTimingManager timingManager;
  applyDefaultTimingManagerCLOptions(timingManager);
  TimingScope timing = timingManager.getRootScope();
  if (!options.monitor.empty())
    return applyMonitor(options, timing);
  // Not destroyed: the process ends behind this, and the system takes back its
  // memory faster than destructors would.
  static auto *command = new InstrCommand(options, timing);
  return command->run();
}
