//===- StaticWasi.h - WASI for static calls ---------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// What libraries find under `wasi_snapshot_preview1` when the compiler runs
/// them: standard output and error, no files, no arguments, no environment.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_SUPPORT_STATICWASI_H
#define WHAMM_LIB_SUPPORT_STATICWASI_H

#include "llvm/ADT/StringRef.h"

#include "wabt/interp/interp.h"

namespace whamm {

/// Clock and random numbers, which are the same in each run.
struct WasiState {
  uint64_t time = 0, random = 0;
};

inline constexpr char wasiModule[] = "wasi_snapshot_preview1";

/// The function of this name; empty where WASI has none. `state` outlives it.
wabt::interp::HostFunc::Ptr makeWasiFunction(wabt::interp::Store &store,
                                             llvm::StringRef name,
                                             WasiState &state);

} // namespace whamm

#endif // WHAMM_LIB_SUPPORT_STATICWASI_H
