//===- ModuleFile.h - Reading modules from files ----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Modules on disk, in the binary or the text format.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_SUPPORT_MODULEFILE_H
#define WHAMM_SUPPORT_MODULEFILE_H

#include "whamm/Wasm/Module.h"

#include "llvm/Support/MemoryBuffer.h"

#include <memory>

namespace whamm {

/// A parsed module together with the bytes it points into.
class LoadedModule {
public:
  const wasm::Module &getModule() const { return *module; }
  wasm::Bytes getBytes() const { return module->bytes; }

private:
  friend llvm::Expected<LoadedModule> loadModule(llvm::StringRef path);
  std::unique_ptr<llvm::MemoryBuffer> file;
  std::vector<uint8_t> converted; // from text
  std::unique_ptr<wasm::Module> module;
};

/// Reads a module. `-` is standard input. What does not begin with the binary
/// format's magic number is taken for text and converted by wabt. All but the
/// bodies of functions has been validated. Errors name the file and, for the
/// binary format, the offset.
llvm::Expected<LoadedModule> loadModule(llvm::StringRef path);

/// Converts the text format to the binary format, all features of wabt
/// enabled. `name` is used in messages.
llvm::Expected<std::vector<uint8_t>> convertText(llvm::StringRef name,
                                                 llvm::StringRef text);

} // namespace whamm

#endif // WHAMM_SUPPORT_MODULEFILE_H
