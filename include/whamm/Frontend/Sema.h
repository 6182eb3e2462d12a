//===- Sema.h - Checks a script, gives its typed tree -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The checker: names, types, rules. What it hands on says everything once: a
/// consumer has no name to look up and no conversion to invent.
///
/// A probe's rule may match events whose bound names differ in type. So each
/// source probe is checked once per *class*: per set of its matches that agree
/// in package, mode and in the meaning of every bound name that it uses.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_FRONTEND_SEMA_H
#define WHAMM_FRONTEND_SEMA_H

#include "whamm/Frontend/AST.h"
#include "whamm/Frontend/Library.h"
#include "whamm/Wasm/Events.h"

#include "llvm/ADT/SmallVector.h"

#include <memory>
#include <string>
#include <vector>

namespace whamm::frontend {

class Diagnostics;

/// One event and mode that a probe's rule matches.
struct ProbeMatch {
  wasm::EventId event;
  wasm::Mode mode;
  /// The number of this expanded probe, which reports print.
  uint32_t probeNumber;
};

/// A type bound, resolved: a filter on sites. Sites where operand, result,
/// local or immediate `index` does not exist or has another type do not match.
struct CheckedBound {
  llvm::StringRef name;
  wasm::BoundSource source; // Arg, Res, Local or Imm
  unsigned index;
  Type type;
  llvm::SMRange range;
};

/// A variable of a site with its initialiser, or an `@init` call.
struct SiteInit {
  Variable *var = nullptr;
  LibCallExpr *call = nullptr;
};

/// One source probe for one class of events.
struct CheckedProbe {
  /// Position of the source probe in the script, from 0.
  unsigned sourceIndex;
  /// Among the classes of the same source probe, from 0.
  unsigned classIndex;
  wasm::Package package;
  /// The mode of all matches.
  wasm::Mode mode;
  /// The rule as written, without bounds: provider, package, event, mode.
  llvm::SmallVector<llvm::StringRef, 4> rule;
  llvm::SMRange range; // of the rule
  /// The declared bounds, then those implied by the use of an argN, resN,
  /// localN or immN with its declared type, also by way of an alias (`addr`) or
  /// of something computed from it (`effective_addr`, `target`, `failed`).
  llvm::SmallVector<CheckedBound, 2> bounds;
  /// In provider-definition order.
  std::vector<ProbeMatch> matches;

  /// Of type bool; null if there is none.
  Expr *predicate = nullptr;
  /// In order of declaration.
  std::vector<Variable *> siteVars;
  std::vector<Variable *> locals;
  /// What runs once per site before the program does, in source order: each of
  /// `siteVars` (its initialiser, if it has one) and the `@init` calls.
  std::vector<SiteInit> siteInits;
  /// AssignStmt, IfStmt, ReturnStmt and ExprStmt only. `return e` occurs in
  /// `alt` probes only.
  llvm::ArrayRef<Stmt *> body;
};

/// A function of the script.
struct CheckedFunction {
  llvm::StringRef name;
  llvm::SMRange nameRange;
  std::vector<Variable *> params; // storage Param
  Type result;                    // the empty tuple if there is none
  std::vector<Variable *> locals;
  /// As a probe's body, with `return e`. Every path of a function with a result
  /// ends in one.
  llvm::ArrayRef<Stmt *> body;
};

/// A script that passed the check.
struct CheckedScript {
  /// In order of declaration; storage Global, `init` null.
  std::vector<Variable *> globals;
  /// Initialisers and statements of the global scope in source order. Globals
  /// start at their default values. AssignStmt and ExprStmt only.
  llvm::ArrayRef<Stmt *> initStatements;
  /// The libraries of `use`, in source order, each once.
  std::vector<const Library *> libraries;
  /// In source order.
  std::vector<CheckedFunction *> functions;
  /// Owns those.
  std::vector<std::unique_ptr<CheckedFunction>> ownedFunctions;
  /// By source index, then class index.
  std::vector<CheckedProbe> probes;
  /// Number of probe numbers given out.
  uint32_t numProbeNumbers = 0;
};

/// Checks a parsed script. Nodes of the result live in `context`; libraries are
/// those of `libraries`, which must outlive it. Null after errors, which are in
/// `diags`.
std::unique_ptr<CheckedScript> check(const Script &script, ASTContext &context,
                                     Diagnostics &diags,
                                     const LibraryTable &libraries);

/// Writes the checked tree as text.
void dump(const CheckedScript &script, llvm::raw_ostream &os);

} // namespace whamm::frontend

#endif // WHAMM_FRONTEND_SEMA_H
