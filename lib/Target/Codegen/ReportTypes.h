//===- ReportTypes.h - Types as reports print them --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_CODEGEN_REPORTTYPES_H
#define WHAMM_LIB_TARGET_CODEGEN_REPORTTYPES_H

#include "whamm/Runtime/ReportFormat.h"

#include "mlir/IR/Types.h"

#include <string>

namespace whamm::codegen {

/// How values of a type of the language are passed and printed.
runtime::ValueKind getValueKind(mlir::Type type);

/// Its WebAssembly types: `i32`, or `(i32; i32; f32)` for several.
std::string getWasmText(mlir::Type type);

} // namespace whamm::codegen

#endif // WHAMM_LIB_TARGET_CODEGEN_REPORTTYPES_H
