//===- Hosts.h - What monitors import from the engine -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_WEI_APPLY_HOSTS_H
#define WHAMM_LIB_TARGET_WEI_APPLY_HOSTS_H

#include "ModuleOutline.h"

#include "whamm/Support/Interpreter.h"
#include "whamm/Target/Wei/Apply.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/raw_ostream.h"

namespace whamm::wei {

inline constexpr llvm::StringLiteral dynInstrModule = "whamm:dyninstr";

/// What the functions of the engine work on.
struct HostContext {
  HostContext(const wasm::Module &app, llvm::StringRef appPath,
              Interpreter &interpreter, llvm::raw_ostream &output)
      : app(app), outline(app), appPath(appPath), interpreter(interpreter),
        output(output) {}

  const wasm::Module &app;
  ModuleOutline outline;
  std::string appPath;
  Interpreter &interpreter;
  llvm::raw_ostream &output;
  /// Probes that were removed while matching.
  llvm::DenseSet<uint32_t> removed;
  /// Set where a probe was to be inserted, which there is no way to do.
  bool insertsProbes = false;
  uint64_t time = 0; // of `rdtsc`
};

/// The function of the host modules `wizeng`, `whamm:reflect` or
/// `whamm:dyninstr`; empty where they have none of this name. `context`
/// outlives it.
wabt::interp::HostFunc::Ptr makeHostFunction(llvm::StringRef module,
                                             llvm::StringRef name,
                                             HostContext &context);

} // namespace whamm::wei

#endif // WHAMM_LIB_TARGET_WEI_APPLY_HOSTS_H
