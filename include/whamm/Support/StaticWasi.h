//===- StaticWasi.h - WASI for static calls ---------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What modules find under `wasi_snapshot_preview1` when the compiler runs
/// them: standard output and error, no files, no arguments, no environment.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_SUPPORT_STATICWASI_H
#define WHAMM_SUPPORT_STATICWASI_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include "wabt/interp/interp.h"

#include <string>
#include <vector>

namespace whamm {

/// Clock and random numbers, which are the same in each run, and what is
/// behind standard output.
struct WasiState {
  uint64_t time = 0, random = 0;
  /// Standard error where it is null: the compiler may write its result to
  /// standard output.
  llvm::raw_ostream *output = nullptr;
  /// A module works on its first memory, or only on the first that it exports:
  /// without one all calls fail.
  bool exportedMemory = false;
  /// `NAME=value`.
  std::vector<std::string> environment;
};

/// The first memory that an instance exports; empty without one.
wabt::interp::Memory::Ptr findExportedMemory(wabt::interp::Store &store,
                                             wabt::interp::Instance &instance);

inline constexpr char wasiModule[] = "wasi_snapshot_preview1";

/// The function of this name; empty where WASI has none. `state` outlives it.
wabt::interp::HostFunc::Ptr makeWasiFunction(wabt::interp::Store &store,
                                             llvm::StringRef name,
                                             WasiState &state);

} // namespace whamm

#endif // WHAMM_SUPPORT_STATICWASI_H
