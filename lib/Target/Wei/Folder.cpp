//===- Folder.cpp - The files of a monitor that was applied ---------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Target/Wei/Folder.h"

#include "whamm/Target/Wei/Prune.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace whamm;
using namespace whamm::wei;

/// The runtime library: `whamm run` calls it at the end.
static constexpr llvm::StringLiteral runtimeLibrary = "whamm_core";

namespace {

class FolderBuilder {
public:
  FolderBuilder(llvm::ArrayRef<AppliedModule> modules,
                llvm::StringRef matchOutput)
      : modules(modules), matchOutput(matchOutput) {}
  llvm::Expected<std::vector<FolderFile>> run();

private:
  using Predicate = llvm::function_ref<bool(llvm::StringRef)>;

  llvm::Expected<std::vector<uint8_t>> write(const AppliedModule &module,
                                             Predicate isEntry);
  llvm::Error addMonitor();
  llvm::Error addLibrary(const AppliedModule &library);
  llvm::Error addFile(llvm::StringRef name, std::vector<uint8_t> bytes);
  /// A library that a file imports and that is no file yet, or null.
  const AppliedModule *findWanted() const;
  bool isImported(const AppliedModule &library, llvm::StringRef name) const;

  llvm::ArrayRef<AppliedModule> modules;
  llvm::StringRef matchOutput;
  std::vector<FolderFile> files;
  llvm::StringSet<> done;
  /// What the files import, by module.
  llvm::StringMap<llvm::StringSet<>> imports;
};

} // namespace

/// What programs call, and the names of events, which say that the monitor has
/// probes.
static bool isProgramEntry(const AppliedModule &monitor, llvm::StringRef name) {
  return name.starts_with("wasm:") ||
         llvm::any_of(monitor.functionExports,
                      [&](const auto &entry) { return entry.first == name; });
}

/// The module without imports that nobody reaches. Where there are none, all
/// else stays as well.
static llvm::Expected<std::vector<uint8_t>>
pruneImports(std::vector<uint8_t> bytes,
             llvm::function_ref<bool(llvm::StringRef)> isEntry) {
  auto whole = wasm::Module::parse(bytes);
  if (!whole)
    return whole.takeError();
  auto pruned = pruneModule(*whole, isEntry);
  if (!pruned)
    return pruned;
  auto parsed = wasm::Module::parse(*pruned);
  if (!parsed)
    return parsed.takeError();
  if (parsed->imports.size() == whole->imports.size())
    return bytes;
  return pruned;
}

llvm::Expected<std::vector<uint8_t>>
FolderBuilder::write(const AppliedModule &module, Predicate isEntry) {
  SnapshotOptions options;
  options.functionExports = module.functionExports;
  if (&module == modules.begin())
    options.matchOutput = matchOutput.str();
  auto bytes = snapshotModule(*module.module, module.state, options);
  if (!bytes || module.name == runtimeLibrary)
    return bytes;
  return pruneImports(std::move(*bytes), isEntry);
}

llvm::Error FolderBuilder::addFile(llvm::StringRef name,
                                   std::vector<uint8_t> bytes) {
  auto parsed = wasm::Module::parse(bytes);
  if (!parsed)
    return parsed.takeError();
  for (const wasm::Import &import : parsed->imports)
    imports[import.module].insert(import.name);
  files.push_back({(name + ".wasm").str(), std::move(bytes)});
  return llvm::Error::success();
}

llvm::Error FolderBuilder::addMonitor() {
  const AppliedModule &monitor = modules.front();
  auto bytes = write(monitor, [&](llvm::StringRef name) {
    return isProgramEntry(monitor, name);
  });
  if (!bytes)
    return bytes.takeError();
  return addFile("monitor", std::move(*bytes));
}

const AppliedModule *FolderBuilder::findWanted() const {
  const auto *it =
      llvm::find_if(modules.drop_front(), [&](const AppliedModule &module) {
        return imports.contains(module.name) && !done.contains(module.name);
      });
  return it == modules.end() ? nullptr : it;
}

static bool importsFrom(const wasm::Module &module, llvm::StringRef from,
                        llvm::StringRef name) {
  return llvm::any_of(module.imports, [&](const wasm::Import &import) {
    return import.module == from && import.name == name;
  });
}

/// What files import so far, and what other libraries may.
bool FolderBuilder::isImported(const AppliedModule &library,
                               llvm::StringRef name) const {
  return imports.lookup(library.name).contains(name) ||
         llvm::any_of(modules.drop_front(), [&](const AppliedModule &other) {
           return importsFrom(*other.module, library.name, name);
         });
}

llvm::Error FolderBuilder::addLibrary(const AppliedModule &library) {
  done.insert(library.name);
  auto bytes = write(
      library, [&](llvm::StringRef name) { return isImported(library, name); });
  if (!bytes)
    return llvm::createStringError("'" + library.name +
                                   "': " + toString(bytes.takeError()));
  return addFile(library.name, std::move(*bytes));
}

llvm::Expected<std::vector<FolderFile>> FolderBuilder::run() {
  if (llvm::Error error = addMonitor())
    return std::move(error);
  while (const AppliedModule *module = findWanted())
    if (llvm::Error error = addLibrary(*module))
      return std::move(error);
  return std::move(files);
}

llvm::Expected<std::vector<FolderFile>>
wei::makeMonitorFolder(llvm::ArrayRef<AppliedModule> modules,
                       llvm::StringRef matchOutput) {
  return FolderBuilder(modules, matchOutput).run();
}
