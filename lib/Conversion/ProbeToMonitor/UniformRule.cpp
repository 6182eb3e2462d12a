//===- UniformRule.cpp - One rule for all opcodes ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A rule per opcode costs an engine time: `select` with types has no name in
/// rules, so that finding it takes a predicate at every instruction. Where
/// probes do the same at all opcodes, and only to state of their sites, one
/// rule for all of them, `wasm:opcode:*`, needs no predicate: the sites of
/// opcodes that have no event count into memory that nobody reads.
///
//===----------------------------------------------------------------------===//

#include "MonitorConverter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace whamm;

wasm::EventId whamm::getFirstOpcodeEvent() {
  wasm::EventId id = 0;
  while (!wasm::getEvents()[id].opcode)
    ++id;
  return id;
}

/// True for operations that see numbers and variables of the probe only.
static bool isLocal(Operation &op) {
  if (auto var = dyn_cast<probe::VarOp>(op))
    return var.getInit().empty() && var.getType().getValueType().isIntOrFloat();
  if (isa<probe::BoundOp, probe::StrLenOp>(op))
    return false;
  for (Type type : op.getResultTypes())
    if (!type.isIntOrFloat())
      return false;
  return isPure(&op) || isa<probe::GetOp, probe::SetOp, probe::ExitOp,
                            scf::IfOp, scf::YieldOp>(op);
}

/// True where the probe does nothing that the rest of the monitor could see.
static bool isLocal(const Candidate &candidate) {
  probe::ProbeOp op = candidate.op;
  if (candidate.anchor != Anchor::Self || candidate.isDead ||
      candidate.mode != wasm::Mode::Before || !candidate.operands.empty() ||
      !candidate.immediates.empty())
    return false;
  if (predicate::YieldOp yield = op.getPredicateYield()) {
    APInt value;
    if (!matchPattern(yield.getValue(), m_ConstantInt(&value)) ||
        !value.isOne())
      return false;
  }
  return !op.getBody()
              .walk([](Operation *inner) {
                return isLocal(*inner) ? WalkResult::advance()
                                       : WalkResult::interrupt();
              })
              .wasInterrupted();
}

/// True where both do the same.
static bool areAlike(ArrayRef<Candidate> a, ArrayRef<Candidate> b) {
  return a.size() == b.size() &&
         llvm::all_of(llvm::zip_equal(a, b), [](auto pair) {
           return std::get<0>(pair).op == std::get<1>(pair).op &&
                  std::get<0>(pair).order == std::get<1>(pair).order;
         });
}

static size_t countOpcodeEvents() {
  return wasm::getEvents().size() - getFirstOpcodeEvent();
}

/// Replaces the rules of all opcodes by one, where they are alike.
bool MonitorConverter::buildUniformRule() {
  SmallVector<RuleKey> keys;
  for (auto &[key, list] : rules)
    if (key.kind == RuleKey::Kind::Opcode)
      keys.push_back(key);
  if (!everywhere.empty() || keys.size() != countOpcodeEvents())
    return false;
  const std::vector<Candidate> &first = rules[keys.front()];
  for (const RuleKey &key : keys)
    if (!areAlike(first, rules[key]))
      return false;
  if (!llvm::all_of(first, [](const Candidate &one) { return isLocal(one); }) ||
      llvm::none_of(first, [](const Candidate &one) {
        probe::ProbeOp op = one.op;
        return llvm::any_of(op.getBody().getOps<probe::VarOp>(),
                            [](probe::VarOp var) {
                              return var.getStorage() != probe::Storage::Local;
                            });
      }))
    return false;
  std::vector<Candidate> merged = first;
  for (auto [i, candidate] : llvm::enumerate(merged))
    for (const RuleKey &key : keys)
      candidate.events.push_back({key.event, rules[key][i].number});
  buildRule({RuleKey::Kind::AllOpcodes}, merged);
  return true;
}

/// Kinds of rows for all opcodes, in the order of events; the same for all
/// rules that the candidate has joined.
FlatSymbolRefAttr MonitorConverter::getRows(wasm_inject::StateOp state,
                                            const Candidate &candidate) {
  std::string key = (Twine(state.getScript()) + "." + Twine(candidate.number) +
                     "." + state.getName())
                        .str();
  FlatSymbolRefAttr &first = rowsOf[key];
  if (first)
    return first;
  llvm::DenseMap<wasm::EventId, uint32_t> numbers(candidate.events.begin(),
                                                  candidate.events.end());
  for (wasm::EventId id = getFirstOpcodeEvent(); id < wasm::getEvents().size();
       ++id) {
    Candidate one = candidate;
    one.event = id;
    one.number = numbers.lookup(id); // those of other events have no rows
    FlatSymbolRefAttr row = getRow(state, one, Twine(id));
    first = first ? first : row;
  }
  return first;
}

/// Gives sites without an event the memory that nobody reads; what follows is
/// for the others.
void MonitorConverter::openUniformSite(Rule &rule, MatchFacts &facts,
                                       const MatchLocals &locals) {
  Location loc = root.getLoc();
  Type i32 = at.getI32Type();
  Value zero = facts.getI32(0);
  using P = arith::CmpIPredicate;
  FlatSymbolRefAttr nobody = getCell(rule.name + ".nobody");
  Value hasEvent = arith::CmpIOp::create(at, loc, P::sge, rule.event, zero);
  auto ifOp = scf::IfOp::create(at, loc, hasEvent, /*withElseRegion=*/true);
  at.setInsertionPointToStart(ifOp.elseBlock());
  Value known = wasm_inject::StateGetOp::create(at, loc, i32, nobody);
  Value isNew = arith::CmpIOp::create(at, loc, P::eq, known, zero);
  auto make = scf::IfOp::create(at, loc, isNew, /*withElseRegion=*/false);
  {
    OpBuilder::InsertionGuard guard(at);
    at.setInsertionPointToStart(make.thenBlock());
    wasm_inject::StateSetOp::create(
        at, loc, nobody,
        facts.ask("site_alloc", {facts.getI32(rule.layout.getSize())}));
  }
  wasm_inject::LocalSetOp::create(
      at, loc, locals.record,
      wasm_inject::StateGetOp::create(at, loc, i32, nobody));
  at.setInsertionPointToStart(ifOp.thenBlock());
}
