//===- ReportTable.h - The rows of the report -------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_GENERATE_REPORTTABLE_H
#define WHAMM_LIB_TARGET_REWRITE_GENERATE_REPORTTABLE_H

#include "whamm/Target/Rewrite/InjectionPlan.h"
#include "whamm/Wasm/Module.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

namespace whamm::rewrite {

/// Describes all report variables of a wasm_inject module, in the order of
/// language reference 8.2: site variables by type, then by site; then globals
/// by index. `programStates` says where those live in the plan's globals,
/// `slots` where the components of site variables are. nullopt where no report
/// variable was allocated.
std::optional<ReportPlan>
buildReport(mlir::ModuleOp module, const wasm::Module &app,
            const llvm::StringMap<uint32_t> &programStates,
            llvm::ArrayRef<ReportValue> slots);

} // namespace whamm::rewrite

#endif // WHAMM_LIB_TARGET_REWRITE_GENERATE_REPORTTABLE_H
