//===- RowTables.h - Rows of a monitor's report -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_WEI_EMIT_ROWTABLES_H
#define WHAMM_LIB_TARGET_WEI_EMIT_ROWTABLES_H

#include "StaticData.h"

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include "mlir/IR/BuiltinOps.h"

namespace whamm::wei {

/// Where the components of a value lie, from its address.
struct ValueLayout {
  llvm::SmallVector<uint32_t, 2> offsets;
  uint32_t size = 0;
};
ValueLayout getValueLayout(mlir::Type type);

/// The tables by which the site module prints the report
/// (include/whamm/Runtime/SiteFunctions.h).
class RowTables {
public:
  /// Puts the tables into the monitor's memory.
  void build(mlir::ModuleOp module,
             const llvm::StringMap<uint32_t> &stateAddresses, StaticData &data);

  /// The number of a kind of row, by its symbol.
  uint32_t getKind(llvm::StringRef symbol) const {
    return kinds.lookup(symbol);
  }
  bool isEmpty() const { return numGroups == 0; }
  uint32_t getKindsAddress() const { return kindsAddress; }
  uint32_t getGroupsAddress() const { return groupsAddress; }
  uint32_t getNumGroups() const { return numGroups; }

private:
  llvm::StringMap<uint32_t> kinds;
  uint32_t kindsAddress = 0, groupsAddress = 0, numGroups = 0;
};

} // namespace whamm::wei

#endif // WHAMM_LIB_TARGET_WEI_EMIT_ROWTABLES_H
