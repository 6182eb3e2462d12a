//===- Match.cpp - Where the rules of a monitor hold ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Match.h"

#include "BlockModel.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace whamm;
using namespace whamm::wei;
using rewrite::Position;
using wasm::Instr;
using wasm::Opcode;

namespace {

/// A place at which control can be: an instruction, or the entry of a function.
struct Place {
  uint32_t function = 0, opidx = 0, pc = 0;
  const Instr *instr = nullptr; // null for the entry
  bool isFinal = false;         // the function's last `end`
};

class Matcher {
public:
  Matcher(const wasm::Module &app, const MonitorContract &contract,
          Group &group)
      : app(app), contract(contract), group(group), types(app),
        binder(app, group, types) {}

  Expected<MatchResult> run();

private:
  using RuleList = SmallVector<uint32_t, 4>;

  void sortRules();
  Error matchFunction(uint32_t defined);
  void matchEntry(const Place &place, BlockEvents events);
  void matchInstr(const Place &place, BlockEvents events);
  void matchBlocks(const Place &place, BlockEvents events);
  void matchAll(ArrayRef<uint32_t> rules, const Place &place, EventGroup kind,
                std::optional<uint32_t> instrCount = std::nullopt);
  void matchRule(uint32_t index, const Place &place, EventGroup kind,
                 const MatchSite &site);
  void addSite(uint32_t index, const Place &place, EventGroup kind,
               ArrayRef<BoundParam> bound);
  void noteError(uint32_t rule, const MatchSite &site, const Twine &what);
  Error makeError() const;

  const wasm::Module &app;
  const MonitorContract &contract;
  Group &group;
  wasm::TypeStack types;
  Binder binder;
  BlockModel blocks;
  /// Indices of rules by event, each in the order of exports.
  RuleList entries, exits, blockStarts, blockEnds;
  std::vector<RuleList> byOpcode;
  bool needsStack = false;
  MatchResult result;
  /// The row that a number of probe_id stands for: that of the probe inserted
  /// last.
  std::vector<std::optional<std::pair<uint32_t, size_t>>> owners;
  std::string firstError;
  size_t numErrors = 0;
};

} // namespace

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

void Matcher::sortRules() {
  byOpcode.resize(wasm::getOpcodes().size());
  for (auto [i, exported] : enumerate(contract.rules)) {
    const MonitorRule &rule = exported.rule;
    needsStack |= any_of(rule.params, [](const RuleParam &param) {
      return param.kind == ParamKind::Arg;
    });
    switch (rule.event.kind) {
    case EventKind::AllOpcodes:
      for (RuleList &list : byOpcode)
        list.push_back(i);
      break;
    case EventKind::Opcode:
      if (auto opcode = lookupEngineMnemonic(rule.event.mnemonic))
        byOpcode[static_cast<size_t>(*opcode)].push_back(i);
      break;
    case EventKind::FuncEntry:
      entries.push_back(i);
      break;
    case EventKind::FuncExit:
      exits.push_back(i);
      byOpcode[static_cast<size_t>(Opcode::Return)].push_back(i);
      break;
    case EventKind::BlockStart:
      blockStarts.push_back(i);
      break;
    case EventKind::BlockEnd:
      blockEnds.push_back(i);
      break;
    }
  }
}

Expected<MatchResult> Matcher::run() {
  sortRules();
  result.rules.resize(contract.rules.size());
  for (uint32_t defined = 0; defined != app.bodies.size(); ++defined) {
    if (Error error = matchFunction(defined))
      return std::move(error);
    if (!binder.getCrash().empty())
      break;
  }
  if (numErrors != 0)
    return makeError();
  for (uint32_t id : group.getHosts().removed)
    if (id < owners.size() && owners[id]) {
      result.rules[owners[id]->first].isRemoved[owners[id]->second] = true;
      --result.numSites;
    }
  for (auto [id, owner] : enumerate(owners))
    if (owner)
      result.rules[owner->first].probeId[owner->second] = id;
  return std::move(result);
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

Error Matcher::matchFunction(uint32_t defined) {
  types.enter(defined);
  bool hasBlockRules = !blockStarts.empty() || !blockEnds.empty();
  Place place;
  place.function = app.numImportedFunctions + defined;
  BlockEvents events;
  if (hasBlockRules)
    events = blocks.enter(app, defined);
  matchEntry(place, events);
  wasm::FunctionCursor cursor(app, defined);
  while (cursor.next() && binder.getCrash().empty()) {
    const Instr &instr = cursor.get();
    place.instr = &instr;
    place.opidx = instr.opidx;
    place.pc = instr.pc;
    place.isFinal = cursor.isFunctionEnd();
    if (hasBlockRules)
      events = blocks.step(instr);
    matchInstr(place, events);
    if (needsStack)
      if (Error error = types.step(instr))
        return error;
  }
  return cursor.takeError();
}

void Matcher::matchEntry(const Place &place, BlockEvents events) {
  binder.enterPlace();
  matchAll(entries, place, EventGroup::FuncEntry);
  matchBlocks(place, events);
}

void Matcher::matchInstr(const Place &place, BlockEvents events) {
  ArrayRef<uint32_t> rules = byOpcode[static_cast<size_t>(place.instr->opcode)];
  bool isExit = place.isFinal && !exits.empty();
  if (rules.empty() && !isExit && !events.start && events.endCount == 0)
    return;
  binder.enterPlace();
  matchBlocks(place, events);
  matchAll(rules, place, EventGroup::Opcode);
  if (isExit)
    matchAll(exits, place, EventGroup::FuncExit);
}

void Matcher::matchBlocks(const Place &place, BlockEvents events) {
  if (events.start)
    matchAll(blockStarts, place, EventGroup::BlockStart);
  if (events.endCount != 0)
    matchAll(blockEnds, place, EventGroup::BlockEnd, events.endCount);
}

void Matcher::matchAll(ArrayRef<uint32_t> rules, const Place &place,
                       EventGroup kind, std::optional<uint32_t> instrCount) {
  MatchSite site;
  site.function = place.function;
  site.pc = place.pc;
  site.atFunctionEnd = place.isFinal;
  site.instrCount = instrCount;
  if (kind == EventGroup::Opcode)
    site.instr = place.instr;
  for (uint32_t rule : rules) {
    if (!binder.getCrash().empty())
      return;
    matchRule(rule, place, kind, site);
  }
}

//===----------------------------------------------------------------------===//
// One rule at one site
//===----------------------------------------------------------------------===//

void Matcher::matchRule(uint32_t index, const Place &place, EventGroup kind,
                        const MatchSite &site) {
  const ExportedRule &exported = contract.rules[index];
  const wasm::FuncType &type =
      group.getMonitor().getFunctionType(exported.function);
  auto report = [&](const Twine &what) { noteError(index, site, what); };
  binder.enterSite(site, report);
  SmallVector<BoundParam, 4> bound;
  bool matches =
      !exported.rule.predicate || binder.accepts(*exported.rule.predicate);
  if (matches && exported.rule.params.empty() && !type.params.empty())
    return report("the rule lists none of the " + Twine(type.params.size()) +
                  " parameters of its function: what they would be is not "
                  "defined");
  if (matches && !type.results.empty())
    return report("the function of the rule has results, for which nobody has "
                  "a use");
  matches = matches && binder.bind(exported.rule.params, type.params, bound);
  if (!binder.getCrash().empty())
    return report("the engine does not survive this: " + binder.getCrash());
  if (matches)
    addSite(index, place, kind, bound);
}

/// Where control passes the place, as the engine sees it.
static Position getPosition(const Place &place) {
  if (!place.instr)
    return Position::FuncStart;
  return place.instr->opcode == Opcode::Loop ||
                 place.instr->opcode == Opcode::End
             ? Position::Passing
             : Position::Before;
}

void Matcher::addSite(uint32_t index, const Place &place, EventGroup kind,
                      ArrayRef<BoundParam> bound) {
  RuleSites &sites = result.rules[index];
  sites.params.resize(bound.size());
  for (auto [column, param] : zip_equal(sites.params, bound))
    column.push_back(param);
  sites.func.push_back(place.function);
  sites.opidx.push_back(place.opidx);
  sites.position.push_back(getPosition(place));
  sites.group.push_back(kind);
  sites.probeId.push_back(-1);
  sites.isRemoved.push_back(false);
  ++result.numSites;
  if (std::optional<uint32_t> id = binder.getProbeId()) {
    if (*id >= owners.size())
      owners.resize(*id + 1);
    owners[*id] = {index, sites.size() - 1};
  }
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

void Matcher::noteError(uint32_t rule, const MatchSite &site,
                        const Twine &what) {
  if (numErrors++ != 0)
    return;
  raw_string_ostream os(firstError);
  os << "function " << site.function;
  if (StringRef name = app.getFunctionName(site.function); !name.empty())
    os << " ('" << name << "')";
  os << ", pc " << site.pc << ": rule '" << contract.rules[rule].name
     << "': error inserting Whamm! probe @bind: " << what;
}

Error Matcher::makeError() const {
  if (numErrors == 1)
    return createStringError(firstError);
  return createStringError(Twine(numErrors) + " errors, the first at " +
                           firstError);
}

Expected<MatchResult> wei::matchRules(const wasm::Module &app,
                                      const MonitorContract &contract,
                                      Group &group) {
  return Matcher(app, contract, group).run();
}
