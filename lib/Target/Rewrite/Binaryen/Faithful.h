//===- Faithful.h - What the linked Binaryen can handle ---------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Looks modules and bodies up in the table of td/Binaryen/Faithful.td.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_BINARYEN_FAITHFUL_H
#define WHAMM_LIB_TARGET_REWRITE_BINARYEN_FAITHFUL_H

#include "whamm/Wasm/FunctionCursor.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>
#include <string>

namespace whamm::rewrite {

/// Why a body cannot go through Binaryen, or nullopt. Calls `visit` for every
/// instruction up to the one with the reason.
std::optional<std::string>
whyUnfaithful(const wasm::Module &module, uint32_t defined,
              llvm::function_ref<void(const wasm::Instr &)> visit);

} // namespace whamm::rewrite

#endif // WHAMM_LIB_TARGET_REWRITE_BINARYEN_FAITHFUL_H
