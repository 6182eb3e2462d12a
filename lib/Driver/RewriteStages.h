//===- RewriteStages.h - From a plan to the output --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_DRIVER_REWRITESTAGES_H
#define WHAMM_LIB_DRIVER_REWRITESTAGES_H

#include "InstrOptions.h"

#include "whamm/Driver/Driver.h"
#include "whamm/Support/ModuleFile.h"
#include "whamm/Target/Rewrite/Splice.h"

#include "mlir/Support/Timing.h"

namespace whamm {

/// What commands that put a plan into a program have in common. Stages give the
/// exit status, behind a message where it is not zero.
class RewriteStages {
public:
  RewriteStages(const InstrOptions &options, mlir::TimingScope &timing)
      : options(options), timing(timing) {}

protected:
  int loadApplication();
  /// Optimises `result` by Binaryen, unless that is not wanted.
  int optimize();
  /// Checks the output as an engine would. A failure is ours and names the
  /// probes that put code into the function at fault.
  int validate(const rewrite::InjectionPlan &plan);
  /// Writes `result` to the output.
  int write();
  /// Writes a file.
  int writeFile(llvm::StringRef path, llvm::ArrayRef<uint8_t> bytes);
  /// Creates a folder and those that it is in.
  int createFolder(llvm::StringRef path);

  int fail(const llvm::Twine &message, int status = exitFailure);
  int fail(llvm::Error error, const llvm::Twine &prefix = "");

  const InstrOptions &options;
  mlir::TimingScope &timing;
  std::optional<LoadedModule> app;
  rewrite::SpliceResult result;
};

} // namespace whamm

#endif // WHAMM_LIB_DRIVER_REWRITESTAGES_H
