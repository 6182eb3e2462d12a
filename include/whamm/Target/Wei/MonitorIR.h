//===- MonitorIR.h - Contracts of monitors as MLIR --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What a monitor's exports say, as operations of the `wasm_inject` dialect,
/// and back.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_TARGET_WEI_MONITORIR_H
#define WHAMM_TARGET_WEI_MONITORIR_H

#include "whamm/Wasm/Module.h"

#include "mlir/IR/BuiltinOps.h"

namespace whamm::wei {

/// A function's type with MLIR's types: `v128` is `vector<16xi8>`, a reference
/// `!wasm_inject.reference`.
mlir::FunctionType convertType(const wasm::FuncType &type,
                               mlir::MLIRContext *context);

/// One `monitor_function` for each exported function, then a `rule` or an
/// `export` for each export of a function, in their order. Exports that the
/// engine drops with a warning are warnings here; errors are those of
/// readContract().
llvm::Expected<mlir::OwningOpRef<mlir::ModuleOp>>
importContract(const wasm::Module &monitor, mlir::MLIRContext *context);

/// Prints the export names of the rules and exports in a module, one per line.
void printContract(mlir::ModuleOp module, llvm::raw_ostream &os);

} // namespace whamm::wei

#endif // WHAMM_TARGET_WEI_MONITORIR_H
