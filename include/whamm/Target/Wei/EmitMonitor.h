//===- EmitMonitor.h - From wasm_inject to a monitor ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_TARGET_WEI_EMITMONITOR_H
#define WHAMM_TARGET_WEI_EMITMONITOR_H

#include "mlir/IR/BuiltinOps.h"

#include <cstdint>
#include <vector>

namespace whamm::wei {

struct EmitOptions {
  /// Prints no report at the end.
  bool noReport = false;
};

/// Makes a monitor of a module that `convert-probe-to-monitor` has made: its
/// functions, one export per rule and per function for calls at match time, a
/// start function, `wasm:exit`, and a name section. The result is valid.
/// Failure is an internal error, which has been reported.
mlir::FailureOr<std::vector<uint8_t>>
emitMonitor(mlir::ModuleOp module, const EmitOptions &options = {});

} // namespace whamm::wei

#endif // WHAMM_TARGET_WEI_EMITMONITOR_H
