//===- SectionOrder.h - Sections in the order of the format -----*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The order of sections (core specification 5.5.16), for those that write a
/// module anew from another one.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_SECTIONORDER_H
#define WHAMM_WASM_SECTIONORDER_H

#include "whamm/Wasm/Encode.h"
#include "whamm/Wasm/Module.h"

namespace whamm::wasm {

/// Visits the sections of a module in file order, custom ones included, and
/// each section that the module lacks, as null, where one would have to be
/// added: in front of the custom sections at the module's end. The first error
/// of `visit` ends the walk and is returned.
llvm::Error visitSections(
    const Module &module,
    llvm::function_ref<llvm::Error(const Section *section, SectionId id)>
        visit);

} // namespace whamm::wasm

#endif // WHAMM_WASM_SECTIONORDER_H
