//===- TemplateSize.h - How large code will be ------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_DIALECT_WASMINJECT_TRANSFORMS_TEMPLATESIZE_H
#define WHAMM_LIB_DIALECT_WASMINJECT_TRANSFORMS_TEMPLATESIZE_H

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

namespace whamm::wasm_inject {

/// Estimates how many WebAssembly instructions the body of a template will be
/// once it has been optimised; blocks and arms of several statements count as
/// one more. 0 for a body without code.
///
/// An operation costs one, and what its operands take to be there:
/// - constants, parameters and holes: one at each use;
/// - a value with one use that can be computed there: nothing more;
/// - a value with several uses: a local, so one at each use (the first is the
///   `local.tee`);
/// - a value with one use in another block, or behind something that it must
///   not pass: a local that is set and read, two.
///
/// What the optimiser finds out about values of locals of a script is not
/// foreseen: such code may become smaller.
unsigned estimateSize(TemplateOp op);

} // namespace whamm::wasm_inject

#endif // WHAMM_LIB_DIALECT_WASMINJECT_TRANSFORMS_TEMPLATESIZE_H
