//===- Dump.h - Listing of a module's instructions --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A listing of what the reader sees: for tests and for finding errors.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_DUMP_H
#define WHAMM_WASM_DUMP_H

#include "whamm/Wasm/FunctionCursor.h"

namespace whamm::wasm {

/// Writes one line per instruction of every function:
///
///     func 1 "name" (i32) -> (i32) locals (i32, f64)
///     [ 0   1   0 local.get 0                    : () -> (i32)
///
/// In order: `[` and `]` where a basic block starts and ends (with its number
/// of instructions), opidx, pc, nesting depth, mnemonic, immediates, and types
/// of operands and results with the top of the stack first. Lines of code that
/// control cannot reach are marked `dead`. Ends at the first error.
llvm::Error dumpListing(const Module &module, llvm::raw_ostream &os);

/// Writes the immediates of an instruction, with a leading space each.
void printImmediates(const Instr &instr, llvm::raw_ostream &os);

} // namespace whamm::wasm

#endif // WHAMM_WASM_DUMP_H
