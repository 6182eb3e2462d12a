//===- InstrOptions.h - Options of `whamm instr` ----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_DRIVER_INSTROPTIONS_H
#define WHAMM_LIB_DRIVER_INSTROPTIONS_H

#include "whamm/Driver/Pipelines.h"

#include <optional>
#include <string>
#include <vector>

namespace whamm {

struct InstrOptions {
  std::string app, output;
  /// In the order of the command line, which numbers them.
  std::vector<std::string> scripts;
  /// Instead of scripts: MON.wasm, or MON.wasm+LIB.wasm+...
  std::string monitor;
  std::vector<std::string> libraries; // values of -u
  OptimizationOptions optimization;
  bool noBinaryen = false, noReport = false, exportGetters = false;
  bool listSites = false, verbose = false;
  /// Makes a monitor; there is no application.
  bool wei = false;
  /// How to show what the passes counted, if at all.
  std::optional<mlir::PassDisplayMode> passStatistics;
};

/// Parses the command line. Not zero, after a message, where it is wrong.
int parseInstrOptions(int argc, char **argv, InstrOptions &options);

} // namespace whamm

#endif // WHAMM_LIB_DRIVER_INSTROPTIONS_H
