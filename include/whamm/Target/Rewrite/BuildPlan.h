//===- BuildPlan.h - From wasm_inject to an injection plan ------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Exports a `wasm_inject` module to what the splicer takes: templates become
/// functions of a small module that Binaryen builds and optimises, tables
/// become columns, report variables become a descriptor.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_TARGET_REWRITE_BUILDPLAN_H
#define WHAMM_TARGET_REWRITE_BUILDPLAN_H

#include "whamm/Target/Rewrite/InjectionPlan.h"
#include "whamm/Wasm/Module.h"

#include "mlir/IR/BuiltinOps.h"

namespace whamm::rewrite {

struct BuildPlanOptions {
  /// Export a getter `get_<name>` for each global that is not reported.
  bool exportGetters = false;
  /// Leave report variables without a report.
  bool noReport = false;
};

/// Builds the plan. Failure has been reported on the op that cannot be
/// exported.
mlir::FailureOr<InjectionPlan> buildPlan(mlir::ModuleOp module,
                                         const wasm::Module &app,
                                         const BuildPlanOptions &options = {});

} // namespace whamm::rewrite

#endif // WHAMM_TARGET_REWRITE_BUILDPLAN_H
