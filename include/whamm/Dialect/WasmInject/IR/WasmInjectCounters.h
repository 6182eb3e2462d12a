//===- WasmInjectCounters.h - `counters` as a table -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTCOUNTERS_H
#define WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTCOUNTERS_H

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"
#include "whamm/Profile/CounterTable.h"

#include "mlir/IR/BuiltinOps.h"

namespace whamm::wasm_inject {

/// What the operation says.
profile::CounterTable readCounters(CountersOp op);
/// An operation that says the same as the table.
CountersOp createCounters(mlir::OpBuilder &builder, mlir::Location loc,
                          const profile::CounterTable &table);
/// The operation of a module, or null.
CountersOp findCounters(mlir::ModuleOp module);

} // namespace whamm::wasm_inject

#endif // WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTCOUNTERS_H
