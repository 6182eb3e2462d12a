//===- CopyFunctions.h - From a module to Binaryen's ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Copies functions of a module in bytes into a module that Binaryen holds.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_BINARYEN_COPYFUNCTIONS_H
#define WHAMM_LIB_TARGET_REWRITE_BINARYEN_COPYFUNCTIONS_H

#include "whamm/Wasm/Module.h"

#include <binaryen-c.h>

#include <map>
#include <string>

namespace whamm::rewrite::binaryen {

/// Adds defined functions of `source` to `target` under the names that are
/// given by function index. They call each other only and refer to nothing else
/// of `source`; declarations and bodies have to be faithful. Errors are
/// internal.
llvm::Error copyFunctions(const wasm::Module &source,
                          const std::map<uint32_t, std::string> &names,
                          BinaryenModuleRef target);

} // namespace whamm::rewrite::binaryen

#endif // WHAMM_LIB_TARGET_REWRITE_BINARYEN_COPYFUNCTIONS_H
