//===- StaticCalls.h - Library calls at compile time ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// `@static` calls: functions of libraries, executed by the compiler in wabt's
/// interpreter. WASI is there as far as start-up code of C, C++ and Rust needs
/// it; what a library prints goes to the compiler's standard error. Clock and
/// random numbers are the same in each run, so that output is, too.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_SUPPORT_STATICCALLS_H
#define WHAMM_SUPPORT_STATICCALLS_H

#include "whamm/Support/Libraries.h"

#include <memory>
#include <optional>

namespace whamm {

class StaticCaller {
public:
  /// How many instructions a call may execute: some seconds of interpretation.
  static constexpr uint64_t defaultLimit = 400'000'000;

  /// The libraries outlive the object.
  explicit StaticCaller(const LibrarySet &libraries,
                        uint64_t limit = defaultLimit);
  StaticCaller(StaticCaller &&);
  ~StaticCaller();

  /// Calls an exported function whose parameters and result are numbers, given
  /// as bit patterns (of narrower types the upper bits do not count). The
  /// library is instantiated at its first use, with the libraries that it
  /// imports, and keeps its state from call to call. Errors: a trap, an import
  /// that nobody provides, exhausted stack, a call that does not end.
  llvm::Expected<std::optional<uint64_t>> call(llvm::StringRef library,
                                               llvm::StringRef function,
                                               llvm::ArrayRef<uint64_t> args);

private:
  class Engine;
  std::unique_ptr<Engine> engine;
};

} // namespace whamm

#endif // WHAMM_SUPPORT_STATICCALLS_H
