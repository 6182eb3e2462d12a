//===- Prune.h - A module without what nobody calls any more ----*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// After matching, a monitor's match-time calls are over. What only they need,
/// modules of the engine above all, would still have to be there to instantiate
/// the monitor, were it not taken out.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_TARGET_WEI_PRUNE_H
#define WHAMM_TARGET_WEI_PRUNE_H

#include "whamm/Wasm/Module.h"

namespace whamm::wei {

/// The module without the function imports that cannot be reached, and without
/// the exports of functions for whose names `isEntry` is false. What entries,
/// the start function, tables, globals and segments refer to is reached. Bodies
/// of other functions become `unreachable`. Functions get new indices, in the
/// same order; all other indices stay. Custom sections that hold offsets of
/// code are left out; names follow.
///
/// The module has been validated. Errors: malformed bodies.
llvm::Expected<std::vector<uint8_t>>
pruneModule(const wasm::Module &module,
            llvm::function_ref<bool(llvm::StringRef)> isEntry);

} // namespace whamm::wei

#endif // WHAMM_TARGET_WEI_PRUNE_H
