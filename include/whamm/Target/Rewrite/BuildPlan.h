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

/// A library whose functions may become part of the output.
struct LinkableLibrary {
  std::string importName; // the module that programs import
  const wasm::Module *module;
};

struct BuildPlanOptions {
  /// Export a getter `get_<name>` for each global that is not reported.
  bool exportGetters = false;
  /// Leave report variables without a report.
  bool noReport = false;
  /// The functions of these that are called at sites are copied into the
  /// generated module, and small ones inlined there, where they need nothing
  /// of their library but each other. Others stay imports, as all are without
  /// libraries here. The modules are valid.
  std::vector<LinkableLibrary> libraries;
};

/// What became of the functions of libraries that are called at sites.
struct LinkStats {
  struct Linked {
    std::string function;
    unsigned numFunctions;    // it and those that it calls
    uint64_t numInstructions; // of all of them
  };
  struct Kept {
    std::string function, reason;
  };
  std::vector<Linked> linked;
  std::vector<Kept> kept;
};

/// Builds the plan. Failure has been reported on the op that cannot be
/// exported.
mlir::FailureOr<InjectionPlan> buildPlan(mlir::ModuleOp module,
                                         const wasm::Module &app,
                                         const BuildPlanOptions &options = {},
                                         LinkStats *stats = nullptr);

} // namespace whamm::rewrite

#endif // WHAMM_TARGET_REWRITE_BUILDPLAN_H
