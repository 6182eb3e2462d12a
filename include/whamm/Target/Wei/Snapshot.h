//===- Snapshot.h - A module as its instance is now -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Writes a module anew so that instantiating it gives the state that an
/// instance of it has: what a monitor did while an engine matched stays done.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_TARGET_WEI_SNAPSHOT_H
#define WHAMM_TARGET_WEI_SNAPSHOT_H

#include "whamm/Wasm/Module.h"

namespace whamm::wei {

/// The custom section that holds what a monitor printed while matching.
inline constexpr llvm::StringLiteral matchOutputSection = "whamm.match_output";

/// The value of a global. A reference is null or a function of the module;
/// `isOpaque` says that it is neither.
struct GlobalValue {
  bool isRef = false;
  uint64_t low = 0, high = 0; // bits of a number; `high` for v128 only
  std::optional<uint32_t> function;
  bool isOpaque = false;
};

/// Elements of tables that are no indices of functions of the module.
inline constexpr int64_t nullElement = -1, opaqueElement = -2;

/// What an instance holds. Only what the module defines is here: imports are
/// state of another one. Vectors have an entry for each definition, in the
/// order of indices; `droppedData` and `droppedElems` for each segment, and
/// may leave active ones at false.
struct InstanceState {
  std::vector<std::vector<uint8_t>> memories; // whole contents
  std::vector<uint64_t> memoryPages;
  std::vector<GlobalValue> globals;
  std::vector<std::vector<int64_t>> tables; // functions, or as above
  std::vector<bool> droppedData, droppedElems;
};

struct SnapshotOptions {
  /// Functions to export beside what the module exports, where the name is not
  /// taken.
  std::vector<std::pair<std::string, uint32_t>> functionExports;
  /// Content of matchOutputSection; no section where it is empty.
  std::string matchOutput;
};

/// The module with `state` as its initial state and without a start function.
/// Indices of all kinds, code, names and other custom sections stay as they
/// are: segments that are gone are there, but empty to all that can ask.
///
/// Errors: a state that does not fit the module; a reference in a mutable
/// global or a table that no constant expression gives, or a null reference
/// where the type has none.
llvm::Expected<std::vector<uint8_t>>
snapshotModule(const wasm::Module &module, const InstanceState &state,
               const SnapshotOptions &options);

} // namespace whamm::wei

#endif // WHAMM_TARGET_WEI_SNAPSHOT_H
