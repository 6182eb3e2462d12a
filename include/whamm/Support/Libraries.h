//===- Libraries.h - Libraries of the command line --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The libraries that `-u NAME=LIB.wasm` offers to scripts, and `whamm_core`,
/// which every script can use.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_SUPPORT_LIBRARIES_H
#define WHAMM_SUPPORT_LIBRARIES_H

#include "whamm/Frontend/Library.h"
#include "whamm/Support/ModuleFile.h"

#include <memory>

namespace whamm {

/// `name=path` or `name(import_name)=path`, in its parts.
struct LibraryOption {
  std::string name, importName, path;
};

/// Divides values of `-u`, each a list with `,` or `;` between its items. An
/// item that is not as it should be is an error that quotes it.
llvm::Expected<std::vector<LibraryOption>>
parseLibraryOptions(llvm::ArrayRef<std::string> values);

/// The modules of all libraries, and what scripts see of them.
class LibrarySet : public frontend::LibraryTable {
public:
  /// Reads `whamm_core` from `corePath` and what `options` (values of `-u`)
  /// name. Modules are validated; errors name the file and, for the binary
  /// format, the offset.
  static llvm::Expected<LibrarySet> load(llvm::StringRef corePath,
                                         llvm::ArrayRef<std::string> options);

  LibrarySet(LibrarySet &&);
  LibrarySet &operator=(LibrarySet &&);
  ~LibrarySet() override;

  const frontend::Library *lookup(llvm::StringRef name) const override;
  /// In the order of the command line; `whamm_core` comes first.
  std::vector<llvm::StringRef> getNames() const override;

  /// The library whose functions programs import from `importName`, or null.
  const frontend::Library *lookupImport(llvm::StringRef importName) const;
  /// The module of a library, or null where none has the name.
  const wasm::Module *getModule(llvm::StringRef name) const;
  /// The export through which programs reach the library's memory: the first
  /// one of a memory. Null without such a library or memory.
  const wasm::Export *getMemoryExport(llvm::StringRef name) const;

private:
  struct Entry;
  LibrarySet();
  llvm::Error add(LibraryOption option);
  const Entry *find(llvm::StringRef name) const;

  std::vector<std::unique_ptr<Entry>> entries;
};

} // namespace whamm

#endif // WHAMM_SUPPORT_LIBRARIES_H
