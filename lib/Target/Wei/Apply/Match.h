//===- Match.h - Where the rules of a monitor hold --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_WEI_APPLY_MATCH_H
#define WHAMM_LIB_TARGET_WEI_APPLY_MATCH_H

#include "Binder.h"

namespace whamm::wei {

/// The kinds of events at one place, in the order in which they fire.
enum class EventGroup : uint8_t {
  FuncEntry,
  BlockStart,
  BlockEnd,
  Opcode,
  FuncExit, // at the final `end`; at `return` it is an opcode's
};
inline constexpr unsigned numEventGroups = 5;

/// The sites of one rule, as columns. One function is one value of a column.
struct RuleSites {
  std::vector<uint32_t> func, opidx;
  std::vector<rewrite::Position> position;
  std::vector<EventGroup> group;
  /// By parameter of the function and row: what it is bound to.
  std::vector<std::vector<BoundParam>> params;
  /// The number by which the probe can be removed, or -1.
  std::vector<int32_t> probeId;
  std::vector<bool> isRemoved;

  size_t size() const { return func.size(); }
};

struct MatchResult {
  std::vector<RuleSites> rules; // as in the contract
  size_t numSites = 0;
};

/// Matches all rules at all sites of the program, function by function and
/// instruction by instruction. Rules that fail at some site are an error that
/// names the first site and rule, after everything has been matched.
llvm::Expected<MatchResult> matchRules(const wasm::Module &app,
                                       const MonitorContract &contract,
                                       Group &group);

} // namespace whamm::wei

#endif // WHAMM_LIB_TARGET_WEI_APPLY_MATCH_H
