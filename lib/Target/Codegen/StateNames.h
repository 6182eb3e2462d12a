//===- StateNames.h - Names of state in generated code ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_CODEGEN_STATENAMES_H
#define WHAMM_LIB_TARGET_CODEGEN_STATENAMES_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace whamm::codegen {

/// The name of the global that holds a component of a state.
std::string getStateGlobal(llvm::StringRef state, unsigned component);

} // namespace whamm::codegen

#endif // WHAMM_LIB_TARGET_CODEGEN_STATENAMES_H
