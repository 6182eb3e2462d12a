//===- Translations.cpp - Formats in and out --------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Driver/Pipelines.h"
#include "whamm/Frontend/Import.h"
#include "whamm/Runtime/Runtime.h"
#include "whamm/Support/Libraries.h"
#include "whamm/Support/ModuleFile.h"
#include "whamm/Target/Rewrite/BuildPlan.h"
#include "whamm/Target/Rewrite/Splice.h"
#include "whamm/Target/Wei/MonitorIR.h"
#include "whamm/Wasm/CustomSections.h"
#include "whamm/Wasm/Dump.h"
#include "whamm/Wasm/TypeStack.h"

#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace whamm;

/// The options of translations to WebAssembly.
static llvm::cl::opt<std::string> &getAppOption() {
  static llvm::cl::opt<std::string> option(
      "app", llvm::cl::desc("The application that the sites belong to"),
      llvm::cl::value_desc("file"));
  return option;
}

/// The libraries that scripts can use.
static llvm::cl::list<std::string> &getLibraryOption() {
  static llvm::cl::list<std::string> option(
      "user-libs", llvm::cl::desc("Libraries that the script can use"),
      llvm::cl::value_desc("name=path"));
  return option;
}

/// The runtime library lies beside the other files of the tool's folder.
static llvm::Expected<LibrarySet> loadLibraries() {
  std::string tool = llvm::sys::fs::getMainExecutable(nullptr, nullptr);
  std::string core = runtime::findRuntimeFile(
      llvm::sys::path::parent_path(tool), "whamm_core.wasm");
  std::vector<std::string> options(getLibraryOption().begin(),
                                   getLibraryOption().end());
  return LibrarySet::load(core, options);
}

static OwningOpRef<Operation *>
translateScript(const std::shared_ptr<llvm::SourceMgr> &sources,
                MLIRContext *context) {
  llvm::Expected<LibrarySet> libraries = loadLibraries();
  if (!libraries) {
    llvm::WithColor::error() << llvm::toString(libraries.takeError()) << "\n";
    return nullptr;
  }
  const llvm::MemoryBuffer *input =
      sources->getMemoryBuffer(sources->getMainFileID());
  frontend::Frontend front(
      llvm::MemoryBuffer::getMemBufferCopy(input->getBuffer(),
                                           input->getBufferIdentifier()),
      *libraries);
  const frontend::CheckedScript *script = front.run();
  front.getDiagnostics().print(llvm::errs());
  if (!script)
    return nullptr;
  frontend::loadImportDialects(*context);
  return frontend::importScript(*script, front.getSources(), *context)
      .release()
      .getOperation();
}

static LogicalResult fail(const llvm::Twine &file, llvm::Error error) {
  llvm::WithColor::error() << file << ": " << llvm::toString(std::move(error))
                           << "\n";
  return failure();
}

/// What a module made by hand claims of the application need not be true.
static llvm::Error validateOutput(llvm::ArrayRef<uint8_t> bytes) {
  llvm::Expected<wasm::Module> output = wasm::Module::parse(bytes);
  if (!output)
    return output.takeError();
  return wasm::validateModule(*output);
}

static LogicalResult translateToWasm(Operation *op, raw_ostream &os) {
  auto module = dyn_cast<ModuleOp>(op);
  if (!module)
    return op->emitError("expected a builtin.module");
  llvm::Expected<LoadedModule> app = loadModule(getAppOption());
  if (!app)
    return module.emitError("--app: ") << llvm::toString(app.takeError());
  auto plan = rewrite::buildPlan(module, app->getModule());
  if (failed(plan))
    return failure();
  llvm::Expected<rewrite::SpliceResult> result =
      rewrite::splice(app->getModule(), *plan);
  if (!result)
    return module.emitError() << llvm::toString(result.takeError());
  if (llvm::Error error = validateOutput(result->bytes))
    return module.emitError("the output is not valid: ")
           << llvm::toString(std::move(error));
  os.write(reinterpret_cast<const char *>(result->bytes.data()),
           result->bytes.size());
  return success();
}

/// Runs `action` on a module given as bytes.
static LogicalResult
onModule(const std::shared_ptr<llvm::SourceMgr> &sources,
         llvm::function_ref<llvm::Error(const wasm::Module &)> action) {
  const llvm::MemoryBuffer *input =
      sources->getMemoryBuffer(sources->getMainFileID());
  llvm::Expected<wasm::Module> module =
      wasm::Module::parse(llvm::arrayRefFromStringRef(input->getBuffer()));
  if (!module)
    return fail(input->getBufferIdentifier(), module.takeError());
  if (llvm::Error error = action(*module))
    return fail(input->getBufferIdentifier(), std::move(error));
  return success();
}

static LogicalResult listModule(const std::shared_ptr<llvm::SourceMgr> &sources,
                                raw_ostream &os, MLIRContext *) {
  return onModule(sources, [&](const wasm::Module &module) {
    return wasm::dumpListing(module, os);
  });
}

/// The contract of a monitor, which has to be valid.
static OwningOpRef<Operation *>
translateMonitor(const std::shared_ptr<llvm::SourceMgr> &sources,
                 MLIRContext *context) {
  OwningOpRef<ModuleOp> result;
  LogicalResult status =
      onModule(sources, [&](const wasm::Module &module) -> llvm::Error {
        if (llvm::Error error = wasm::validateModule(module))
          return error;
        llvm::Expected<OwningOpRef<ModuleOp>> contract =
            wei::importContract(module, context);
        if (!contract)
          return contract.takeError();
        result = std::move(*contract);
        return llvm::Error::success();
      });
  if (failed(status))
    return nullptr;
  return result.release().getOperation();
}

static LogicalResult translateToContract(Operation *op, raw_ostream &os) {
  auto module = dyn_cast<ModuleOp>(op);
  if (!module)
    return op->emitError("expected a builtin.module");
  wei::printContract(module, os);
  return success();
}

static LogicalResult validate(const std::shared_ptr<llvm::SourceMgr> &sources,
                              raw_ostream &, MLIRContext *) {
  return onModule(sources, [&](const wasm::Module &module) -> llvm::Error {
    if (llvm::Error error = wasm::validateModule(module))
      return error;
    wasm::checkCustomSections(module, [&](const wasm::ReadError &warning) {
      raw_ostream &os = llvm::WithColor::warning();
      os << sources->getMemoryBuffer(sources->getMainFileID())
                ->getBufferIdentifier()
         << ": ";
      warning.log(os);
      os << "\n";
    });
    return llvm::Error::success();
  });
}

void whamm::registerAllTranslations() {
  getAppOption();
  getLibraryOption();
  static TranslateToMLIRRegistration script(
      "script-to-mlir", "Parse, check and import a Whamm script",
      [](const std::shared_ptr<llvm::SourceMgr> &sources,
         MLIRContext *context) { return translateScript(sources, context); },
      [](DialectRegistry &registry) { registerAllDialects(registry); });
  static TranslateFromMLIRRegistration toWasm(
      "mlir-to-wasm", "Put wasm_inject templates into the module of --app",
      translateToWasm,
      [](DialectRegistry &registry) { registerAllDialects(registry); });
  static TranslateToMLIRRegistration monitor(
      "monitor-to-mlir", "Read what the exports of a monitor say",
      [](const std::shared_ptr<llvm::SourceMgr> &sources,
         MLIRContext *context) { return translateMonitor(sources, context); },
      [](DialectRegistry &registry) { registerAllDialects(registry); });
  static TranslateFromMLIRRegistration toContract(
      "mlir-to-monitor-contract", "Print the export names of a monitor",
      translateToContract,
      [](DialectRegistry &registry) { registerAllDialects(registry); });
  static TranslateRegistration listing(
      "wasm-to-listing", "List the instructions of a module", listModule);
  static TranslateRegistration validation("wasm-validate", "Validate a module",
                                          validate);
}
