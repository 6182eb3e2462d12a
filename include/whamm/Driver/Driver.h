//===- Driver.h - The command `whamm` ---------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DRIVER_DRIVER_H
#define WHAMM_DRIVER_DRIVER_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace whamm {

/// Exit statuses of `whamm`. `whamm run` passes on the program's own.
enum ExitStatus : int {
  exitSuccess = 0,
  exitFailure = 1,  // the input is at fault
  exitUsage = 2,    // the command line is
  exitInternal = 3, // this program is
};

/// Runs the command that argv[1] names. Returns the exit status.
int runDriver(int argc, char **argv);

/// The commands; `argv[0]` is what messages call them.
int runInstr(int argc, char **argv);
int runRun(int argc, char **argv);
int runInfo(int argc, char **argv);
int runCoreLib(int argc, char **argv);

/// The path of a file of the runtime, beside the running executable.
std::string findRuntimeFile(llvm::StringRef name);

} // namespace whamm

#endif // WHAMM_DRIVER_DRIVER_H
