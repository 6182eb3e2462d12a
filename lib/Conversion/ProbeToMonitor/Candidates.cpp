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

/// True where all instructions of the opcode have the immediate.
static bool hasImmediate(Opcode opcode, uint32_t index) {
  using wasm::ImmForm;
  switch (wasm::getOpcodeInfo(opcode).form) {
  case ImmForm::Label:
  case ImmForm::Func:
  case ImmForm::Type:
  case ImmForm::Table:
  case ImmForm::Memory:
  case ImmForm::Global:
  case ImmForm::Local:
  case ImmForm::Tag:
  case ImmForm::Data:
  case ImmForm::Elem:
  case ImmForm::ConstI32:
  case ImmForm::ConstI64:
  case ImmForm::ConstF32:
  case ImmForm::ConstF64:
    return index < 1;
  case ImmForm::TypeTable:
  case ImmForm::TypeField:
  case ImmForm::TypeCount:
  case ImmForm::TypeData:
  case ImmForm::TypeElem:
  case ImmForm::TypeType:
  case ImmForm::TableTable:
  case ImmForm::ElemTable:
  case ImmForm::DataMemory:
  case ImmForm::MemoryMemory:
    return index < 2;
  default:
    return false; // is asked at match time
  }
}

/// What the probe reads of operands, locals and immediates.
static void addNeeds(Candidate &candidate) {
  auto add = [&](StringRef name, Type type) {
    auto member = wasm::getFamilyMember(name);
    if (!member)
      return;
    if (member->source == wasm::BoundSource::Imm) {
      std::optional<Opcode> opcode = wasm::getEvents()[candidate.event].opcode;
      if (!(opcode && hasImmediate(*opcode, member->index)) &&
          !llvm::is_contained(candidate.immediates, member->index))
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
  if (wasm::getOpcodeInfo(opcode).isBlockLike || opcode == Opcode::Else) {
    candidate.anchor =
        opcode == Opcode::Else ? Anchor::OpenerElse : Anchor::Opener;
    return enter(getEvent(Opcode::End), candidate);
  }
  if (opcode == Opcode::End) // an engine calls however control comes there
    return enter(candidate.event, candidate);
  if (wasm::getOpcodeInfo(opcode).isTerminator) {
    candidate.isDead = true;
    return enter(candidate.event, candidate);
  }
  candidate.anchor = Anchor::Previous;
  enterBehind(candidate);
}

/// True where the probe reads nothing that depends on the instruction's event.
static bool isSameAtAllEvents(const Candidate &candidate) {
  probe::ProbeOp op = candidate.op;
  return candidate.immediates.empty() &&
         !op.walk([](probe::BoundOp bound) {
              using Source = wasm::BoundSource;
              auto var = wasm::lookupBoundVar(0, bound.getSourceName());
              bool isGeneral = var && (var->source == Source::Fid ||
                                       var->source == Source::Fname);
              auto member = wasm::getFamilyMember(bound.getSourceName());
              isGeneral |= member && member->source == Source::Local;
              isGeneral |= bound.getName() == "pc" ||
                           bound.getName() == "opidx" ||
                           bound.getName() == "at_func_end";
              return isGeneral ? WalkResult::advance()
                               : WalkResult::interrupt();
            }).wasInterrupted();
}

/// True where both are one probe and what they have become for their events is
/// the same.
static bool doTheSame(const Candidate &a, const Candidate &b) {
  probe::ProbeOp first = a.op, second = b.op;
  if (a.anchor != b.anchor || a.mode != b.mode || a.order != b.order ||
      first->getParentOp() != second->getParentOp() ||
      first.getSource() != second.getSource())
    return false;
  auto flags = OperationEquivalence::IgnoreLocations;
  return first == second ||
         (OperationEquivalence::isRegionEquivalentTo(
              &first.getPredicate(), &second.getPredicate(), flags) &&
          OperationEquivalence::isRegionEquivalentTo(&first.getBody(),
                                                     &second.getBody(), flags));
}

/// A probe behind many kinds of instructions is one candidate for all of them:
/// it joins the rules of all opcodes.
void MonitorConverter::enterBehind(const Candidate &candidate) {
  if (isSameAtAllEvents(candidate))
    for (Candidate &known : everywhere)
      if (doTheSame(known, candidate)) {
        if (known.events.empty())
          known.events.push_back({known.event, known.number});
        known.events.push_back({candidate.event, candidate.number});
        return;
      }
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

/// An engine calls at the entry of a function before it calls at the first
/// instruction, whose own probes come first here. Where that can be seen, what
/// is for the entry joins the rules of instructions.
void MonitorConverter::moveEntries() {
  RuleKey key{RuleKey::Kind::FuncEntry};
  auto it = rules.find(key);
  if (it == rules.end())
    return;
  std::vector<Candidate> entries = it->second;
  auto interacts = [&](const Candidate &other) {
    return llvm::any_of(entries, [&](const Candidate &entry) {
      return mayInteract(entry.op, other.op);
    });
  };
  bool isSeen = llvm::any_of(everywhere, interacts);
  for (auto &[other, list] : rules)
    isSeen |=
        other.kind == RuleKey::Kind::Opcode && llvm::any_of(list, interacts);
  if (!isSeen)
    return;
  for (Candidate &entry : it->second)
    entry.isRest = true;
  for (Candidate &entry : entries)
    entry.anchor = Anchor::First;
  if (!everywhere.empty()) {
    llvm::append_range(everywhere, entries);
    return;
  }
  for (auto &[other, list] : rules)
    if (other.kind == RuleKey::Kind::Opcode)
      llvm::append_range(list, entries);
}

/// What listens everywhere joins the rules that there are, and one for the
/// rest. `select` with types has an event, but no name in rules: it is of the
/// rest.
void MonitorConverter::spread() {
  moveEntries();
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
