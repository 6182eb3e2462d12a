//===- SplicePlaceSites.cpp - Places of single sites ----------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "SplicePlace.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using wasm::Instr;
using wasm::Opcode;
using wasm::ValType;

//===----------------------------------------------------------------------===//
// In front of an instruction
//===----------------------------------------------------------------------===//

/// Places `exit` sites where an arm ends.
void Placer::leaveArm(const Instr &instr) {
  if (!isEnd(instr.opcode) && !isDivider(instr.opcode))
    return;
  Frame &frame = frames.back();
  for (int32_t i = frame.exit; i != -1; i = pendings[i].next)
    if (!frame.dead)
      add(Edit::Kind::Site, Phase::ResolvedBefore, instr.begin,
          pendings[i].matched, pendings[i].firstSite);
  frame.exit = -1;
}

void Placer::placeInFront(const Instr &instr) {
  for (uint32_t site = firstHere; site != endHere; ++site) {
    if (ctx.isUpkeep(out.sites[site].ref->table))
      continue;
    switch (getPosition(site)) {
    case Position::Before:
    case Position::BlockStart:
    case Position::BlockEnd:
      add(Edit::Kind::Site, Phase::Before, instr.begin, instr.opidx, site);
      break;
    case Position::FuncEntry:
      add(Edit::Kind::Site, Phase::FuncEntry, instr.begin, instr.opidx, site);
      break;
    case Position::FuncStart:
      add(Edit::Kind::Site, Phase::FuncStart, instr.begin, instr.opidx, site);
      break;
    default:
      break;
    }
  }
}

/// What runs only if the instruction does.
void Placer::placeWithInstr(const Instr &instr, int32_t capture) {
  for (uint32_t site = firstHere; site != endHere; ++site)
    if (ctx.isUpkeep(out.sites[site].ref->table))
      add(Edit::Kind::Site, Phase::Upkeep, instr.begin, instr.opidx, site);
  placeFuncExits(instr);
  placeAtTargets(instr);
  if (capture >= 0 && out.captures[capture].isSpilled)
    add(Edit::Kind::Restore, Phase::Restore, instr.begin, instr.opidx, capture);
}

void Placer::placeFuncExits(const Instr &instr) {
  if (out.funcExits.empty())
    return;
  // Exceptions come to the handler around the body.
  bool throws = instr.opcode == Opcode::Throw ||
                instr.opcode == Opcode::ThrowRef ||
                instr.opcode == Opcode::Rethrow;
  bool exits = (isExit(instr.opcode) && !throws) ||
               (instr.opcode == Opcode::Call && ctx.isProcExit(instr.imms[0]));
  if (!exits)
    return;
  for (uint32_t site : out.funcExits)
    add(Edit::Kind::Site, Phase::FuncExit, instr.begin, instr.opidx, site);
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

/// The code of these positions runs next to the instruction, so the locals of
/// its operands are free again behind it.
static bool isStraight(Position position, Opcode opcode) {
  return position == Position::Before || position == Position::BlockStart ||
         position == Position::BlockEnd || position == Position::Passing ||
         (position == Position::After && !isOpener(opcode));
}

static bool isInFront(Position position) {
  return position == Position::Before || position == Position::BlockStart ||
         position == Position::BlockEnd || position == Position::Alt;
}

/// Adds an operand or result to what is captured.
static void addValue(Capture &capture, const Operand &operand) {
  if (operand.index >= capture.needed.size()) {
    capture.needed.resize(operand.index + 1);
    capture.types.resize(operand.index + 1);
  }
  capture.needed.set(operand.index);
  capture.types[operand.index] = operand.type;
}

/// Adds what a template reads or assigns of one kind to what is captured.
/// Returns whether there is any, and through `assigns` whether it assigns any.
static bool addValues(Capture &capture, const Template &source,
                      Operand::Kind kind, bool &assigns) {
  bool any = false;
  for (const Operand &operand : source.operands)
    if (operand.kind == kind) {
      addValue(capture, operand);
      any = true;
    }
  for (const AssignedOperand &assigned : source.assigned)
    if (assigned.operand.kind == kind) {
      addValue(capture, assigned.operand);
      any = assigns = true;
    }
  return any;
}

/// The type that an instruction asks of a reference on top of the stack; Bot
/// where that says nothing.
static ValType getWantedType(const wasm::Module &app, const Instr &instr,
                             uint32_t operand) {
  uint32_t index = instr.imms[0];
  switch (instr.opcode) {
  case Opcode::TableSet:
    return operand == 0 ? app.tables[index].element : ValType::bot();
  case Opcode::TableFill:
  case Opcode::TableGrow:
    return operand == 1 ? app.tables[index].element : ValType::bot();
  case Opcode::GlobalSet:
    return app.globals[index].type;
  case Opcode::Call: {
    const auto &params = app.getFunctionType(index).params;
    return params[params.size() - 1 - operand];
  }
  default:
    return ValType::bot();
  }
}

/// True where an instruction does not look at the type of a reference.
static bool takesAnyReference(Opcode opcode) {
  return opcode == Opcode::Drop || opcode == Opcode::RefIsNull;
}

/// A function that `ref.func` names has a type of its own. Where the program
/// does not ask for it, its locals should not need such types either.
static void widenTypes(const wasm::Module &app, const Instr &instr,
                       Capture &capture) {
  for (auto [i, type] : llvm::enumerate(capture.types)) {
    if (!type.isConcreteRef())
      continue;
    ValType wanted = getWantedType(app, instr, i);
    bool isFunction =
        type.getTypeIndex() < app.types.size() &&
        app.types[type.getTypeIndex()].kind == wasm::TypeDef::Kind::Func;
    if (wanted.isBot() && isFunction && takesAnyReference(instr.opcode))
      wanted = ValType::funcref();
    if (wanted.isAbstractRef())
      type = wanted;
  }
}

/// Collects what the sites of an instruction read and assign.
llvm::Error Placer::gatherOperands(const Instr &instr, Capture &capture) {
  bool isArm = isDivider(instr.opcode) || isEnd(instr.opcode);
  for (uint32_t site = firstHere; site != endHere; ++site) {
    bool assigns = false;
    if (!addValues(capture, *out.sites[site].source, Operand::Kind::Arg,
                   assigns))
      continue;
    if (isArm)
      return fail("instruction " + llvm::Twine(instr.opidx) +
                  " has no operands");
    capture.isUnique |= !isStraight(getPosition(site), instr.opcode);
    capture.isSpilled |= assigns && isInFront(getPosition(site));
    out.sites[site].operands = out.captures.size();
  }
  // What leaves the stack comes back, unless something takes its place.
  bool restores = capture.isSpilled;
  if (alt && !isArm) {
    const AltPlace &place = getAlt();
    capture.isSpilled = true;
    size_t size = std::max(capture.types.size(), types->operands().size());
    capture.types.resize(size);
    capture.needed.resize(size);
    restores = place.isDynamic || place.keepsOperands ||
               !out.sites[place.site].source->altCalls.empty();
  }
  if (restores)
    capture.needed.set();
  return llvm::Error::success();
}

llvm::Error Placer::captureOperands(const Instr &instr) {
  Capture capture;
  if (llvm::Error error = gatherOperands(instr, capture))
    return error;
  if (capture.types.empty() || !isLive())
    return llvm::Error::success();
  if (llvm::Error error =
          resolveTypes(instr, capture,
                       types ? types->operands() : capture.types, "operands"))
    return error;
  if (types)
    widenTypes(app, instr, capture);
  for (uint32_t site = firstHere; site != endHere; ++site)
    if (llvm::Error error =
            checkAssigned(instr, site, Operand::Kind::Arg, capture))
      return error;
  uint32_t index = out.captures.size();
  if (alt)
    getAlt().operands = index;
  // The head of a loop has its parameters, those of each round.
  if (hasPassingSite())
    add(Edit::Kind::Capture, Phase::ResolvedBehind, instr.end, instr.opidx,
        index);
  else
    add(Edit::Kind::Capture, Phase::Capture, instr.begin, instr.opidx, index);
  // A loop's head comes before the branch to it, so it must be known now.
  if (capture.isUnique)
    takeLocals(capture, out.pool);
  out.captures.push_back(std::move(capture));
  return llvm::Error::success();
}

/// A value keeps its type when it is assigned.
llvm::Error Placer::checkAssigned(const Instr &instr, uint32_t site,
                                  Operand::Kind kind, const Capture &capture) {
  const Template &source = *out.sites[site].source;
  for (const AssignedOperand &assigned : source.assigned) {
    const Operand &operand = assigned.operand;
    if (operand.kind != kind)
      continue;
    ValType storage = getStorageType(capture.types[operand.index]);
    if (storage != operand.type)
      return failAt(instr, source,
                    (kind == Operand::Kind::Arg ? "arg" : "res") +
                        llvm::Twine(operand.index) + " is assigned " +
                        operand.type.str() + ", but is " + storage.str());
  }
  return llvm::Error::success();
}

/// Takes over the types that values really have. They may be unknown in code
/// that could not be reached before a terminator was replaced.
llvm::Error Placer::resolveTypes(const Instr &instr, Capture &capture,
                                 llvm::ArrayRef<ValType> real,
                                 llvm::StringRef what) {
  if (real.size() < capture.types.size())
    return fail("instruction " + llvm::Twine(instr.opidx) + " has only " +
                llvm::Twine(real.size()) + " " + what);
  for (auto [i, type] : llvm::enumerate(capture.types)) {
    if (!real[i].isBot())
      type = real[i];
    else if (!capture.needed.test(i) && capture.isSpilled)
      type = ValType::i32(); // dropped
    else if (type.isBot())
      return fail("the types of the " + what + " of instruction " +
                  llvm::Twine(instr.opidx) + " are not known");
  }
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

/// Splits the sites of a branch by what it may reach. The flag says which way
/// control came to the target.
void Placer::placeAtTargets(const Instr &instr) {
  if (!isBranch(instr.opcode))
    return;
  // Sites are ordered by position kind, so `at_target` ones are contiguous.
  uint32_t first = firstHere;
  while (first != endHere && getPosition(first) != Position::AtTarget)
    ++first;
  uint32_t end = first;
  while (end != endHere && getPosition(end) == Position::AtTarget)
    ++end;
  if (first == end)
    return;
  uint32_t flag = out.pool.take(ValType::i32());
  add(Edit::Kind::SetFlag, Phase::SetFlag, instr.begin, instr.opidx, flag);
  llvm::SmallVector<uint32_t, 8> labels;
  if (instr.opcode == Opcode::BrTable)
    labels.assign(instr.targets.begin(), instr.targets.end());
  else
    labels.push_back(instr.imms[0]);
  llvm::sort(labels);
  labels.erase(llvm::unique(labels), labels.end());
  for (uint32_t label : labels) {
    if (label >= frames.size())
      continue; // validation reports it
    Frame &target = frames[frames.size() - 1 - label];
    Pending pending{instr.opidx, first, end - first, static_cast<int32_t>(flag),
                    -1};
    if (target.opcode == Opcode::Loop)
      placeGuarded(target.bodyBegin, Phase::ResolvedBehind, pending);
    else
      link(target.behind, pending);
  }
  if (instr.opcode != Opcode::BrIf)
    return;
  Phase phase = alt ? Phase::NotTakenInside : Phase::NotTaken;
  add(Edit::Kind::ClearFlag, phase, instr.end, instr.opidx, flag);
  for (uint32_t site = first; site != end; ++site)
    add(Edit::Kind::Site, phase, instr.end, instr.opidx, site);
}

void Placer::placeGuarded(size_t offset, Phase phase, const Pending &pending) {
  add(Edit::Kind::GuardOpen, phase, offset, pending.matched, pending.flag);
  for (uint32_t i = 0; i != pending.numSites; ++i)
    add(Edit::Kind::Site, phase, offset, pending.matched,
        pending.firstSite + i);
  add(Edit::Kind::GuardClose, phase, offset, pending.matched);
}

/// What runs when the function's label is reached, by falling or branching.
void Placer::placeFunctionEnd(const Instr &instr) {
  for (int32_t i = frames.back().behind; i != -1; i = pendings[i].next) {
    needsWrapper = true;
    placeGuarded(instr.begin, Phase::AtFunctionEnd, pendings[i]);
  }
  for (uint32_t site : out.funcExits)
    add(Edit::Kind::Site, Phase::FuncExitEnd, instr.begin, instr.opidx, site);
  for (uint32_t site = firstHere; site != endHere; ++site)
    if (getPosition(site) == Position::Passing) {
      needsWrapper = true;
      add(Edit::Kind::Site, Phase::FuncExitEnd, instr.begin, instr.opidx, site);
    }
  if (needsWrapper)
    add(Edit::Kind::CloseWrapper, Phase::CloseWrapper, instr.begin,
        instr.opidx);
  if (out.handler == ExceptionStyle::Final)
    add(Edit::Kind::Handler, Phase::Handler, instr.begin, instr.opidx);
}

//===----------------------------------------------------------------------===//
// Behind an instruction
//===----------------------------------------------------------------------===//

void Placer::updateFrames(const Instr &instr) {
  Frame &top = frames.back();
  if (isOpener(instr.opcode)) {
    Frame frame;
    frame.opcode = instr.opcode;
    frame.deadOnEntry = frame.dead = top.dead;
    frame.bodyBegin = instr.end;
    frame.isAlternative = alt.has_value();
    frames.push_back(frame);
  } else if (isDivider(instr.opcode)) {
    // Without its `else` the construct ends as the arm before ends.
    if (!removal)
      top.dead = top.deadOnEntry;
  } else if (isEnd(instr.opcode)) {
    frames.pop_back();
  } else if (isExit(instr.opcode) || instr.opcode == Opcode::Br ||
             instr.opcode == Opcode::BrTable) {
    top.dead = !mayPassAlt();
  }
}

llvm::Error Placer::placePendingBehind(const Instr &instr, int32_t list) {
  for (int32_t i = list; i != -1; i = pendings[i].next) {
    const Pending pending = pendings[i];
    if (pending.flag >= 0)
      placeGuarded(instr.end, Phase::ResolvedBehind, pending);
    else if (llvm::Error error =
                 placeAfter(instr, pending.firstSite, Phase::ResolvedBehind,
                            pending.matched))
      return error;
  }
  return llvm::Error::success();
}

llvm::Error Placer::placeBehind(const Instr &instr) {
  if (firstHere == endHere || frames.back().deadOnEntry)
    return llvm::Error::success();
  for (uint32_t site = firstHere; site != endHere; ++site)
    if (getPosition(site) == Position::Passing && isLive())
      add(Edit::Kind::Site, Phase::ResolvedBehind, instr.end, instr.opidx,
          site);
  if (isOpener(instr.opcode) || isDivider(instr.opcode)) {
    attachBlockSites(instr);
    return llvm::Error::success();
  }
  if (!isLive())
    return llvm::Error::success();
  for (uint32_t site = firstHere; site != endHere; ++site)
    if (getPosition(site) == Position::After)
      if (llvm::Error error =
              placeAfter(instr, site, Phase::ResultsBehind, instr.opidx))
        return error;
  return llvm::Error::success();
}

/// Sites of an opener or divider: inside of the block, and at its end.
void Placer::attachBlockSites(const Instr &instr) {
  for (uint32_t site = firstHere; site != endHere && !removal; ++site)
    if (getPosition(site) == Position::Entry)
      add(Edit::Kind::Site, Phase::ResolvedBehind, instr.end, instr.opidx,
          site);
  // Lists are read from their head, so the last site goes in first.
  Frame &frame = frames.back();
  for (uint32_t site = endHere; site-- != firstHere;) {
    Pending pending{instr.opidx, site, 1, -1, -1};
    if (getPosition(site) == Position::Exit && !removal)
      link(frame.exit, pending);
    else if (getPosition(site) == Position::After)
      link(frame.behind, pending);
  }
}

llvm::Error Placer::placeAfter(const Instr &instr, uint32_t site, Phase phase,
                               uint32_t matched) {
  llvm::Expected<int32_t> results = captureResults(instr, site);
  if (!results)
    return results.takeError();
  add(Edit::Kind::Site, phase, instr.end, matched, site).results = *results;
  return llvm::Error::success();
}

/// The results of `instr` that a site reads or assigns; -1 if there are none.
llvm::Expected<int32_t> Placer::captureResults(const Instr &instr,
                                               uint32_t site) {
  Capture capture;
  if (!addValues(capture, *out.sites[site].source, Operand::Kind::Result,
                 capture.isSpilled))
    return -1;
  // What is spilled here comes back as a whole.
  if (capture.isSpilled)
    capture.needed.set();
  if (llvm::Error error = resolveTypes(
          instr, capture, types ? types->results() : capture.types, "results"))
    return std::move(error);
  if (llvm::Error error =
          checkAssigned(instr, site, Operand::Kind::Result, capture))
    return std::move(error);
  out.captures.push_back(std::move(capture));
  return static_cast<int32_t>(out.captures.size() - 1);
}

void detail::takeLocals(Capture &capture, LocalPool &pool) {
  for (auto [i, type] : llvm::enumerate(capture.types)) {
    bool dropped = capture.isSpilled && !capture.needed.test(i);
    capture.locals.push_back(dropped ? UINT32_MAX
                                     : pool.take(getStorageType(type)));
  }
}

wasm::ValType detail::getStorageType(ValType type) {
  if (type.isDefaultable())
    return type;
  return type.isAbstractRef() ? ValType::ref(true, type.getAbstractHeap())
                              : ValType::ref(true, type.getTypeIndex());
}

llvm::Error detail::placeSites(Context &ctx, uint32_t defined,
                               llvm::ArrayRef<SiteRef> sites,
                               CounterPlaces counters, Placement &placement) {
  placement.clear();
  return Placer(ctx, defined, counters, placement).run(sites);
}
