//===- BuildMatch.cpp - What engines call when they match -------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One function per rule. It decides which of the rule's probes have the site,
/// gives it a record with their state and with static values that they read,
/// runs their initialisers, and adds the rows of the report. Where there is
/// nothing to decide it is a match-time call whose result is the record;
/// otherwise it is the predicate, and leaves the record and a set of flags in
/// cells that the calls read which follow.
///
//===----------------------------------------------------------------------===//

#include "MonitorConverter.h"

#include "whamm/Dialect/Predicate/IR/PredicateInterfaces.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace whamm;
using wasm_inject::SourceKind;

//===----------------------------------------------------------------------===//
// Small code
//===----------------------------------------------------------------------===//

/// Opens an scf.if; what follows is in it.
static void openIf(OpBuilder &at, Value condition) {
  auto ifOp = scf::IfOp::create(at, condition.getLoc(), condition,
                                /*withElseRegion=*/false);
  at.setInsertionPointToStart(ifOp.thenBlock());
}

static Value compare(OpBuilder &at, arith::CmpIPredicate predicate, Value a,
                     Value b) {
  return arith::CmpIOp::create(at, a.getLoc(), predicate, a, b);
}

static Value makeLocal(OpBuilder &at, Location loc, Value init) {
  Value local = wasm_inject::LocalOp::create(
      at, loc, wasm_inject::LocalType::get(at.getI32Type()));
  wasm_inject::LocalSetOp::create(at, loc, local, init);
  return local;
}

/// The byte by which the site module tells types.
static int64_t getTypeByte(Type type) {
  if (type.isInteger(64))
    return 0x7e;
  if (type.isF32())
    return 0x7d;
  return type.isF64() ? 0x7c : 0x7f;
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

static std::optional<wasm::Opcode> getOpcode(const RuleKey &key) {
  if (key.kind != RuleKey::Kind::Opcode)
    return std::nullopt;
  return wasm::getEvents()[key.event].opcode;
}

static bool hasRows(const RulePart &part) {
  return llvm::any_of(part.stateOps, [](wasm_inject::StateOp state) {
    return state.getReport();
  });
}

/// True where the event, which is one of an opcode, is in the set: whatever is
/// shorter of it and its complement is asked for.
static Value makeMembership(OpBuilder &at, MatchFacts &facts, Value event,
                            const llvm::BitVector &events) {
  using P = arith::CmpIPredicate;
  Location loc = event.getLoc();
  llvm::BitVector listed = events;
  wasm::EventId first = getFirstOpcodeEvent();
  bool isComplement = events.count() > (events.size() - first) / 2;
  if (isComplement)
    listed.flip();
  Value result =
      arith::ConstantOp::create(at, loc, at.getBoolAttr(isComplement));
  for (unsigned id : listed.set_bits()) {
    if (id < first)
      continue;
    Value isThis =
        compare(at, isComplement ? P::ne : P::eq, event, facts.getI32(id));
    result = isComplement
                 ? arith::AndIOp::create(at, loc, result, isThis).getResult()
                 : arith::OrIOp::create(at, loc, result, isThis).getResult();
  }
  return result;
}

/// Leaves the function where the site is one of other rules: for those that
/// the engine calls at all opcodes.
void MonitorConverter::openEvents(Rule &rule, MatchFacts &facts) {
  bool isRest = rule.key.kind == RuleKey::Kind::OtherOpcodes;
  bool isUniform = rule.key.kind == RuleKey::Kind::AllOpcodes;
  if (!isRest && !isUniform && getOpcode(rule.key) != wasm::Opcode::TypedSelect)
    return;
  // Of state that is in no report, it does not matter whose it is.
  if (isUniform && llvm::none_of(rule.parts, hasRows))
    return;
  Value event = facts.startWalk(numWalks++);
  if (isUniform) {
    rule.event = event;
    return;
  }
  if (!isRest)
    return openIf(at, compare(at, arith::CmpIPredicate::eq, event,
                              facts.getI32(rule.key.event)));
  openOtherEvents(facts, event, /*isFirst=*/false);
}

/// Goes on where no rule takes care of the event. A `loop` at the beginning of
/// a function is not the place for what happens once.
void MonitorConverter::openOtherEvents(MatchFacts &facts, Value event,
                                       bool isFirst) {
  llvm::BitVector others(wasm::getEvents().size());
  for (wasm::EventId id = 0; id < wasm::getEvents().size(); ++id) {
    std::optional<wasm::Opcode> opcode = wasm::getEvents()[id].opcode;
    bool isLoop = isFirst && opcode == wasm::Opcode::Loop;
    others[id] =
        opcode && (isLoop || !rules.count({RuleKey::Kind::Opcode, id}));
  }
  Value hasNone =
      compare(at, arith::CmpIPredicate::slt, event, facts.getI32(0));
  Value isOther = makeMembership(at, facts, event, others);
  openIf(at, arith::OrIOp::create(at, root.getLoc(), hasNone, isOther));
}

/// True where the site has an operand or local of the type.
static Value hasOperand(OpBuilder &at, MatchFacts &facts,
                        const OperandNeed &need) {
  Value index = facts.getI32(need.index);
  Value type =
      need.kind == SourceKind::Local
          ? facts.ask("site_local", {facts.getFid(), index})
          : facts.ask("site_arg", {facts.getFid(), facts.getSitePc(), index});
  return compare(at, arith::CmpIPredicate::eq, type,
                 facts.getI32(getTypeByte(need.type)));
}

/// Leaves the function unless the site has the operands of this variant, and
/// not those of others.
void MonitorConverter::openOperands(Rule &rule, MatchFacts &facts) {
  OperandNeeds needed;
  for (const OperandNeeds &set : rule.present)
    for (const OperandNeed &need : set)
      if (!llvm::is_contained(needed, need))
        needed.push_back(need);
  for (const OperandNeed &need : needed)
    openIf(at, hasOperand(at, facts, need));
  for (const OperandNeeds &set : rule.absent) {
    Value all;
    for (const OperandNeed &need : set) {
      if (llvm::is_contained(needed, need))
        continue;
      Value has = hasOperand(at, facts, need);
      all = all ? arith::AndIOp::create(at, root.getLoc(), all, has).getResult()
                : has;
    }
    Value one =
        arith::ConstantOp::create(at, root.getLoc(), at.getBoolAttr(true));
    openIf(at, arith::XOrIOp::create(at, root.getLoc(), all, one));
  }
}

/// What the place has to be for the probe.
void MonitorConverter::openConditions(const Rule &rule, RulePart &part,
                                      BodyLowering &lowering,
                                      MatchFacts &facts) {
  const Candidate &candidate = *part.candidate;
  Value zero = facts.getI32(0);
  using P = arith::CmpIPredicate;
  auto require = [&](Value answer) {
    openIf(at, compare(at, P::ne, answer, zero));
  };
  auto requireEvent = [&] {
    // There is such an instruction, and it is the probe's.
    openIf(at, compare(at, P::sge, facts.getInstrPc(), zero));
    Value event = facts.askInstr("site_event");
    if (candidate.events.empty())
      return openIf(at,
                    compare(at, P::eq, event, facts.getI32(candidate.event)));
    llvm::BitVector events(wasm::getEvents().size());
    for (auto [id, number] : candidate.events)
      events.set(id);
    openIf(at, compare(at, P::sge, event, zero));
    openIf(at, makeMembership(at, facts, event, events));
  };
  switch (candidate.anchor) {
  case Anchor::Self:
    if (candidate.mode == wasm::Mode::After) // of `end`, but the last
      openIf(at, compare(at, P::eq, facts.askInstr("site_is_func_end"), zero));
    break;
  case Anchor::Function:
    if (candidate.isRest && everywhere.empty())
      openOtherEvents(facts, facts.askInstr("site_event"), /*isFirst=*/true);
    else if (candidate.isRest)
      openIf(at, compare(at, P::eq, facts.askInstr("site_event"),
                         facts.getI32(*wasm::getEventOf(wasm::Opcode::Loop))));
    break;
  case Anchor::First:
    openIf(at, compare(at, P::eq, facts.getSitePc(), facts.getInstrPc()));
    openIf(at, compare(at, P::ne, facts.askInstr("site_event"),
                       facts.getI32(*wasm::getEventOf(wasm::Opcode::Loop))));
    break;
  case Anchor::Exit:
    // Other opcodes leave wherever they are.
    if (getOpcode(rule.key) == wasm::Opcode::End)
      require(
          facts.ask("site_is_func_end", {facts.getFid(), facts.getSitePc()}));
    if (getOpcode(rule.key) == wasm::Opcode::Call)
      require(
          facts.ask("site_is_proc_exit", {facts.getFid(), facts.getSitePc()}));
    break;
  case Anchor::Previous:
    requireEvent();
    require(facts.ask("site_after", {facts.getFid(), facts.getSitePc()}));
    break;
  case Anchor::Opener:
  case Anchor::Else:
  case Anchor::OpenerElse:
    requireEvent();
    break;
  case Anchor::BlockStart:
    require(facts.askInstr("site_block_start"));
    break;
  case Anchor::BlockEnd:
    require(facts.askInstr("site_block_end"));
    break;
  }
  for (uint32_t index : candidate.immediates)
    require(facts.ask("site_has_imm", {facts.getFid(), facts.getInstrPc(),
                                       facts.getI32(index)}));
  Value condition = getStaticPredicate(candidate.op);
  if (!condition)
    return;
  lowering.getBuilder().restoreInsertionPoint(at.saveInsertionPoint());
  Value holds = lowering.computeStatic(condition).front();
  at.restoreInsertionPoint(lowering.getBuilder().saveInsertionPoint());
  openIf(at, holds);
}

//===----------------------------------------------------------------------===//
// Sites
//===----------------------------------------------------------------------===//

static Value allocate(OpBuilder &at, MatchFacts &facts, uint32_t size) {
  return facts.ask("site_alloc", {facts.getI32(size)});
}

/// The base of the part's state. All ways out of a function share one record,
/// made at the first of them: code for that is opened.
Value MonitorConverter::openSite(RulePart &part, MatchFacts &facts,
                                 Value record) {
  if (!part.isShared)
    return record;
  Location loc = root.getLoc();
  FlatSymbolRefAttr base =
      getCell("exit" + Twine(part.candidate->number) + ".s" + Twine(script));
  FlatSymbolRefAttr function = getCell(base.getValue() + ".function");
  Type i32 = at.getI32Type();
  Value next = arith::AddIOp::create(at, loc, facts.getFid(), facts.getI32(1));
  Value last = wasm_inject::StateGetOp::create(at, loc, i32, function);
  auto isNew = scf::IfOp::create(
      at, loc, compare(at, arith::CmpIPredicate::ne, last, next),
      /*withElseRegion=*/false);
  OpBuilder::InsertPoint behind = at.saveInsertionPoint();
  at.setInsertionPointToStart(isNew.thenBlock());
  wasm_inject::StateSetOp::create(at, loc, function, next);
  if (part.shared.getSize())
    wasm_inject::StateSetOp::create(at, loc, base,
                                    allocate(at, facts, part.shared.getSize()));
  if (part.shared.getSize()) {
    OpBuilder::InsertionGuard guard(at);
    at.restoreInsertionPoint(behind);
    Value shared = wasm_inject::StateGetOp::create(at, loc, i32, base);
    wasm_inject::StoreOp::create(at, loc, record, part.sharedOffset, shared);
  }
  if (!part.shared.getSize())
    return record;
  return wasm_inject::StateGetOp::create(at, loc, i32, base);
}

/// Rows, then what the script says is to happen once per site.
void MonitorConverter::initSite(RulePart &part, BodyLowering &lowering,
                                MatchFacts &facts, Value base, Value event) {
  for (wasm_inject::StateOp state : part.stateOps) {
    if (!state.getReport())
      continue;
    uint32_t offset = part.states[state.getSymName()].empty()
                          ? 0
                          : part.states[state.getSymName()].front();
    Value address =
        arith::AddIOp::create(at, state.getLoc(), base, facts.getI32(offset));
    bool hasEvents = event || !part.candidate->events.empty();
    FlatSymbolRefAttr row = hasEvents ? getRows(state, *part.candidate)
                                      : getRow(state, *part.candidate);
    Value index;
    if (hasEvents && !event)
      event = facts.askInstr("site_event");
    if (hasEvents)
      index = arith::SubIOp::create(at, state.getLoc(), event,
                                    facts.getI32(getFirstOpcodeEvent()));
    wasm_inject::AddRowOp::create(at, state.getLoc(), row, address,
                                  facts.getFid(), facts.getPc(), index);
  }
  lowering.getBuilder().restoreInsertionPoint(at.saveInsertionPoint());
  states.assign(part.vars.begin(), part.vars.end());
  lowerSiteInits(lowering, part.candidate->op);
  at.restoreInsertionPoint(lowering.getBuilder().saveInsertionPoint());
}

/// Static calls of the body are made in the order of the script, whoever reads
/// their results. One that is part of a static expression which may skip it is
/// left to that.
void MonitorConverter::makeStaticCalls(RulePart &part, BodyLowering &lowering) {
  for (probe::LibCallOp call : part.effects) {
    probe::ProbeOp op = part.candidate->op;
    if (!op.getBody().isAncestor(call->getParentRegion()) ||
        call->getParentOfType<probe::VarOp>() ||
        call->getParentOfType<probe::SiteInitOp>())
      continue; // of the predicate, or of what has been initialised
    Operation *root = call;
    for (Operation *parent = call->getParentOp();
         parent && !isa<probe::ProbeOp>(parent); parent = parent->getParentOp())
      if (parent->getNumResults() == 1 &&
          predicate::isStatic(parent->getResult(0)))
        root = parent;
    if (root != call.getOperation())
      lowering.computeStatic(root->getResult(0));
    else if (call.getResult())
      lowering.computeStatic(call.getResult());
    else
      lowering.computeStatic(call);
  }
}

/// Computes the static values that the body reads into the record.
void MonitorConverter::storeHoles(RulePart &part, BodyLowering &lowering,
                                  Value record, ArrayRef<Value> constants) {
  lowering.getBuilder().restoreInsertionPoint(at.saveInsertionPoint());
  makeStaticCalls(part, lowering);
  OpBuilder &builder = lowering.getBuilder();
  Location loc = root.getLoc();
  for (RulePart::Hole &hole : part.holes) {
    if (hole.param || !hole.isUsed)
      continue;
    Components values = lowering.computeStatic(hole.value);
    if (hole.constant) {
      wasm_inject::LocalSetOp::create(builder, loc, constants[*hole.constant],
                                      values[0]);
      continue;
    }
    if (isa<probe::StrType>(hole.value.getType())) {
      // Bodies take a string as its place in the module's data.
      Value data = wasm_inject::DataAddressOp::create(builder, loc,
                                                      builder.getI32Type());
      values[0] = arith::SubIOp::create(builder, loc, values[0], data);
    }
    for (auto [value, offset] : llvm::zip_equal(values, hole.offsets))
      wasm_inject::StoreOp::create(builder, loc, record, offset, value);
  }
  at.restoreInsertionPoint(builder.saveInsertionPoint());
}

/// One probe of the rule at a site.
void MonitorConverter::matchPart(Rule &rule, unsigned index, MatchFacts &facts,
                                 const MatchLocals &locals) {
  OpBuilder::InsertionGuard guard(at);
  RulePart &part = rule.parts[index];
  const Candidate &candidate = *part.candidate;
  Location loc = root.getLoc();
  script = candidate.op->getParentOfType<probe::ScriptOp>().getIndex();
  facts.setEvent(candidate.event, candidate.anchor);
  Block &entry = rule.match->getFunction().getBody().front();
  BodyLowering lowering(entry, BodyKind::Plain, context);
  states.assign(part.vars.begin(), part.vars.end());
  setScope(lowering);
  Block *block = at.getInsertionBlock();
  auto here = at.getInsertionPoint();
  Operation *last = here == block->begin() ? nullptr : &*std::prev(here);
  openConditions(rule, part, lowering, facts);
  wasm_inject::LocalSetOp::create(at, loc, locals.accepted, facts.getI32(1));
  if (!locals.flags.empty()) {
    Value word = locals.flags[index / 32];
    Value old = wasm_inject::LocalGetOp::create(at, loc, word);
    Value bit = facts.getI32(int64_t(1) << (index % 32));
    wasm_inject::LocalSetOp::create(at, loc, word,
                                    arith::OrIOp::create(at, loc, old, bit));
  }
  Value record = facts.getI32(0);
  if (rule.needsRecord())
    record = openRecord(rule, index, facts, locals.record);
  {
    OpBuilder::InsertionGuard inner(at);
    Value base = openSite(part, facts, record);
    initSite(part, lowering, facts, base, rule.event);
    lowerStates(*block, part, base, last);
  }
  storeHoles(part, lowering, record, locals.constants);
  hasFailed |= lowering.hasFailed();
}

/// The site's record: the first probe that has the site makes it.
Value MonitorConverter::openRecord(const Rule &rule, unsigned index,
                                   MatchFacts &facts, Value local) {
  Location loc = root.getLoc();
  {
    OpBuilder::InsertionGuard guard(at);
    if (index != 0) {
      Value old = wasm_inject::LocalGetOp::create(at, loc, local);
      openIf(at, compare(at, arith::CmpIPredicate::eq, old, facts.getI32(0)));
    }
    wasm_inject::LocalSetOp::create(at, loc, local,
                                    allocate(at, facts, rule.layout.getSize()));
  }
  return wasm_inject::LocalGetOp::create(at, loc, local);
}

/// Leaves what has been found to the calls that follow, or gives the record.
void MonitorConverter::finishMatch(Rule &rule, const MatchLocals &locals) {
  Location loc = root.getLoc();
  auto get = [&](Value local) -> Value {
    return wasm_inject::LocalGetOp::create(at, loc, local);
  };
  for (unsigned i = rule.givesConstant() ? 1 : 0; i < rule.numConstants; ++i)
    wasm_inject::StateSetOp::create(at, loc, getCell("constant" + Twine(i)),
                                    get(locals.constants[i]));
  if (!rule.decides) {
    wasm_inject::ReturnOp::create(
        at, loc,
        get(rule.needsRecord() ? locals.record : locals.constants.front()));
    return;
  }
  if (rule.needsRecord())
    wasm_inject::StateSetOp::create(at, loc, getCell("site"),
                                    get(locals.record));
  for (auto [i, word] : llvm::enumerate(locals.flags))
    wasm_inject::StateSetOp::create(at, loc, getCell("flags" + Twine(i)),
                                    get(word));
  wasm_inject::ReturnOp::create(at, loc, get(locals.accepted));
}

/// True where matching has something to do for a part that has its place for
/// sure.
static bool hasWork(const RulePart &part) {
  probe::ProbeOp op = part.candidate->op;
  return !part.stateOps.empty() || !part.effects.empty() ||
         !op.getBody().getOps<probe::SiteInitOp>().empty();
}

void MonitorConverter::matchParts(Rule &rule, MatchFacts &facts,
                                  const MatchLocals &locals) {
  OpBuilder::InsertionGuard guard(at);
  openEvents(rule, facts);
  openOperands(rule, facts);
  if (rule.event)
    openUniformSite(rule, facts, locals);
  for (unsigned i = 0; i < rule.parts.size(); ++i)
    matchPart(rule, i, facts, locals);
}

void MonitorConverter::buildMatch(Rule &rule) {
  bool givesSomething = rule.needsRecord() || rule.numConstants;
  if (!rule.decides && !givesSomething && llvm::none_of(rule.parts, hasWork))
    return;
  // What has to happen at match time happens in a predicate or in a call whose
  // result is the record.
  rule.decides |= !givesSomething;
  Location loc = root.getLoc();
  wasm_inject::FunctionOp op =
      makeFunction(rule.name + ".match", {builder.getI32Type()});
  rule.match.emplace(op, "$" + rule.name);
  exportFunction(op, "$" + rule.name);
  at.setInsertionPointToEnd(&op.getBody().front());
  MatchFacts facts(*rule.match, context, at, loc);
  context.setStatics(&facts);
  MatchLocals locals;
  Value zero = facts.getI32(0);
  locals.record = makeLocal(at, loc, zero);
  for (unsigned i = 0; i < rule.numFlagWords; ++i)
    locals.flags.push_back(makeLocal(at, loc, zero));
  for (unsigned i = 0; i < rule.numConstants; ++i)
    locals.constants.push_back(makeLocal(at, loc, zero));
  locals.accepted = makeLocal(at, loc, zero);
  matchParts(rule, facts, locals);
  finishMatch(rule, locals);
  context.setStatics(&noFacts);
}
