//===- CustomSections.h - Checks of custom sections -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The custom sections that the specification knows: names (core
/// specification, appendix 7.4.1) and branch hints (code metadata). What is
/// wrong in them does not make a module invalid (5.5.3), so these are warnings.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_CUSTOMSECTIONS_H
#define WHAMM_WASM_CUSTOMSECTIONS_H

#include "whamm/Wasm/Module.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace whamm::wasm {

/// Checks the sections `name` and `metadata.code.branch_hint` of a valid
/// module: encoding, order, indices that exist, places in the module. Calls
/// `warn` with what is wrong, at most once per section; the message names the
/// section.
void checkCustomSections(const Module &module,
                         llvm::function_ref<void(const ReadError &)> warn);

} // namespace whamm::wasm

#endif // WHAMM_WASM_CUSTOMSECTIONS_H
