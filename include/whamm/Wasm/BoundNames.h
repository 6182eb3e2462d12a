//===- BoundNames.h - Names of operands, results and others -----*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_BOUNDNAMES_H
#define WHAMM_WASM_BOUNDNAMES_H

#include "whamm/Wasm/Events.h"

#include <optional>
#include <string>

namespace whamm::wasm {

/// A name of the families argN, resN, localN and immN.
struct FamilyMember {
  BoundSource source; // Arg, Res, Local or Imm
  unsigned index;     // N, at most 2^30
};

/// Decodes such a name; N is decimal without leading zeros. nullopt for others.
std::optional<FamilyMember> getFamilyMember(llvm::StringRef name);

/// The name of a member: `arg1`. Empty for sources that have no family.
std::string getMemberName(BoundSource source, unsigned index);

/// What a variable stands for, as scripts would write it: `arg0` for the alias
/// `addr`, an expression for a computed one, "" for all others.
std::string getDerivation(const BoundVar &var);

} // namespace whamm::wasm

#endif // WHAMM_WASM_BOUNDNAMES_H
