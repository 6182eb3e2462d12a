//===- LinkLibraries.h - Which library functions to copy --------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Decides which functions of user libraries become part of the generated
/// module. The output has the application's memory and no other, so these are
/// functions that need nothing of their library but each other: numbers,
/// locals, control flow and direct calls.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_GENERATE_LINKLIBRARIES_H
#define WHAMM_LIB_TARGET_REWRITE_GENERATE_LINKLIBRARIES_H

#include "whamm/Target/Rewrite/BuildPlan.h"

#include "llvm/ADT/StringMap.h"

#include <map>

namespace whamm::rewrite {

/// An import of the generated module that a copy might take the place of.
struct LinkRequest {
  std::string symbol; // what callers call it
  std::string module, name;
  wasm::FuncType type; // as callers have it
};

/// The functions to copy from one library.
struct LinkedLibrary {
  const wasm::Module *module;
  /// Function index to the name in the generated module.
  std::map<uint32_t, std::string> functions;
};

struct LinkPlan {
  std::vector<LinkedLibrary> libraries;
  /// Symbols of imports to the names of what takes their place.
  llvm::StringMap<std::string> targets;
  /// What the copied bodies use beyond the first version of WebAssembly.
  bool usesSignExtension = false, usesSaturation = false;
};

/// Chooses from `requests`: small functions first, up to a limit of
/// instructions in all.
LinkPlan planLinking(llvm::ArrayRef<LinkRequest> requests,
                     llvm::ArrayRef<LinkableLibrary> libraries,
                     LinkStats &stats);

} // namespace whamm::rewrite

#endif // WHAMM_LIB_TARGET_REWRITE_GENERATE_LINKLIBRARIES_H
