//===- StateUses.h - What refers to state -----------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_DIALECT_WASMINJECT_TRANSFORMS_STATEUSES_H
#define WHAMM_LIB_DIALECT_WASMINJECT_TRANSFORMS_STATEUSES_H

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

namespace whamm::wasm_inject {

/// What refers to a state.
struct StateUses {
  llvm::SmallVector<StateGetOp> gets;
  llvm::SmallVector<StateSetOp> sets;
  /// Counted, or with an initial value per site.
  bool isCounted = false, hasInits = false;
};

/// The uses of all states of a module, by name.
llvm::StringMap<StateUses> collectStateUses(mlir::ModuleOp module);

} // namespace whamm::wasm_inject

#endif // WHAMM_LIB_DIALECT_WASMINJECT_TRANSFORMS_STATEUSES_H
