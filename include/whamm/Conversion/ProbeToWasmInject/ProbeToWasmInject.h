//===- ProbeToWasmInject.h - Match probes -----------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_CONVERSION_PROBETOWASMINJECT_PROBETOWASMINJECT_H
#define WHAMM_CONVERSION_PROBETOWASMINJECT_PROBETOWASMINJECT_H

#include "whamm/Support/PassStatistics.h"
#include "whamm/Wasm/Module.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace whamm {

class LibrarySet;
class StaticCaller;

/// What matching takes from the command line. All of it may be missing.
struct MatchOptions {
  const LibrarySet *libraries = nullptr;
  /// Executes `@static` calls; without one they are errors.
  StaticCaller *caller = nullptr;
};

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "whamm/Conversion/ConversionPasses.h.inc"

/// How often a source probe matched.
struct ProbeMatchCount {
  int32_t script;
  int32_t source;
  mlir::Location loc;
  std::string rule;
  /// Places that the rule matches, and those of them where the predicate's
  /// static part and the type bounds hold.
  uint64_t places = 0, sites = 0;
};

/// The pass with an application that is already there and outlives it. Where
/// `counts` is given, it receives one entry per source probe.
std::unique_ptr<mlir::Pass> createConvertProbeToWasmInjectPass(
    const wasm::Module &app, std::vector<ProbeMatchCount> *counts = nullptr,
    const MatchOptions &options = {});

} // namespace whamm

#endif // WHAMM_CONVERSION_PROBETOWASMINJECT_PROBETOWASMINJECT_H
