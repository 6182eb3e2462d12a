//===- InvariantOps.h - What depends on the site only -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_DIALECT_WASMINJECT_TRANSFORMS_INVARIANTOPS_H
#define WHAMM_LIB_DIALECT_WASMINJECT_TRANSFORMS_INVARIANTOPS_H

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include "llvm/ADT/SetVector.h"

namespace whamm::wasm_inject {

/// The pure operations of a template, constants among them, whose operands all
/// come from holes and constants: each execution at one site gives the same.
/// Definitions stand in front of their uses. All have one result, a number or
/// an i1.
llvm::SetVector<mlir::Operation *> collectInvariantOps(TemplateOp op);

/// True for a result of one of these operations, and for a hole.
bool isInvariant(mlir::Value value,
                 const llvm::SetVector<mlir::Operation *> &invariants);

/// The index of the hole that a value is, if it is one.
std::optional<unsigned> getHole(mlir::Value value);

} // namespace whamm::wasm_inject

#endif // WHAMM_LIB_DIALECT_WASMINJECT_TRANSFORMS_INVARIANTOPS_H
