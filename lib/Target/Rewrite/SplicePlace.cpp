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

#include "SpliceBody.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using wasm::Instr;
using wasm::Opcode;
using wasm::ValType;

/// The opener of a block with sites of its own: `after`, `entry`, `exit`.
static bool isOpener(Opcode opcode) {
  switch (opcode) {
  case Opcode::Block:
  case Opcode::Loop:
  case Opcode::If:
  case Opcode::Try:
  case Opcode::TryTable:
    return true;
  default:
    return false;
  }
}

/// Divides a construct into arms.
static bool isDivider(Opcode opcode) {
  return opcode == Opcode::Else || opcode == Opcode::Catch ||
         opcode == Opcode::CatchAll;
}

static bool isEnd(Opcode opcode) {
  return opcode == Opcode::End || opcode == Opcode::Delegate;
}

static bool isBranch(Opcode opcode) {
  return opcode == Opcode::Br || opcode == Opcode::BrIf ||
         opcode == Opcode::BrTable;
}

/// Leaves the function, or would if nothing caught it.
static bool isExit(Opcode opcode) {
  switch (opcode) {
  case Opcode::Return:
  case Opcode::ReturnCall:
  case Opcode::ReturnCallIndirect:
  case Opcode::ReturnCallRef:
  case Opcode::Unreachable:
  case Opcode::Throw:
  case Opcode::ThrowRef:
  case Opcode::Rethrow:
    return true;
  default:
    return false;
  }
}

static bool isFunctionReference(Opcode opcode) {
  return opcode == Opcode::Call || opcode == Opcode::ReturnCall ||
         opcode == Opcode::RefFunc;
}

/// True where an instruction without sites needs no attention at all.
static bool isPlain(Opcode opcode) {
  return !isOpener(opcode) && !isDivider(opcode) && !isEnd(opcode) &&
         !isBranch(opcode) && !isExit(opcode) && !isFunctionReference(opcode);
}

namespace {

/// A site, or a branch with sites, that waits for the end of a block.
struct Pending {
  uint32_t matched;
  uint32_t firstSite, numSites;
  int32_t flag; // guards `at_target` code; -1: unguarded
  int32_t next; // in the list of the frame
};

struct Frame {
  Opcode opcode = Opcode::Block;
  bool deadOnEntry = false, dead = false;
  size_t bodyBegin = 0;           // offset behind the opener
  int32_t behind = -1, exit = -1; // lists of Pending
};

class Placer {
public:
  Placer(Context &ctx, uint32_t defined, Placement &out)
      : ctx(ctx), app(ctx.app), defined(defined), out(out),
        offsets(ctx.codeOffsets.find(app.numImportedFunctions + defined)) {}

  llvm::Error run(llvm::ArrayRef<SiteRef> refs);

private:
  llvm::Error collectSites(llvm::ArrayRef<SiteRef> refs);
  llvm::Error checkOperands(const Template &source) const;
  llvm::Error walk();
  llvm::Error visit(const Instr &instr, bool isFinal);
  // Steps of visit, in order.
  void noteOffset(const Instr &instr);
  void relocate(const Instr &instr);
  llvm::Error leave(const Instr &instr, bool isFinal);
  void leaveArm(const Instr &instr);
  void placeInFront(const Instr &instr);
  llvm::Error captureOperands(const Instr &instr);
  void placeAtTargets(const Instr &instr);
  void updateFrames(const Instr &instr);
  llvm::Error placeBehind(const Instr &instr);

  llvm::Error placeAfter(const Instr &instr, uint32_t site, Phase phase,
                         uint32_t matched);
  void attachBlockSites(const Instr &instr);
  llvm::Error placePendingBehind(const Instr &instr, int32_t list);
  void placeGuarded(size_t offset, Phase phase, const Pending &pending);
  void placeFuncExits(const Instr &instr);
  void placeFunctionEnd(const Instr &instr);
  llvm::Expected<int32_t> captureResults(const Instr &instr, uint32_t site);

  Edit &add(Edit::Kind kind, Phase phase, size_t offset, uint32_t matched,
            uint32_t index = 0) {
    out.edits.push_back({kind, phase, matched, offset});
    out.edits.back().index = index;
    return out.edits.back();
  }
  void link(int32_t &list, Pending pending) {
    pending.next = list;
    list = pendings.size();
    pendings.push_back(pending);
  }
  Position getPosition(uint32_t site) const {
    return out.sites[site].table->position;
  }
  bool isLive() const { return !frames.back().dead; }
  llvm::Error fail(const llvm::Twine &what) const {
    return llvm::createStringError(
        describeFunction(app, app.numImportedFunctions + defined) + ": " +
        what);
  }

  Context &ctx;
  const wasm::Module &app;
  uint32_t defined;
  Placement &out;
  CodeOffsets::iterator offsets;
  uint32_t nextOffset = 0;

  llvm::SmallVector<Frame, 32> frames;
  llvm::SmallVector<Pending, 16> pendings;
  llvm::SmallVector<uint32_t, 4> funcExits; // sites
  /// Sites of the instruction at work: [firstHere, endHere).
  uint32_t firstHere = 0, endHere = 0;
  bool needsTypes = false, needsWrapper = false;
  std::optional<wasm::TypeStack> types;
};

} // namespace

//===----------------------------------------------------------------------===//
// Preparation
//===----------------------------------------------------------------------===//

/// True where the types of operands follow from the template alone: numbers
/// without a gap between them and the top of the stack.
static bool hasPlainOperands(const Template &source, Operand::Kind kind) {
  llvm::SmallBitVector seen;
  for (const Operand &operand : source.operands) {
    if (operand.kind != kind)
      continue;
    if (!operand.type.isNum())
      return false;
    if (operand.index >= seen.size())
      seen.resize(operand.index + 1);
    seen.set(operand.index);
  }
  return seen.all();
}

llvm::Error Placer::checkOperands(const Template &source) const {
  uint64_t numLocals = out.numParams + out.decls.numLocals;
  for (const Operand &operand : source.operands)
    if (operand.kind == Operand::Kind::Local && operand.index >= numLocals)
      return fail("there is no local " + llvm::Twine(operand.index));
  return llvm::Error::success();
}

llvm::Error Placer::collectSites(llvm::ArrayRef<SiteRef> refs) {
  uint32_t lastTable = UINT32_MAX;
  for (const SiteRef &ref : refs) {
    const SiteTable &table = ctx.plan.sites[ref.table];
    const Template &source = ctx.plan.templates[table.templateIndex];
    if (table.position == Position::FuncExit)
      funcExits.push_back(out.sites.size());
    out.sites.push_back({&ref, &source, &table});
    if (ref.table != lastTable) {
      lastTable = ref.table;
      if (llvm::Error error = checkOperands(source))
        return error;
      needsTypes |= !hasPlainOperands(source, Operand::Kind::Arg) ||
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
  if (llvm::Error error = collectSites(refs))
    return error;
  needsWrapper = !funcExits.empty();
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
    if (firstHere == endHere && isPlain(instr.opcode) &&
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
  return llvm::Error::success();
}

/// Adds edits nearly in their order, which makes sorting cheap.
llvm::Error Placer::visit(const Instr &instr, bool isFinal) {
  leaveArm(instr);
  size_t numCaptures = out.captures.size();
  if (llvm::Error error = captureOperands(instr))
    return error;
  bool captured =
      out.captures.size() != numCaptures && !out.captures[numCaptures].isUnique;
  if (isLive()) {
    placeInFront(instr);
    placeAtTargets(instr);
  }
  if (isFinal)
    placeFunctionEnd(instr);
  noteOffset(instr);
  relocate(instr);
  if (llvm::Error error = leave(instr, isFinal))
    return error;
  if (captured)
    add(Edit::Kind::Release, Phase::Release, instr.end, instr.opidx,
        numCaptures);
  return llvm::Error::success();
}

/// What happens behind an instruction.
llvm::Error Placer::leave(const Instr &instr, bool isFinal) {
  bool wasLive = isLive();
  int32_t behind = isEnd(instr.opcode) ? frames.back().behind : -1;
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

/// Lets a reference to a function follow it.
void Placer::relocate(const Instr &instr) {
  if (!isFunctionReference(instr.opcode))
    return;
  if (instr.opcode == Opcode::RefFunc)
    ctx.noteReference(instr.imms[0]);
  uint32_t target = ctx.layout.mapFunction(instr.imms[0]);
  if (target != instr.imms[0])
    add(Edit::Kind::Function, Phase::OpenWrapper, instr.begin + 1, instr.opidx,
        target)
        .end = instr.end;
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
    switch (getPosition(site)) {
    case Position::Before:
    case Position::BlockStart:
    case Position::BlockEnd:
      add(Edit::Kind::Site, Phase::Before, instr.begin, instr.opidx, site);
      break;
    case Position::FuncEntry:
      add(Edit::Kind::Site, Phase::FuncEntry, instr.begin, instr.opidx, site);
      break;
    default:
      break;
    }
  }
  placeFuncExits(instr);
}

void Placer::placeFuncExits(const Instr &instr) {
  if (funcExits.empty())
    return;
  bool exits = isExit(instr.opcode) ||
               (instr.opcode == Opcode::Call && ctx.isProcExit(instr.imms[0]));
  if (!exits)
    return;
  for (uint32_t site : funcExits)
    add(Edit::Kind::Site, Phase::FuncExit, instr.begin, instr.opidx, site);
}

/// The code of these positions runs next to the instruction, so the locals of
/// its operands are free again behind it.
static bool isStraight(Position position, Opcode opcode) {
  return position == Position::Before || position == Position::BlockStart ||
         position == Position::BlockEnd ||
         (position == Position::After && !isOpener(opcode));
}

llvm::Error Placer::captureOperands(const Instr &instr) {
  Capture capture;
  for (uint32_t site = firstHere; site != endHere; ++site) {
    for (const Operand &operand : out.sites[site].source->operands) {
      if (operand.kind != Operand::Kind::Arg)
        continue;
      if (isDivider(instr.opcode) || isEnd(instr.opcode))
        return fail("instruction " + llvm::Twine(instr.opidx) +
                    " has no operands");
      if (operand.index >= capture.needed.size()) {
        capture.needed.resize(operand.index + 1);
        capture.types.resize(operand.index + 1);
      }
      capture.needed.set(operand.index);
      capture.types[operand.index] = operand.type;
      capture.isUnique |= !isStraight(getPosition(site), instr.opcode);
      out.sites[site].operands = out.captures.size();
    }
  }
  if (capture.needed.none() || !isLive())
    return llvm::Error::success();
  if (types) {
    llvm::ArrayRef<ValType> real = types->operands();
    if (real.size() < capture.types.size())
      return fail("instruction " + llvm::Twine(instr.opidx) + " has only " +
                  llvm::Twine(real.size()) + " operands");
    capture.types.assign(real.begin(), real.begin() + capture.types.size());
  }
  uint32_t index = out.captures.size();
  add(Edit::Kind::Capture, Phase::Capture, instr.begin, instr.opidx, index);
  // A loop's head comes before the branch to it, so it must be known now.
  if (capture.isUnique)
    for (ValType type : capture.types)
      capture.locals.push_back(out.pool.take(getStorageType(type)));
  out.captures.push_back(std::move(capture));
  return llvm::Error::success();
}

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
  add(Edit::Kind::ClearFlag, Phase::NotTaken, instr.end, instr.opidx, flag);
  for (uint32_t site = first; site != end; ++site)
    add(Edit::Kind::Site, Phase::NotTaken, instr.end, instr.opidx, site);
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
  for (uint32_t site : funcExits)
    add(Edit::Kind::Site, Phase::FuncExitEnd, instr.begin, instr.opidx, site);
  if (needsWrapper)
    add(Edit::Kind::CloseWrapper, Phase::CloseWrapper, instr.begin,
        instr.opidx);
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
    frames.push_back(frame);
  } else if (isDivider(instr.opcode)) {
    top.dead = top.deadOnEntry;
  } else if (isEnd(instr.opcode)) {
    frames.pop_back();
  } else if (isExit(instr.opcode) || instr.opcode == Opcode::Br ||
             instr.opcode == Opcode::BrTable) {
    top.dead = true;
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
  for (uint32_t site = firstHere; site != endHere; ++site)
    if (getPosition(site) == Position::Entry)
      add(Edit::Kind::Site, Phase::ResolvedBehind, instr.end, instr.opidx,
          site);
  // Lists are read from their head, so the last site goes in first.
  Frame &frame = frames.back();
  for (uint32_t site = endHere; site-- != firstHere;) {
    Pending pending{instr.opidx, site, 1, -1, -1};
    if (getPosition(site) == Position::Exit)
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

/// The results of `instr` that a site reads; -1 if it reads none.
llvm::Expected<int32_t> Placer::captureResults(const Instr &instr,
                                               uint32_t site) {
  Capture capture;
  for (const Operand &operand : out.sites[site].source->operands) {
    if (operand.kind != Operand::Kind::Result)
      continue;
    if (operand.index >= capture.needed.size()) {
      capture.needed.resize(operand.index + 1);
      capture.types.resize(operand.index + 1);
    }
    capture.needed.set(operand.index);
    capture.types[operand.index] = operand.type;
  }
  if (capture.needed.none())
    return -1;
  if (types) {
    llvm::ArrayRef<ValType> real = types->results();
    if (real.size() < capture.types.size())
      return fail("instruction " + llvm::Twine(instr.opidx) + " has only " +
                  llvm::Twine(real.size()) + " results");
    capture.types.assign(real.begin(), real.begin() + capture.types.size());
  }
  out.captures.push_back(std::move(capture));
  return static_cast<int32_t>(out.captures.size() - 1);
}

wasm::ValType detail::getStorageType(ValType type) {
  if (type.isDefaultable())
    return type;
  return type.isAbstractRef() ? ValType::ref(true, type.getAbstractHeap())
                              : ValType::ref(true, type.getTypeIndex());
}

llvm::Error detail::placeSites(Context &ctx, uint32_t defined,
                               llvm::ArrayRef<SiteRef> sites,
                               Placement &placement) {
  placement.clear();
  return Placer(ctx, defined, placement).run(sites);
}
