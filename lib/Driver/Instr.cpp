//===- Instr.cpp - `whamm instr` --------------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "InstrOptions.h"
#include "MatchReport.h"

#include "whamm/Driver/Driver.h"
#include "whamm/Driver/Pipelines.h"
#include "whamm/Frontend/Import.h"
#include "whamm/Support/StaticCalls.h"
#include "whamm/Target/Rewrite/Binaryen.h"
#include "whamm/Target/Rewrite/BuildPlan.h"
#include "whamm/Target/Rewrite/Splice.h"
#include "whamm/Target/Wei/EmitMonitor.h"
#include "whamm/Wasm/TypeStack.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Support/Timing.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace whamm;

namespace {

/// One run of the command: from script and application to the output.
class InstrCommand {
public:
  InstrCommand(const InstrOptions &options, TimingScope &timing)
      : options(options), timing(timing),
        context(MLIRContext::Threading::DISABLED) {
    DialectRegistry registry;
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    context.printOpOnDiagnostic(false);
  }

  int run();

private:
  int loadLibraries();
  int loadScript(StringRef path);
  int loadScripts();
  int loadApplication();
  int lowerScripts();
  void importScripts();
  int makeMonitor();
  int rewriteModule();
  int splice(const rewrite::InjectionPlan &plan);
  int failAtPlace(llvm::Error error);
  int optimize();
  int validate(const rewrite::InjectionPlan &plan);
  int write();

  int fail(const Twine &message, int status = exitFailure) {
    llvm::WithColor::error(llvm::errs(), "whamm") << message << "\n";
    return status;
  }
  int fail(llvm::Error error, const Twine &prefix = "") {
    return fail(prefix + llvm::toString(std::move(error)));
  }

  const InstrOptions &options;
  TimingScope &timing;
  MLIRContext context;
  std::optional<LibrarySet> libraries;
  /// By script; the checked tree lives in the front end beside it.
  std::vector<std::unique_ptr<frontend::Frontend>> fronts;
  std::vector<const frontend::CheckedScript *> scripts;
  /// The scripts again, for diagnostics of passes.
  llvm::SourceMgr sources;
  std::optional<LoadedModule> app;
  OwningOpRef<ModuleOp> module;
  std::vector<ProbeMatchCount> counts;
  rewrite::SpliceResult result;
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

int InstrCommand::loadApplication() {
  TimingScope scope = timing.nest("Application");
  llvm::Expected<LoadedModule> loaded = loadModule(options.app);
  if (!loaded)
    return fail(loaded.takeError());
  app.emplace(std::move(*loaded));
  return exitSuccess;
}

void InstrCommand::importScripts() {
  frontend::loadImportDialects(context);
  module = ModuleOp::create(UnknownLoc::get(&context));
  for (size_t i = 0; i < scripts.size(); ++i)
    frontend::importScript(*scripts[i], fronts[i]->getSources(), i, *module);
}

int InstrCommand::lowerScripts() {
  importScripts();
  SourceMgrDiagnosticHandler handler(sources, &context);
  PassManager pm(&context);
  if (failed(applyPassManagerCLOptions(pm)))
    return exitUsage;
  TimingScope scope = timing.nest("Passes");
  pm.enableTiming(scope);
  StaticCaller caller(*libraries);
  buildRewritePipeline(pm, app->getModule(), &counts, {&*libraries, &caller});
  if (failed(pm.run(*module)))
    return exitFailure;
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

/// Says what Binaryen did, and what it was not given and why.
static void remarkOn(const rewrite::BinaryenStats &stats) {
  llvm::raw_ostream &os = llvm::WithColor::remark(llvm::errs(), "whamm")
                          << "Binaryen " << rewrite::getBinaryenVersion();
  if (stats.skipped) {
    os << " was not used: " << *stats.skipped << "\n";
    return;
  }
  os << " optimised " << stats.functionsOptimized << " functions, inlined "
     << stats.callsInlined << " calls of templates and kept "
     << stats.callsKept;
  if (stats.functionsRefused)
    os << "; it cannot take " << stats.functionsRefused << " functions ("
       << stats.firstRefusal << ")";
  os << "\n";
}

int InstrCommand::optimize() {
  if (options.noBinaryen)
    return exitSuccess;
  TimingScope scope = timing.nest("Binaryen");
  rewrite::BinaryenStats stats;
  llvm::Expected<std::vector<uint8_t>> bytes =
      rewrite::optimizeInPlace(result, {}, &stats);
  if (!bytes)
    return fail("internal error: " + llvm::toString(bytes.takeError()),
                exitInternal);
  if (options.verbose)
    remarkOn(stats);
  result.bytes = std::move(*bytes);
  return exitSuccess;
}

/// Checks the output as an engine would. A failure is ours and names the
/// probes that put code into the function at fault.
int InstrCommand::validate(const rewrite::InjectionPlan &plan) {
  TimingScope scope = timing.nest("Validate");
  llvm::Expected<wasm::Module> output = wasm::Module::parse(result.bytes);
  if (!output)
    return fail("internal error: the output is malformed: " +
                    llvm::toString(output.takeError()),
                exitInternal);
  llvm::Error error = wasm::validateModule(*output);
  if (!error)
    return exitSuccess;
  // The input's own faults are not ours.
  if (llvm::Error inInput = wasm::validateModule(app->getModule())) {
    llvm::consumeError(std::move(error));
    return fail(std::move(inInput), "'" + options.app + "' is not valid: ");
  }
  size_t offset = 0;
  std::string text;
  llvm::handleAllErrors(
      std::move(error),
      [&](const wasm::ReadError &e) {
        offset = e.getOffset();
        text = e.getMessage().str();
      },
      [&](const llvm::ErrorInfoBase &e) { text = e.message(); });
  return fail("internal error: the output is not valid (offset " +
                  Twine(offset) + "): " + text + "\n" +
                  describeProbesAt(*output, offset, app->getModule(), plan),
              exitInternal);
}

int InstrCommand::write() {
  TimingScope scope = timing.nest("Write");
  StringRef parent = llvm::sys::path::parent_path(options.output);
  if (!parent.empty())
    if (std::error_code code = llvm::sys::fs::create_directories(parent))
      return fail("cannot create '" + parent + "': " + code.message());
  std::error_code code;
  llvm::ToolOutputFile file(options.output, code, llvm::sys::fs::OF_None);
  if (code)
    return fail("cannot write '" + options.output + "': " + code.message());
  file.os().write(reinterpret_cast<const char *>(result.bytes.data()),
                  result.bytes.size());
  file.os().flush();
  if (file.os().has_error()) {
    code = file.os().error();
    file.os().clear_error();
    return fail("cannot write '" + options.output + "': " + code.message());
  }
  file.keep();
  return exitSuccess;
}

int InstrCommand::rewriteModule() {
  SourceMgrDiagnosticHandler handler(sources, &context);
  rewrite::BuildPlanOptions planOptions;
  planOptions.exportGetters = options.exportGetters;
  planOptions.noReport = options.noReport;
  TimingScope scope = timing.nest("Build plan");
  auto plan = rewrite::buildPlan(*module, app->getModule(), planOptions);
  scope.stop();
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
  if (failed(applyPassManagerCLOptions(pm)))
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

int InstrCommand::run() {
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
  // Not destroyed: the process ends behind this, and the system takes back its
  // memory faster than destructors would.
  static auto *command = new InstrCommand(options, timing);
  return command->run();
}
