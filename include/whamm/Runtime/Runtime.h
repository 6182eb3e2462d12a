//===- Runtime.h - The run-time files of the compiler -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Where the files are that instrumented programs need at run time, and the
/// modules that the compiler carries inside itself.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_RUNTIME_RUNTIME_H
#define WHAMM_RUNTIME_RUNTIME_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>

namespace whamm::runtime {

/// The path of a run-time file (`whamm_core.wasm`, `run.mjs`), which may not
/// exist: in `$WHAMM_DATA_DIR` where that is set, else in `../lib/whamm` beside
/// `toolDir`, the directory of the running executable.
std::string findRuntimeFile(llvm::StringRef toolDir, llvm::StringRef name);

/// A WebAssembly module without memory, tables, globals or imports that exports
/// `fmod64 (f64, f64) -> f64` and `fmod32 (f32, f32) -> f32`, exact as C's.
llvm::ArrayRef<uint8_t> getNumericsModule();

/// The module that monitors for engines start from: memory, rows of the report,
/// facts of sites (SiteFunctions.h), and the functions of the numerics module.
/// Its exported global `__heap_base` says where free memory begins.
llvm::ArrayRef<uint8_t> getSiteModule();

} // namespace whamm::runtime

#endif // WHAMM_RUNTIME_RUNTIME_H
