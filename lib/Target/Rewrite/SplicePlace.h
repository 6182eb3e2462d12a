//===- SplicePlace.h - From sites to byte offsets ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The placer: a walk over one body that resolves the positions of its sites.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_SPLICEPLACE_H
#define WHAMM_LIB_TARGET_REWRITE_SPLICEPLACE_H

#include "SpliceBody.h"

namespace whamm::rewrite::detail {

/// The opener of a block with sites of its own: `after`, `entry`, `exit`.
inline bool isOpener(wasm::Opcode opcode) {
  switch (opcode) {
  case wasm::Opcode::Block:
  case wasm::Opcode::Loop:
  case wasm::Opcode::If:
  case wasm::Opcode::Try:
  case wasm::Opcode::TryTable:
    return true;
  default:
    return false;
  }
}

/// Divides a construct into arms.
inline bool isDivider(wasm::Opcode opcode) {
  return opcode == wasm::Opcode::Else || opcode == wasm::Opcode::Catch ||
         opcode == wasm::Opcode::CatchAll;
}

inline bool isEnd(wasm::Opcode opcode) {
  return opcode == wasm::Opcode::End || opcode == wasm::Opcode::Delegate;
}

inline bool isBranch(wasm::Opcode opcode) {
  return opcode == wasm::Opcode::Br || opcode == wasm::Opcode::BrIf ||
         opcode == wasm::Opcode::BrTable;
}

/// Leaves the function, or would if nothing caught it.
inline bool isExit(wasm::Opcode opcode) {
  switch (opcode) {
  case wasm::Opcode::Return:
  case wasm::Opcode::ReturnCall:
  case wasm::Opcode::ReturnCallIndirect:
  case wasm::Opcode::ReturnCallRef:
  case wasm::Opcode::Unreachable:
  case wasm::Opcode::Throw:
  case wasm::Opcode::ThrowRef:
  case wasm::Opcode::Rethrow:
    return true;
  default:
    return false;
  }
}

inline bool isFunctionReference(wasm::Opcode opcode) {
  return opcode == wasm::Opcode::Call || opcode == wasm::Opcode::ReturnCall ||
         opcode == wasm::Opcode::RefFunc;
}

/// True where an instruction without sites needs no attention at all.
inline bool isPlain(wasm::Opcode opcode) {
  return !isOpener(opcode) && !isDivider(opcode) && !isEnd(opcode) &&
         !isBranch(opcode) && !isExit(opcode) && !isFunctionReference(opcode);
}

/// A site, or a branch with sites, that waits for the end of a block.
struct Pending {
  uint32_t matched;
  uint32_t firstSite, numSites;
  int32_t flag; // guards `at_target` code; -1: unguarded
  int32_t next; // in the list of the frame
};

struct Frame {
  wasm::Opcode opcode = wasm::Opcode::Block;
  bool deadOnEntry = false, dead = false;
  size_t bodyBegin = 0;           // offset behind the opener
  int32_t behind = -1, exit = -1; // lists of Pending
  bool isAlternative = false;     // of an alt body, as a whole
};

/// Instructions that are left out, up to the end of a construct.
struct Removal {
  uint32_t alt;       // what replaces them
  uint32_t depth = 0; // of constructs in there
  bool isElse = false;
  uint32_t firstSite = 0, endSite = 0; // of the opener
};

class Placer {
public:
  Placer(Context &ctx, uint32_t defined, CounterPlaces counters, Placement &out)
      : ctx(ctx), app(ctx.app), defined(defined), counters(counters), out(out),
        offsets(ctx.codeOffsets.find(app.numImportedFunctions + defined)) {}

  llvm::Error run(llvm::ArrayRef<SiteRef> refs);

private:
  llvm::Error collectSites(llvm::ArrayRef<SiteRef> refs);
  llvm::Error checkOperands(const Template &source) const;
  void takeCounterLocals();
  void placeCounters(const wasm::Instr &instr, bool isFinal);
  llvm::Error walk();
  llvm::Error visit(const wasm::Instr &instr, bool isFinal);
  // Steps of visit.
  void leaveArm(const wasm::Instr &instr);
  llvm::Error gatherOperands(const wasm::Instr &instr, Capture &capture);
  llvm::Error captureOperands(const wasm::Instr &instr);
  void placeInFront(const wasm::Instr &instr);
  void placeWithInstr(const wasm::Instr &instr, int32_t capture);
  void placeAtTargets(const wasm::Instr &instr);
  void noteOffset(const wasm::Instr &instr);
  llvm::Error relocate(const wasm::Instr &instr);
  llvm::Error recode(const wasm::Instr &instr,
                     llvm::ArrayRef<std::pair<uint32_t, uint64_t>> changes);
  llvm::Error leave(const wasm::Instr &instr, bool isFinal);
  void updateFrames(const wasm::Instr &instr);
  llvm::Error placeBehind(const wasm::Instr &instr);

  // Replaced instructions.
  llvm::Error findAlt(const wasm::Instr &instr);
  llvm::Error describeAlt(const wasm::Instr &instr);
  llvm::Error checkAltResults(const wasm::Instr &instr,
                              llvm::ArrayRef<wasm::ValType> expected);
  llvm::Error checkAltCalls(const wasm::Instr &instr,
                            llvm::ArrayRef<wasm::ValType> expected);
  bool keepsOperands(const wasm::Instr &instr) const;
  void placeAlt(const wasm::Instr &instr);
  void placeElseAlt(const wasm::Instr &instr);
  llvm::Error checkElseAlt(const wasm::Instr &instr) const;
  bool mayPassAlt() const;
  /// True where an instruction is to be visited after all.
  llvm::Expected<bool> skipRemoved(const wasm::Instr &instr);
  void addCheck(const wasm::Instr &instr, uint32_t site, bool isAlt);
  uint32_t shiftLabel(uint32_t label, uint32_t numFrames) const;
  AltPlace &getAlt() { return out.alts[*alt]; }
  const AltPlace &getAlt() const { return out.alts[*alt]; }
  bool isReplaced() const { return alt && !getAlt().isDynamic; }

  llvm::Error placeAfter(const wasm::Instr &instr, uint32_t site, Phase phase,
                         uint32_t matched);
  void attachBlockSites(const wasm::Instr &instr);
  llvm::Error placePendingBehind(const wasm::Instr &instr, int32_t list);
  void placeGuarded(size_t offset, Phase phase, const Pending &pending);
  void placeFuncExits(const wasm::Instr &instr);
  void placeFunctionEnd(const wasm::Instr &instr);
  llvm::Expected<int32_t> captureResults(const wasm::Instr &instr,
                                         uint32_t site);
  llvm::Error checkAssigned(const wasm::Instr &instr, uint32_t site,
                            Operand::Kind kind, const Capture &capture);
  llvm::Error resolveTypes(const wasm::Instr &instr, Capture &capture,
                           llvm::ArrayRef<wasm::ValType> real,
                           llvm::StringRef what);

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
  /// True where a site of the instruction at work is at Position::Passing.
  bool hasPassingSite() const {
    for (uint32_t site = firstHere; site != endHere; ++site)
      if (getPosition(site) == Position::Passing)
        return true;
    return false;
  }
  llvm::Error fail(const llvm::Twine &what) const {
    return llvm::createStringError(
        describeFunction(app, app.numImportedFunctions + defined) + ": " +
        what);
  }
  /// An error that a template is to blame for.
  llvm::Error failAt(const wasm::Instr &instr, const Template &source,
                     const llvm::Twine &what) const {
    return makeSiteError(app, app.numImportedFunctions + defined, instr.pc,
                         source, what);
  }

  Context &ctx;
  const wasm::Module &app;
  uint32_t defined;
  CounterPlaces counters; // those that are not placed yet
  Placement &out;
  CodeOffsets::iterator offsets;
  uint32_t nextOffset = 0;

  llvm::SmallVector<Frame, 32> frames;
  llvm::SmallVector<Pending, 16> pendings;
  /// Sites of the instruction at work: [firstHere, endHere).
  uint32_t firstHere = 0, endHere = 0;
  bool needsTypes = false, needsWrapper = false;
  /// The replacement of the instruction at work.
  std::optional<uint32_t> alt;
  std::optional<Removal> removal;
  /// Open constructs around which an `if` was put: the index that the first
  /// frame in it has. Branches that leave it have one label more to pass.
  llvm::SmallVector<uint32_t, 4> wrappers;
  std::optional<wasm::TypeStack> types;
};

} // namespace whamm::rewrite::detail

#endif // WHAMM_LIB_TARGET_REWRITE_SPLICEPLACE_H
