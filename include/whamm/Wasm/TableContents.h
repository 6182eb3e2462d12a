//===- TableContents.h - What tables hold at first --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The functions that tables hold when a module has been instantiated, as far
/// as its bytes tell.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_TABLECONTENTS_H
#define WHAMM_WASM_TABLECONTENTS_H

#include "whamm/Wasm/Module.h"

namespace whamm::wasm {

/// True where the elements of a table can be functions.
bool holdsFunctions(const Module &module, uint32_t table);

/// For each slot of a table's initial size, the index of its function, or -1
/// where that is not known: what active element segments with constant offsets
/// put there (`ref.func` and function indices only). An imported table's
/// contents are not known. Slots beyond 10,000,000 are left out.
std::vector<int32_t> getInitialFunctions(const Module &module, uint32_t table);

} // namespace whamm::wasm

#endif // WHAMM_WASM_TABLECONTENTS_H
