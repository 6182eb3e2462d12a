//===- RewriteStages.cpp - From a plan to the output ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "RewriteStages.h"

#include "MatchReport.h"

#include "whamm/Target/Rewrite/Binaryen.h"
#include "whamm/Wasm/TypeStack.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace whamm;

int RewriteStages::loadApplication() {
  TimingScope scope = timing.nest("Application");
  llvm::Expected<LoadedModule> loaded = loadModule(options.app);
  if (!loaded)
    return fail(loaded.takeError());
  app.emplace(std::move(*loaded));
  return exitSuccess;
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

int RewriteStages::optimize() {
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

int RewriteStages::validate(const rewrite::InjectionPlan &plan) {
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

int RewriteStages::createFolder(StringRef path) {
  if (path.empty())
    return exitSuccess;
  if (std::error_code code = llvm::sys::fs::create_directories(path))
    return fail("cannot create '" + path + "': " + code.message());
  return exitSuccess;
}

int RewriteStages::writeFile(StringRef path, llvm::ArrayRef<uint8_t> bytes) {
  std::error_code code;
  llvm::ToolOutputFile file(path, code, llvm::sys::fs::OF_None);
  if (code)
    return fail("cannot write '" + path + "': " + code.message());
  file.os().write(reinterpret_cast<const char *>(bytes.data()), bytes.size());
  file.os().flush();
  if (file.os().has_error()) {
    code = file.os().error();
    file.os().clear_error();
    return fail("cannot write '" + path + "': " + code.message());
  }
  file.keep();
  return exitSuccess;
}

int RewriteStages::write() {
  TimingScope scope = timing.nest("Write");
  if (int status = createFolder(llvm::sys::path::parent_path(options.output)))
    return status;
  return writeFile(options.output, result.bytes);
}

int RewriteStages::fail(const Twine &message, int status) {
  llvm::WithColor::error(llvm::errs(), "whamm") << message << "\n";
  return status;
}

int RewriteStages::fail(llvm::Error error, const Twine &prefix) {
  return fail(prefix + llvm::toString(std::move(error)));
}
