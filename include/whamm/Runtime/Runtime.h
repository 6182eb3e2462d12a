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

/// A WebAssembly module that tells monitors about the sites that an engine
/// matches, for a monitor to grow from. It imports functions of
/// `whamm:reflect`, has one memory, exported as `memory`, and exports the
/// functions of lib/Runtime/Site/Exports.h and SiteFunctions.h, and those of
/// the numerics module. Also exported are two constants:
/// `__heap_base`, the first address behind its data, and `site_heap_next`, the
/// address of an i32 that says where its heap goes on. 0 there at first means
/// `__heap_base`; what puts data behind that address sets it to the data's end.
llvm::ArrayRef<uint8_t> getSiteModule();

} // namespace whamm::runtime

#endif // WHAMM_RUNTIME_RUNTIME_H
