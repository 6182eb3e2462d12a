//===- CallEffects.h - Calls that may not come back -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which calls may end the program or throw, or let the host see what has been
/// counted so far. Code in front of such a call can have run without the code
/// behind it, when the report is made.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_PROFILE_CALLEFFECTS_H
#define WHAMM_PROFILE_CALLEFFECTS_H

#include "whamm/Wasm/FunctionCursor.h"

#include "llvm/ADT/BitVector.h"

namespace whamm::profile {

/// What else than calls and exceptions can end a program between two
/// instructions, so that its report is to be exact.
enum class Traps : uint8_t {
  Ignore, // after a trap, counts may be off by what was under way
  Count,  // each instruction that may trap is such a place
};

/// An analysis of a whole module. Conservative: where it says no, the call
/// comes back, unless the program traps.
class CallEffects {
public:
  /// Looks at all functions once. Malformed bodies count as everything.
  CallEffects(const wasm::Module &module, Traps traps);

  /// True where the program may end, or counts may be seen, in the function
  /// with this index.
  bool mayEnd(uint32_t function) const { return ends.test(function); }
  /// True where that may happen in this instruction: a call of such a function;
  /// an indirect call, where a function of its type may be one; with
  /// Traps::Count, what may trap. What never falls through (`return`, `throw`,
  /// `unreachable`) is no such place.
  bool mayEndAt(const wasm::Instr &instr) const;

private:
  struct Summary;
  void summarize(uint32_t function, Summary &summary);
  void addImports();
  void addTargets();
  bool mayEndIndirectly(uint32_t typeIndex) const;

  const wasm::Module &module;
  Traps traps;
  llvm::BitVector ends;
  /// Functions that calls through tables and references can reach.
  llvm::BitVector isTarget;
  /// Canonical types of such functions that may end the program.
  llvm::BitVector endingTypes;
  /// The host can put functions of its own there.
  bool isOpen = false;
};

} // namespace whamm::profile

#endif // WHAMM_PROFILE_CALLEFFECTS_H
