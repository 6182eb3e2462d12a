//===- SplicePlace.cpp - From sites to byte offsets -----------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Resolves the positions of sites. Code that could never run is not placed:
/// what follows an unconditional transfer of control up to the end of its
/// block is dead, as validation defines it.
///
//===----------------------------------------------------------------------===//

#include "SplicePlace.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using wasm::Instr;
using wasm::Opcode;
using wasm::ValType;

//===----------------------------------------------------------------------===//
// Preparation
//===----------------------------------------------------------------------===//

/// Calls `visit` with what a template reads or assigns.
static void forEachOperand(const Template &source,
                           llvm::function_ref<void(const Operand &)> visit) {
  for (const Operand &operand : source.operands)
    visit(operand);
  for (const AssignedOperand &assigned : source.assigned)
    visit(assigned.operand);
}

/// True where the types of operands follow from the template alone: numbers
/// without a gap between them and the top of the stack.
static bool hasPlainOperands(const Template &source, Operand::Kind kind) {
  llvm::SmallBitVector seen;
  bool plain = true;
  forEachOperand(source, [&](const Operand &operand) {
    if (operand.kind != kind)
      return;
    plain &= operand.type.isNum();
    if (operand.index >= seen.size())
      seen.resize(operand.index + 1);
    seen.set(operand.index);
  });
  return plain && seen.all();
}

llvm::Error Placer::checkOperands(const Template &source) const {
  uint64_t numLocals = out.numParams + out.decls.numLocals;
  llvm::Error error = llvm::Error::success();
  forEachOperand(source, [&](const Operand &operand) {
    if (!error && operand.kind == Operand::Kind::Local &&
        operand.index >= numLocals)
      error = fail("there is no local " + llvm::Twine(operand.index));
  });
  return error;
}

llvm::Error Placer::collectSites(llvm::ArrayRef<SiteRef> refs) {
  uint32_t lastTable = UINT32_MAX;
  for (const SiteRef &ref : refs) {
    const SiteTable &table = ctx.getTable(ref.table);
    const Template &source = ctx.getTemplate(table.templateIndex);
    if (table.position == Position::FuncExit)
      out.funcExits.push_back(out.sites.size());
    out.sites.push_back({&ref, &source, &table});
    if (ref.table != lastTable) {
      lastTable = ref.table;
      if (llvm::Error error = checkOperands(source))
        return error;
      needsTypes |= table.position == Position::Alt ||
                    !source.immediates.empty() ||
                    !hasPlainOperands(source, Operand::Kind::Arg) ||
                    !hasPlainOperands(source, Operand::Kind::Result);
    }
  }
  return llvm::Error::success();
}

/// Sorts by place; what comes from one instruction keeps its order.
static void sortEdits(std::vector<Edit> &edits) {
  uint32_t sequence = 0;
  for (Edit &edit : edits)
    edit.sequence = sequence++;
  auto less = [](const Edit &a, const Edit &b) {
    return std::tie(a.offset, a.phase, a.matched, a.sequence) <
           std::tie(b.offset, b.phase, b.matched, b.sequence);
  };
  if (!llvm::is_sorted(edits, less))
    llvm::sort(edits, less);
}

llvm::Error Placer::run(llvm::ArrayRef<SiteRef> refs) {
  const wasm::FunctionBody &body = app.bodies[defined];
  uint32_t function = app.numImportedFunctions + defined;
  llvm::Expected<LocalDecls> decls = readLocalDecls(app, body);
  if (!decls)
    return decls.takeError();
  out.decls = *decls;
  out.numParams = app.getFunctionType(function).params.size();
  out.pool.reset(out.numParams + decls->numLocals);
  takeCounterLocals();
  if (llvm::Error error = collectSites(refs))
    return error;
  needsWrapper = !out.funcExits.empty();
  // What runs where the function ends is no exit by an exception.
  out.handler = needsWrapper ? ctx.exceptions : ExceptionStyle::None;
  if (needsTypes)
    types.emplace(app, defined);
  if (llvm::Error error = walk())
    return error;
  if (needsWrapper)
    add(Edit::Kind::OpenWrapper, Phase::OpenWrapper, body.codeBegin, 0,
        function);
  sortEdits(out.edits);
  return llvm::Error::success();
}

void Placer::takeCounterLocals() {
  for (const profile::Increment &increment : counters.increments) {
    bool isKnown = llvm::any_of(out.counterLocals, [&](const auto &entry) {
      return entry.first == increment.counter;
    });
    if (increment.isLocal && !isKnown)
      out.counterLocals.push_back(
          {increment.counter, out.pool.take(ValType::i64())});
  }
}

/// Increments at an instruction, and locals to be written back in front of it.
void Placer::placeCounters(const Instr &instr, bool isFinal) {
  const auto *first = ctx.plan.counters->table.increments.data();
  while (!counters.increments.empty() &&
         counters.increments.front().opidx == instr.opidx) {
    const profile::Increment &increment = counters.increments.front();
    bool isEnter = increment.at == profile::CountAt::Enter;
    add(Edit::Kind::Count, isEnter ? Phase::Count : Phase::CountBranch,
        instr.begin, instr.opidx, &increment - first);
    counters.increments = counters.increments.drop_front();
  }
  if (counters.writeBacks.empty() ||
      counters.writeBacks.front().opidx != instr.opidx)
    return;
  counters.writeBacks = counters.writeBacks.drop_front();
  bool goesOn = !isFinal && instr.opcode != Opcode::Return &&
                instr.opcode != Opcode::Unreachable;
  add(Edit::Kind::WriteBack, Phase::WriteBack, instr.begin, instr.opidx,
      goesOn);
}

llvm::Error Placer::walk() {
  wasm::FunctionCursor cursor(app, defined);
  frames.emplace_back();
  frames.back().bodyBegin = app.bodies[defined].codeBegin;
  while (cursor.next()) {
    const Instr &instr = cursor.get();
    firstHere = endHere;
    while (endHere != out.sites.size() &&
           out.sites[endHere].ref->opidx == instr.opidx)
      ++endHere;
    if (types)
      if (llvm::Error error = types->step(instr))
        return error;
    if (ctx.plan.counters)
      placeCounters(instr, cursor.isFunctionEnd());
    if (removal) {
      llvm::Expected<bool> visits = skipRemoved(instr);
      if (!visits)
        return visits.takeError();
      if (!*visits)
        continue;
    }
    if (firstHere == endHere && isPlain(instr.opcode) && wrappers.empty() &&
        offsets == ctx.codeOffsets.end())
      continue;
    if (llvm::Error error = visit(instr, cursor.isFunctionEnd()))
      return error;
    if (frames.empty())
      break;
  }
  if (llvm::Error error = cursor.takeError())
    return error;
  if (endHere != out.sites.size())
    return fail("there is no instruction " +
                llvm::Twine(out.sites[endHere].ref->opidx));
  if (!counters.increments.empty())
    return fail("there is no instruction " +
                llvm::Twine(counters.increments.front().opidx));
  return llvm::Error::success();
}

/// Adds edits nearly in their order, which makes sorting cheap.
llvm::Error Placer::visit(const Instr &instr, bool isFinal) {
  leaveArm(instr);
  if (llvm::Error error = findAlt(instr))
    return error;
  int32_t capture = out.captures.size();
  if (llvm::Error error = captureOperands(instr))
    return error;
  if (capture == static_cast<int32_t>(out.captures.size()))
    capture = -1;
  if (isLive()) {
    placeInFront(instr);
    placeAlt(instr);
    if (!isReplaced())
      placeWithInstr(instr, capture);
  }
  if (isFinal)
    placeFunctionEnd(instr);
  if (alt && instr.opcode == Opcode::Else)
    placeElseAlt(instr);
  if (!isReplaced()) {
    noteOffset(instr);
    if (llvm::Error error = relocate(instr))
      return error;
  }
  if (llvm::Error error = leave(instr, isFinal))
    return error;
  if (capture >= 0 && !out.captures[capture].isUnique)
    add(Edit::Kind::Release, Phase::Release, instr.end, instr.opidx, capture);
  return llvm::Error::success();
}

/// What happens behind an instruction.
llvm::Error Placer::leave(const Instr &instr, bool isFinal) {
  if (removal && !removal->isElse)
    return llvm::Error::success();
  bool wasLive = isLive();
  int32_t behind = isEnd(instr.opcode) ? frames.back().behind : -1;
  if (isEnd(instr.opcode) && frames.back().isAlternative) {
    add(Edit::Kind::CloseAlt, Phase::CloseBlockAlt, instr.end, instr.opidx);
    wrappers.pop_back();
  }
  updateFrames(instr);
  if (isFinal || frames.empty()) // malformed nesting may leave none
    return llvm::Error::success();
  if (llvm::Error error = placePendingBehind(instr, behind))
    return error;
  // The arms of a construct live as it does, however the arm before ended.
  if (wasLive || isDivider(instr.opcode) || isEnd(instr.opcode))
    return placeBehind(instr);
  return llvm::Error::success();
}

/// True where an instruction has a label among its immediates.
static bool hasLabels(Opcode opcode) {
  return llvm::any_of(
      wasm::getImmSlots(wasm::getOpcodeInfo(opcode).form), [](wasm::ImmSlot s) {
        return s == wasm::ImmSlot::Label || s == wasm::ImmSlot::Labels ||
               s == wasm::ImmSlot::CastTypes || s == wasm::ImmSlot::Catches;
      });
}

/// Lets references to functions and labels follow them, and exchanges
/// immediates.
llvm::Error Placer::relocate(const Instr &instr) {
  if (instr.opcode == Opcode::RefFunc)
    ctx.noteReference(instr.imms[0]);
  llvm::SmallVector<std::pair<uint32_t, uint64_t>, 2> changes;
  for (uint32_t i = firstHere; i != endHere && isLive(); ++i) {
    const PlacedSite &site = out.sites[i];
    for (auto [slot, number] : llvm::enumerate(site.source->immediates))
      changes.emplace_back(number, site.table->immediates[slot][site.ref->row]);
    if (!site.source->immediates.empty())
      addCheck(instr, i, /*isAlt=*/false);
  }
  llvm::Error error = llvm::Error::success();
  if (!changes.empty() || (!wrappers.empty() && hasLabels(instr.opcode)))
    error = recode(instr, changes);
  else if (isFunctionReference(instr.opcode)) {
    uint32_t target = ctx.layout.mapFunction(instr.imms[0]);
    if (target != instr.imms[0])
      add(Edit::Kind::Function, Phase::OpenWrapper, instr.begin + 1,
          instr.opidx, target)
          .end = instr.end;
  }
  // An `if` around this instruction alone ends here.
  if (alt && getAlt().isDynamic && !isOpener(instr.opcode)) {
    wrappers.pop_back();
    bool passes = !wasm::isTerminator(instr.opcode) || mayPassAlt();
    add(Edit::Kind::CloseAlt, Phase::CloseAlt, instr.end, instr.opidx, !passes);
  }
  return error;
}

llvm::Error
Placer::recode(const Instr &instr,
               llvm::ArrayRef<std::pair<uint32_t, uint64_t>> changes) {
  uint32_t numFrames =
      frames.size() - (instr.opcode == Opcode::Delegate ? 1 : 0);
  out.recoded.emplace_back();
  Edit &edit = add(Edit::Kind::Recode, Phase::Recode, instr.begin, instr.opidx,
                   out.recoded.size() - 1);
  edit.end = instr.end;
  if (!changes.empty())
    edit.results = out.checks.size() - 1;
  llvm::Error error =
      recodeInstr(out.recoded.back(), ctx, instr, changes,
                  [&](uint32_t label) { return shiftLabel(label, numFrames); });
  if (!error || changes.empty())
    return error;
  return failAt(instr, *out.checks.back().source,
                llvm::toString(std::move(error)));
}

/// A label counts one more construct for each `if` that it passes.
uint32_t Placer::shiftLabel(uint32_t label, uint32_t numFrames) const {
  if (label >= numFrames)
    return label; // validation reports it
  uint32_t target = numFrames - 1 - label;
  return label + llvm::count_if(wrappers,
                                [&](uint32_t first) { return first > target; });
}

/// Notes a place whose code is checked in the output.
void Placer::addCheck(const Instr &instr, uint32_t site, bool isAlt) {
  CheckedPlace place;
  place.function = app.numImportedFunctions + defined;
  place.pc = instr.pc;
  place.source = out.sites[site].source;
  place.opcode = instr.opcode;
  place.isAlt = isAlt;
  out.checks.push_back(place);
}

/// Asks for the new offset of an instruction that metadata refers to.
void Placer::noteOffset(const Instr &instr) {
  if (offsets == ctx.codeOffsets.end())
    return;
  std::vector<CodeOffset> &list = offsets->second;
  for (; nextOffset != list.size() && list[nextOffset].before <= instr.pc;
       ++nextOffset)
    if (list[nextOffset].before == instr.pc)
      add(Edit::Kind::Offset, Phase::Offset, instr.begin, instr.opidx,
          nextOffset);
}
