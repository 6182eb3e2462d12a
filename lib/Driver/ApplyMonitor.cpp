//===- ApplyMonitor.cpp - `whamm instr -m` ----------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "ApplyMonitor.h"

#include "RewriteStages.h"

#include "whamm/Support/Libraries.h"
#include "whamm/Target/Wei/Folder.h"
#include "whamm/Wasm/TypeStack.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"

#include <deque>

using namespace mlir;
using namespace whamm;

namespace {

/// One run of the command.
class ApplyCommand : RewriteStages {
public:
  using RewriteStages::RewriteStages;
  int run();

private:
  int loadGroup();
  int loadLibraries();
  int loadModuleOf(StringRef name, StringRef path,
                   std::vector<wei::GroupModule> &list);
  int match();
  int splice();
  int writeFolder();

  std::deque<LoadedModule> files;
  std::vector<wei::GroupModule> group, libraries;
  wei::ApplyResult applied;
};

} // namespace

/// Reads a module, which has to be valid.
int ApplyCommand::loadModuleOf(StringRef name, StringRef path,
                               std::vector<wei::GroupModule> &list) {
  llvm::Expected<LoadedModule> loaded = loadModule(path);
  if (!loaded)
    return fail(loaded.takeError());
  files.push_back(std::move(*loaded));
  const wasm::Module &module = files.back().getModule();
  if (llvm::Error error = wasm::validateModule(module))
    return fail(std::move(error), "'" + path + "' is not valid: ");
  list.push_back({name.str(), &module});
  return exitSuccess;
}

/// The modules of `-m`, the monitor first. Others import by the stem of a file,
/// which is also its name in the folder.
int ApplyCommand::loadGroup() {
  SmallVector<StringRef> paths;
  StringRef(options.monitor).split(paths, '+');
  for (StringRef path : paths) {
    StringRef name = llvm::sys::path::stem(path);
    auto hasName = [&](const wei::GroupModule &m) { return m.name == name; };
    if (llvm::any_of(group, hasName) || (!group.empty() && name == "monitor"))
      return fail("-m: another module is named '" + name + "', as '" + path +
                  "' would be");
    if (int status = loadModuleOf(name, path, group))
      return status;
  }
  return exitSuccess;
}

/// What `-u` offers, and the runtime library.
int ApplyCommand::loadLibraries() {
  auto parsed = parseLibraryOptions(options.libraries);
  if (!parsed)
    return fail(parsed.takeError(), "-u: ");
  for (const LibraryOption &library : *parsed) {
    const std::string &name =
        library.importName.empty() ? library.name : library.importName;
    if (int status = loadModuleOf(name, library.path, libraries))
      return status;
  }
  return loadModuleOf("whamm_core", findRuntimeFile("whamm_core.wasm"),
                      libraries);
}

int ApplyCommand::match() {
  TimingScope scope = timing.nest("Match");
  if (llvm::Error error = wasm::validateModule(app->getModule()))
    return fail(std::move(error), "'" + options.app + "' is not valid: ");
  llvm::Expected<wei::ApplyResult> result = wei::applyMonitor(
      {app->getModule(), options.app, std::move(group), std::move(libraries)});
  if (!result)
    return fail(result.takeError(),
                "'" + options.monitor + "' on '" + options.app + "': ");
  applied = std::move(*result);
  for (const std::string &warning : applied.warnings)
    llvm::WithColor::warning(llvm::errs(), "whamm") << warning << "\n";
  if (options.verbose)
    llvm::WithColor::remark(llvm::errs(), "whamm")
        << applied.numRules << " rules, " << applied.numSites << " sites\n";
  return exitSuccess;
}

int ApplyCommand::splice() {
  TimingScope scope = timing.nest("Splice");
  llvm::Expected<rewrite::SpliceResult> spliced =
      rewrite::splice(app->getModule(), applied.plan);
  if (!spliced)
    return fail(spliced.takeError(), "'" + options.app + "': ");
  result = std::move(*spliced);
  return exitSuccess;
}

/// `OUT.monitor/` with the monitor and its libraries as matching left them.
int ApplyCommand::writeFolder() {
  TimingScope scope = timing.nest("Write monitor");
  StringRef stem = options.output;
  stem.consume_back(".wasm");
  std::string folder = (stem + ".monitor").str();
  if (int status = createFolder(folder))
    return status;
  auto written = wei::makeMonitorFolder(applied.modules, applied.matchOutput);
  if (!written)
    return fail(written.takeError(), "'" + options.monitor + "': ");
  for (const wei::FolderFile &file : *written) {
    SmallString<128> path(folder);
    llvm::sys::path::append(path, file.name);
    if (int status = writeFile(path, file.bytes))
      return status;
  }
  return exitSuccess;
}

int ApplyCommand::run() {
  if (int status = loadApplication())
    return status;
  if (int status = loadGroup())
    return status;
  if (int status = loadLibraries())
    return status;
  if (int status = match())
    return status;
  if (int status = splice())
    return status;
  if (int status = optimize())
    return status;
  if (int status = validate(applied.plan))
    return status;
  if (int status = write())
    return status;
  return writeFolder();
}

int whamm::applyMonitor(const InstrOptions &options, TimingScope &timing) {
  return ApplyCommand(options, timing).run();
}
