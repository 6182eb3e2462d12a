//===- MonitorConverter.h - From scripts to monitors ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The conversion of scripts to the rules of a monitor, without an application:
/// - CheckMonitor.cpp refuses what an engine cannot do;
/// - Candidates.cpp says at which of the engine's events a probe has to listen;
/// - MatchFacts.cpp computes at match time what is static;
/// - BuildMatch.cpp makes the function that the engine calls per site when it
///   matches, BuildBody.cpp the one that runs there, BuildRules.cpp the rules.
///
/// All probes that can meet at a site become one rule: an engine is two orders
/// of magnitude slower where two rules share a site.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_CONVERSION_PROBETOMONITOR_MONITORCONVERTER_H
#define WHAMM_LIB_CONVERSION_PROBETOMONITOR_MONITORCONVERTER_H

#include "MatchFacts.h"

#include "../ProbeToWasmInject/ScriptConverter.h"

#include "mlir/Rewrite/FrozenRewritePatternSet.h"

#include "llvm/ADT/BitVector.h"

#include <map>

namespace whamm {

/// Refuses, with an error per cause, what a monitor cannot do, and warns of
/// what engines see differently.
mlir::LogicalResult checkForMonitor(probe::ScriptOp script);

/// A probe with what it reads of one event put in place: a copy of it, or the
/// probe itself where it reads nothing. Null where it can then never fire.
probe::ProbeOp
specializeForEvent(probe::ProbeOp op, wasm::EventId event,
                   const mlir::FrozenRewritePatternSet &patterns);
/// True where the order of the two bodies at one place can be seen.
bool mayInteract(probe::ProbeOp a, probe::ProbeOp b);
/// The canonicalisation of everything that scripts are made of.
mlir::FrozenRewritePatternSet getCanonicalization(mlir::MLIRContext *context);

/// An operand or local that a probe reads, and the WebAssembly type it needs.
struct OperandNeed {
  wasm_inject::SourceKind kind;
  uint32_t index;
  mlir::Type type;

  bool operator==(const OperandNeed &) const = default;
};
using OperandNeeds = llvm::SmallVector<OperandNeed, 2>;

/// A probe at one of its events, as the rules of the engine see it.
struct Candidate {
  probe::ProbeOp op; // specialised for the event
  wasm::EventId event;
  wasm::Mode mode;
  uint32_t number, order;
  Anchor anchor = Anchor::Self;
  /// Runs only where operand 0 of the site's instruction is (not) zero.
  enum class Guard : uint8_t { None, NonZero, Zero } guard = Guard::None;
  /// Only in functions whose first instruction has no rule, or is a `loop`.
  bool isRest = false;
  /// Owns its state and rows, but nothing runs: behind what never goes on.
  bool isDead = false;
  /// All events, with numbers, where it stands for a probe at several.
  llvm::SmallVector<std::pair<wasm::EventId, uint32_t>, 0> events;
  OperandNeeds operands;
  llvm::SmallVector<uint32_t> immediates; // that the instruction has to have
};

/// What the engine calls a place: an opcode with an event, `wasm:func:entry`,
/// all opcodes, or those that no other rule takes care of.
struct RuleKey {
  enum class Kind : uint8_t {
    FuncEntry,
    Opcode,
    AllOpcodes,
    OtherOpcodes
  } kind;
  wasm::EventId event = 0; // Opcode

  auto operator<=>(const RuleKey &) const = default;
};

/// The memory that a rule's sites have, beginning at the address that the body
/// gets.
class RecordLayout {
public:
  /// Room for values of these types; returns their offsets.
  llvm::SmallVector<uint32_t, 2> add(llvm::ArrayRef<mlir::Type> types);
  uint32_t getSize() const { return size; }

private:
  uint32_t size = 0;
};

/// The events of opcodes are numbered from here on.
wasm::EventId getFirstOpcodeEvent();

/// A candidate on its way into a rule.
struct RulePart {
  const Candidate *candidate;
  /// What runs, over the template's parameters; erased once it is part of the
  /// rule's body.
  wasm_inject::TemplateOp body;
  /// Site state, by symbol: the offsets of its components in a record of the
  /// rule, or in one that all sites of a function share.
  llvm::SmallVector<std::pair<probe::VarOp, mlir::FlatSymbolRefAttr>> vars;
  llvm::SmallVector<wasm_inject::StateOp> stateOps;
  llvm::StringMap<llvm::SmallVector<uint32_t, 2>> states;
  RecordLayout shared;
  bool isShared = false;
  uint32_t sharedOffset = 0; // in the rule's record: the shared one's address
  /// Static values that the body reads: passed by the engine, or computed at
  /// match time and passed as constants of the site, or, where these are many,
  /// read from the record.
  struct Hole {
    mlir::Value value;
    bool isUsed = true;
    std::optional<wasm_inject::EngineAttr> param;
    std::optional<unsigned> constant; // of the rule's
    llvm::SmallVector<uint32_t, 2> offsets;
  };
  std::vector<Hole> holes;
  /// What the script computes at match time although no code reads it.
  llvm::SmallVector<probe::LibCallOp> effects;
  bool isConditional = false;

  bool hasBody() const { return body != nullptr; }
};

/// A rule on its way.
struct Rule {
  RuleKey key;
  std::vector<RulePart> parts;
  RecordLayout layout;
  /// Sets of operands that a site has to have, and that it must not have.
  std::vector<OperandNeeds> present, absent;
  std::optional<MatchFunction> match;
  wasm_inject::FunctionOp body;
  std::string name; // of its functions
  /// What matching leaves for the parameters of the body: where it decides at
  /// the same time, cells; else its result is the record.
  bool decides = false;
  unsigned numFlagWords = 0;
  /// Values that matching computes and the body takes, i32 each.
  unsigned numConstants = 0;

  /// Of a rule for all opcodes: which event the site has, and memory for those
  /// that have none.
  mlir::Value event;

  /// The call of the match function that has no predicate to be gives the
  /// record, or else the first constant.
  bool givesConstant() const {
    return !decides && !needsRecord() && numConstants != 0;
  }
  bool needsRecord() const { return layout.getSize() != 0; }
};

/// What the function of a rule at match time finds out.
struct MatchLocals {
  mlir::Value record, accepted;
  llvm::SmallVector<mlir::Value, 1> flags, constants;
};

class MonitorConverter : ScriptConverter {
public:
  explicit MonitorConverter(mlir::ModuleOp root);
  mlir::LogicalResult run();

  unsigned numRules = 0, numFunctions = 0;

private:
  void convertScript(probe::ScriptOp script);
  void flushCells(mlir::OpBuilder &before);
  void convertBegins();

  // Candidates.cpp
  void addCandidates(probe::ProbeOp op);
  void addCandidate(probe::ProbeOp op, probe::InstanceAttr instance);
  void enter(wasm::EventId event, const Candidate &candidate);
  void enterExits(const Candidate &candidate);
  void enterAfter(Candidate candidate);
  void enterBehind(const Candidate &candidate);
  void spread();
  void moveEntries();

  // UniformRule.cpp
  bool buildUniformRule();
  mlir::FlatSymbolRefAttr getRows(wasm_inject::StateOp state,
                                  const Candidate &candidate);
  void openUniformSite(Rule &rule, MatchFacts &facts,
                       const MatchLocals &locals);

  // BuildRules.cpp
  void buildRules();
  void buildRule(const RuleKey &key, llvm::ArrayRef<Candidate> candidates);
  void buildVariant(const RuleKey &key, llvm::ArrayRef<const Candidate *> list,
                    std::vector<OperandNeeds> present,
                    std::vector<OperandNeeds> absent);
  RulePart makePart(const Candidate &candidate, Rule &rule, unsigned index);
  void makeTemplate(RulePart &part, llvm::StringRef name);
  void layOutState(RulePart &part, Rule &rule);
  void layOutHoles(RulePart &part, Rule &rule);
  void addRule(Rule &rule);
  mlir::FlatSymbolRefAttr getRow(wasm_inject::StateOp state,
                                 const Candidate &candidate,
                                 const llvm::Twine &suffix = "");
  mlir::FlatSymbolRefAttr getCell(const llvm::Twine &name);
  mlir::FlatSymbolRefAttr getGetter(mlir::FlatSymbolRefAttr cell);
  wasm_inject::FunctionOp makeFunction(llvm::StringRef name,
                                       llvm::ArrayRef<mlir::Type> results);
  void exportFunction(wasm_inject::FunctionOp function,
                      llvm::StringRef exportName);

  // BuildMatch.cpp
  void buildMatch(Rule &rule);
  void openOperands(Rule &rule, MatchFacts &facts);
  void matchParts(Rule &rule, MatchFacts &facts, const MatchLocals &locals);
  void openEvents(Rule &rule, MatchFacts &facts);
  void openOtherEvents(MatchFacts &facts, mlir::Value event, bool isFirst);
  void matchPart(Rule &rule, unsigned index, MatchFacts &facts,
                 const MatchLocals &locals);
  void openConditions(const Rule &rule, RulePart &part, BodyLowering &lowering,
                      MatchFacts &facts);
  mlir::Value openRecord(const Rule &rule, unsigned index, MatchFacts &facts,
                         mlir::Value local);
  mlir::Value openSite(RulePart &part, MatchFacts &facts, mlir::Value record);
  void initSite(RulePart &part, BodyLowering &lowering, MatchFacts &facts,
                mlir::Value base, mlir::Value event);
  void makeStaticCalls(RulePart &part, BodyLowering &lowering);
  void finishMatch(Rule &rule, const MatchLocals &locals);
  void storeHoles(RulePart &part, BodyLowering &lowering, mlir::Value record,
                  llvm::ArrayRef<mlir::Value> constants);

  // BuildBody.cpp
  void buildBody(Rule &rule);
  void callPart(RulePart &part, llvm::StringRef name, mlir::OpBuilder &caller);
  void lowerStates(mlir::Block &block, const RulePart &part, mlir::Value base,
                   mlir::Operation *behind = nullptr);

  NoFacts noFacts;
  mlir::FrozenRewritePatternSet patterns;
  std::map<RuleKey, std::vector<Candidate>> rules;
  llvm::SmallVector<probe::ProbeOp> begins;
  /// At any opcode: blocks, and `after`.
  std::vector<Candidate> everywhere;
  llvm::StringMap<mlir::FlatSymbolRefAttr> cells, getters, rowsOf;
  llvm::StringMap<unsigned> numRulesOf; // by event text
  unsigned numWalks = 0;
  /// The insertion point of match functions under construction.
  mlir::OpBuilder at;
};

} // namespace whamm

#endif // WHAMM_LIB_CONVERSION_PROBETOMONITOR_MONITORCONVERTER_H
