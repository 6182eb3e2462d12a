//===- Limits.h - Limits of engines -----------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// How large modules may be (td/Wasm/Limits.td). The core specification leaves
/// it open; engines agree on the limits of the JavaScript interface.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_LIMITS_H
#define WHAMM_WASM_LIMITS_H

#include "whamm/Wasm/Module.h"

namespace whamm::wasm {

/// Each limit; the value is what is still accepted.
enum Limit : uint64_t {
#define GET_LIMIT_VALUES
#include "whamm/Wasm/Limits.inc"
};

/// `implementation limit: 1001 parameters, at most 1000 are supported`. `what`
/// is what there is so many of.
std::string getLimitMessage(llvm::StringRef what, uint64_t count, Limit limit);

/// Checks the numbers of items, the sizes of types, segments, bodies and names.
/// What is limited within bodies (locals, immediates) TypeStack checks; sizes
/// of memories and tables are checked with their limits. Errors: ReadError at
/// the section.
llvm::Error checkLimits(const Module &module);

} // namespace whamm::wasm

#endif // WHAMM_WASM_LIMITS_H
