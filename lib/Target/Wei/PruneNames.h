//===- PruneNames.h - Names of functions that are left ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_WEI_PRUNENAMES_H
#define WHAMM_LIB_TARGET_WEI_PRUNENAMES_H

#include "SnapshotParts.h"

namespace whamm::wei::detail {

/// Marks a function that is gone.
inline constexpr uint32_t goneFunction = UINT32_MAX;

/// The content of a name section with new indices of functions, without the
/// names of those that are gone. Nothing where the section is malformed.
std::optional<Buffer> mapNames(wasm::Bytes content,
                               llvm::ArrayRef<uint32_t> newIndices);

} // namespace whamm::wei::detail

#endif // WHAMM_LIB_TARGET_WEI_PRUNENAMES_H
