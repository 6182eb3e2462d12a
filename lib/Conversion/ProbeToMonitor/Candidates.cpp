//===- Candidates.cpp - At which events probes listen -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An engine has fewer events than the language: it calls in front of opcodes,
/// at the entry of functions, and that is all that is reliable. Where a probe
/// wants something else, it listens where that can be seen.
///
//===----------------------------------------------------------------------===//

#include "MonitorConverter.h"

#include "whamm/Wasm/BoundNames.h"

using namespace mlir;
using namespace whamm;
using wasm::Opcode;
using wasm_inject::SourceKind;

/// True for constructs that `end` closes.
static bool isOpener(Opcode opcode) {
  return opcode == Opcode::Block || opcode == Opcode::Loop ||
         opcode == Opcode::If || opcode == Opcode::TryTable;
}

/// True for instructions behind which nothing runs.
static bool neverGoesOn(Opcode opcode) {
  switch (opcode) {
  case Opcode::Unreachable:
  case Opcode::Br:
  case Opcode::BrTable:
  case Opcode::Return:
  case Opcode::ReturnCall:
  case Opcode::ReturnCallIndirect:
  case Opcode::ReturnCallRef:
  case Opcode::Throw:
  case Opcode::ThrowRef:
    return true;
  default:
    return false;
  }
}

/// What the probe reads of operands, locals and immediates.
static void addNeeds(Candidate &candidate) {
  auto add = [&](StringRef name, Type type) {
    auto member = wasm::getFamilyMember(name);
    if (!member)
      return;
    if (member->source == wasm::BoundSource::Imm) {
      if (!llvm::is_contained(candidate.immediates, member->index))
        candidate.immediates.push_back(member->index);
      return;
    }
    Type wasmType = getWasmType(type);
    if (wasmType.isInteger(1))
      wasmType = IntegerType::get(type.getContext(), 32);
    OperandNeed need{member->source == wasm::BoundSource::Local
                         ? SourceKind::Local
                         : SourceKind::Arg,
                     member->index, wasmType};
    if (!llvm::is_contained(candidate.operands, need))
      candidate.operands.push_back(need);
  };
  if (auto bounds = candidate.op.getBoundsAttr())
    for (auto bound : bounds.getAsRange<probe::TypeBoundAttr>())
      add(bound.getName(), bound.getType());
  candidate.op.walk([&](probe::BoundOp bound) {
    add(bound.getSourceName(), bound.getType());
  });
  if (candidate.guard != Candidate::Guard::None) {
    OperandNeed need{SourceKind::Arg, 0,
                     IntegerType::get(candidate.op.getContext(), 32)};
    if (!llvm::is_contained(candidate.operands, need))
      candidate.operands.push_back(need);
  }
  llvm::sort(candidate.operands,
             [](const OperandNeed &a, const OperandNeed &b) {
               return std::tuple(a.kind, a.index, a.type.getAsOpaquePointer()) <
                      std::tuple(b.kind, b.index, b.type.getAsOpaquePointer());
             });
}

/// True where the event binds what the probe's bounds name. An instruction may
/// have operands that its event does not offer (`return`).
static bool offersBounds(probe::ProbeOp op, wasm::EventId event) {
  auto bounds = op.getBoundsAttr();
  return !bounds ||
         llvm::all_of(
             bounds.getAsRange<probe::TypeBoundAttr>(),
             [&](probe::TypeBoundAttr bound) {
               return wasm::lookupBoundVar(event, bound.getName()).has_value();
             });
}

/// The opcode event of an opcode.
static wasm::EventId getEvent(Opcode opcode) {
  return *wasm::getEventOf(opcode);
}

void MonitorConverter::enter(wasm::EventId event, const Candidate &candidate) {
  const wasm::EventInfo &info = wasm::getEvents()[event];
  RuleKey key{RuleKey::Kind::FuncEntry};
  if (info.opcode)
    key = {RuleKey::Kind::Opcode, event};
  rules[key].push_back(candidate);
}

/// The ways out of a function that an engine shows. Its own `func:exit` has
/// two of them, and shares its sites with the rules of these opcodes.
void MonitorConverter::enterExits(const Candidate &candidate) {
  for (Opcode opcode :
       {Opcode::End, Opcode::Return, Opcode::ReturnCall,
        Opcode::ReturnCallIndirect, Opcode::ReturnCallRef, Opcode::Unreachable,
        Opcode::Throw, Opcode::ThrowRef, Opcode::Call})
    enter(getEvent(opcode), candidate);
}

/// `after`: at the `end` of a construct, or at the next instruction.
void MonitorConverter::enterAfter(Candidate candidate) {
  Opcode opcode = *wasm::getEvents()[candidate.event].opcode;
  if (isOpener(opcode) || opcode == Opcode::Else) {
    candidate.anchor =
        opcode == Opcode::Else ? Anchor::OpenerElse : Anchor::Opener;
    return enter(getEvent(Opcode::End), candidate);
  }
  if (opcode == Opcode::End) // an engine calls however control comes there
    return enter(candidate.event, candidate);
  if (neverGoesOn(opcode)) {
    candidate.isDead = true;
    return enter(candidate.event, candidate);
  }
  candidate.anchor = Anchor::Previous;
  everywhere.push_back(candidate);
}

void MonitorConverter::addCandidate(probe::ProbeOp op,
                                    probe::InstanceAttr instance) {
  Candidate candidate;
  candidate.event = instance.getEvent();
  candidate.mode = static_cast<wasm::Mode>(instance.getMode());
  candidate.number = instance.getNumber();
  candidate.order = instance.getOrder();
  if (!offersBounds(op, candidate.event))
    return;
  candidate.op = specializeForEvent(op, candidate.event, patterns);
  if (!candidate.op)
    return;
  const wasm::EventInfo &info = wasm::getEvents()[candidate.event];
  bool isEntry = candidate.mode == wasm::Mode::Entry;
  if (isEntry && (info.opcode == Opcode::If || info.opcode == Opcode::Else))
    candidate.guard = info.opcode == Opcode::If ? Candidate::Guard::NonZero
                                                : Candidate::Guard::Zero;
  addNeeds(candidate);
  if (info.package == wasm::Package::Func) {
    bool isExit = info.name == "exit";
    candidate.anchor = isExit ? Anchor::Exit : Anchor::Function;
    return isExit ? enterExits(candidate) : enter(candidate.event, candidate);
  }
  if (info.package == wasm::Package::Block) {
    candidate.anchor =
        info.name == "start" ? Anchor::BlockStart : Anchor::BlockEnd;
    everywhere.push_back(candidate);
    return;
  }
  if (candidate.mode == wasm::Mode::After)
    return enterAfter(candidate);
  if (isEntry && info.opcode == Opcode::Else) {
    candidate.anchor = Anchor::Else;
    return enter(getEvent(Opcode::If), candidate);
  }
  enter(candidate.event, candidate);
}

void MonitorConverter::addCandidates(probe::ProbeOp op) {
  for (auto instance : op.getInstancesAttr().getAsRange<probe::InstanceAttr>())
    addCandidate(op, instance);
}

/// What listens everywhere joins the rules that there are, and one for the
/// rest. `select` with types has an event, but no name in rules: it is of the
/// rest.
void MonitorConverter::spread() {
  RuleKey others{RuleKey::Kind::OtherOpcodes};
  RuleKey typedSelect{RuleKey::Kind::Opcode, getEvent(Opcode::TypedSelect)};
  auto it = rules.find(typedSelect);
  if (everywhere.empty() && it == rules.end())
    return;
  if (!everywhere.empty()) {
    for (auto &[key, list] : rules)
      if (key.kind == RuleKey::Kind::Opcode)
        llvm::append_range(list, everywhere);
    rules[others] = everywhere;
  }
}
