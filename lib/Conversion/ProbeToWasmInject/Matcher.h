//===- Matcher.h - Finding the sites of probes ------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// One walk over an application that fills the site tables of all probes.
/// Independent of MLIR but for the static programs it evaluates.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_MATCHER_H
#define WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_MATCHER_H

#include "StaticEvaluator.h"

#include "whamm/Dialect/WasmInject/IR/WasmInjectAttributes.h"
#include "whamm/Wasm/TypeStack.h"

#include <list>

namespace whamm {

/// Something that a place must have: operand, result, local or immediate
/// `index`, of a type that `type` is compatible with.
struct Requirement {
  wasm::BoundSource source;
  unsigned index;
  mlir::Type type;
};

/// One event and mode of a probe.
struct MatchInstance {
  wasm::EventId event;
  wasm::Mode mode;
  uint32_t number;
  uint32_t order;
};

/// The rows of one probe at one kind of place.
struct MatchTable {
  std::vector<int32_t> func, opidx, pc, instance, slot;
  std::vector<std::vector<int64_t>> holes, initHoles, inits;
  /// Instances that have occurred. Columns of holes that depend on the event
  /// only have an entry per instance of the probe, 0 where it has not occurred.
  std::vector<bool> isKnown;
  /// Of holes that are strings: the texts, which live as long as the module
  /// and the script do; the columns above stay empty then.
  std::vector<std::vector<llvm::StringRef>> holeTexts, initHoleTexts;
  /// Texts that neither the module nor the script has.
  std::list<std::string> ownTexts;
};

/// A probe as matching sees it.
struct MatchProbe {
  std::vector<MatchInstance> instances;
  llvm::SmallVector<Requirement, 2> requirements;
  std::optional<StaticProgram> predicate; // no value: always true
  std::vector<StaticProgram> holes, initHoles;
  /// Per site variable: its initial value, where it differs by site.
  std::vector<std::optional<StaticProgram>> inits;
  /// Static calls without results.
  std::vector<StaticProgram> effects;
  unsigned numStates = 0;
  std::vector<StaticFact> siteFacts; // that may be missing at a site

  // Results.
  static constexpr unsigned numPositions = 11;
  std::unique_ptr<MatchTable> tables[numPositions];
  uint64_t numSites = 0;
  /// Places of the rule, before predicate and requirements.
  uint64_t numPlaces = 0;

  // State of the walk.
  bool predicateKnown = false, predicateValue = false;
  /// The programs that make `@static` calls, in the order of the script.
  std::vector<StaticProgram *> callers;
};

struct MatchStatistics {
  uint64_t sites = 0, instructions = 0;
  uint32_t slots = 0;
};

/// Walks all functions of the module. Errors are those of the reader, and
/// StaticError for what fails at match time. `@static` calls are made once per
/// site, in the order of functions, instructions and probes: first those of
/// the predicate, then those of initialisers, then those of the body.
llvm::Expected<MatchStatistics>
matchSites(const wasm::Module &module, llvm::MutableArrayRef<MatchProbe> probes,
           const StaticContext &context = {});

/// The place that an event and mode mean; nullopt for what has no place in
/// code (wasm:report).
std::optional<wasm_inject::Position> getPosition(wasm::EventId event,
                                                 wasm::Mode mode);

/// True where a value of the WebAssembly type can be bound with the language's
/// type (language reference 2.4). References to functions are found where the
/// module is given, as types that it defines may be among them.
bool isCompatible(mlir::Type declared, wasm::ValType actual,
                  const wasm::Module *module = nullptr);

} // namespace whamm

#endif // WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_MATCHER_H
