//===- Rules.h - Probe rules and classes ------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What a probe rule matches, in what order probes run, and into which classes
/// the matches of one source probe fall.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_FRONTEND_RULES_H
#define WHAMM_LIB_FRONTEND_RULES_H

#include "whamm/Frontend/AST.h"
#include "whamm/Frontend/Diagnostics.h"
#include "whamm/Frontend/Sema.h"
#include "whamm/Wasm/BoundNames.h"

#include <optional>
#include <string>
#include <vector>

namespace whamm::frontend {

/// The matches of a rule, never empty. nullopt after an error.
std::optional<std::vector<wasm::RuleMatch>> resolveRule(const ProbeDecl &probe,
                                                        Diagnostics &diags);

/// The type bounds of a rule. nullopt after an error.
std::optional<llvm::SmallVector<CheckedBound, 2>>
resolveBounds(const ProbeDecl &probe, llvm::ArrayRef<wasm::RuleMatch> matches,
              Diagnostics &diags);

using wasm::FamilyMember;
using wasm::getFamilyMember;

/// `wasm:opcode:call:before` and the like.
std::string getMatchName(wasm::EventId event, wasm::Mode mode);

/// The type that scripts see a value of a WebAssembly type as; nullopt where
/// that depends on the instruction or scripts have no such values.
std::optional<Type> getScriptType(wasm::StackType type);

/// The type of the result that the instructions of an event leave, the empty
/// tuple if they leave none; nullopt where it differs or scripts have no such
/// values.
std::optional<Type> getResultType(wasm::EventId event);

/// True for types whose values are of the same WebAssembly type.
bool haveSameRepresentation(Type a, Type b);

/// True where some event or package has a bound variable of this name.
bool isBoundName(llvm::StringRef name);

/// Splits numbered matches into classes: same package, same mode, same meaning
/// of every name that `probe` uses.
std::vector<std::vector<ProbeMatch>>
splitIntoClasses(const ProbeDecl &probe, llvm::ArrayRef<ProbeMatch> matches);

} // namespace whamm::frontend

#endif // WHAMM_LIB_FRONTEND_RULES_H
