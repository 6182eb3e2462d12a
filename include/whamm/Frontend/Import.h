//===- Import.h - From the checked tree to the probe dialect ----*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Builds `probe.script` operations. Every operation carries the place in the
/// script that it stands for.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_FRONTEND_IMPORT_H
#define WHAMM_FRONTEND_IMPORT_H

#include "whamm/Frontend/Frontend.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace whamm::frontend {

/// Loads the dialects that imported scripts use.
void loadImportDialects(mlir::MLIRContext &context);

/// Imports a script that passed the check into a new module, as script number
/// `index`. The context must have the dialects of loadImportDialects.
mlir::OwningOpRef<mlir::ModuleOp> importScript(const CheckedScript &script,
                                               const llvm::SourceMgr &sources,
                                               mlir::MLIRContext &context,
                                               unsigned index = 0);

/// Appends a script to `into`, behind those that are there: several scripts are
/// imported into one module, numbered in the order of the command line. The
/// symbol is `@script<index>`; probe numbers start anew in each.
void importScript(const CheckedScript &script, const llvm::SourceMgr &sources,
                  unsigned index, mlir::ModuleOp into);

} // namespace whamm::frontend

#endif // WHAMM_FRONTEND_IMPORT_H
