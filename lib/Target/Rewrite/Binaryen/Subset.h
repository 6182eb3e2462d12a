//===- Subset.h - The part of a module that Binaryen reads ------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Binaryen reads a module in which only the functions that it is to optimise
/// have bodies. All index spaces are those of the original, so that bodies can
/// be exchanged; what function passes do not look at (data, elements, exports,
/// names, initial values) is left out.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_BINARYEN_SUBSET_H
#define WHAMM_LIB_TARGET_REWRITE_BINARYEN_SUBSET_H

#include "whamm/Wasm/Encode.h"
#include "whamm/Wasm/Module.h"

namespace whamm::rewrite::binaryen {

/// A function whose body goes through Binaryen.
struct TakenFunction {
  uint32_t defined; // counts from the first defined function
  /// Locals added behind its own: version 108 has no way to add them later.
  std::vector<wasm::ValType> extraLocals;
};

/// Appends the module with the bodies of `taken` (ascending); the others get
/// `unreachable` for a body. The declarations must be faithful.
void encodeSubset(const wasm::Module &module,
                  llvm::ArrayRef<TakenFunction> taken, wasm::ByteSink &out);

/// The body of every function that was not taken, locals included.
inline constexpr uint8_t kStubBody[] = {0x00, 0x00, 0x0B};

} // namespace whamm::rewrite::binaryen

#endif // WHAMM_LIB_TARGET_REWRITE_BINARYEN_SUBSET_H
