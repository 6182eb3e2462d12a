//===- SpliceBody.h - Rewriting one function body ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A body is rewritten in two steps: the *placer* walks the instructions once
/// and turns sites into edits at byte offsets; the *emitter* merges the edits
/// with the original bytes.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_SPLICEBODY_H
#define WHAMM_LIB_TARGET_REWRITE_SPLICEBODY_H

#include "SpliceInternal.h"

#include "whamm/Wasm/TypeStack.h"

#include "llvm/ADT/SmallBitVector.h"

namespace whamm::rewrite::detail {

/// What happens at one byte offset between instruction A, which ends there,
/// and instruction B, which begins there: the order of things.
enum class Phase : uint8_t {
  NotTakenInside, // as NotTaken, where A is the alternative of an alt body
  CloseAlt,       // behind A, the alternative of an alt body
  OpenWrapper,    // a block around the body, for what runs at its end
  ResultsBehind,  // A's own `after` sites
  NotTaken,       // code of a conditional branch A that was not taken
  CloseBlockAlt,  // as CloseAlt, of the construct that A closes
  ResolvedBehind, // resolved from other instructions behind A
  Release,        // locals of A's operands
  FuncStart,      // B is the function's first instruction
  Count,          // B is the first instruction of a block that is counted
  Capture,        // operands of B
  Before,         // B's own `before` list
  FuncEntry,
  ResolvedBefore, // resolved from other instructions in front of B
  Alt,            // the body that replaces B; what follows runs only with B
  Upkeep,         // of shadows, where B changes a table
  FuncExit,       // B leaves the function
  SetFlag,        // B is a branch whose target wants to know
  Restore,        // operands of B
  CountBranch,    // B is a branch that is counted
  CloseWrapper,   // B is the final end
  AtFunctionEnd,  // branches to the function label
  FuncExitEnd,
  WriteBack, // of counters in locals
  Handler,   // of what leaves the body by an exception
  Offset,    // B's new offset is asked for
  Recode,    // B's own bytes
};

struct Edit {
  enum class Kind : uint8_t {
    Site,      // index: site; capture: its results, or -1
    Capture,   // index: capture
    Restore,   // index: capture
    Release,   // index: capture
    SetFlag,   // index: local
    ClearFlag, // index: local
    GuardOpen, // index: local
    GuardClose,
    OpenWrapper,
    CloseWrapper,
    Handler,
    Count,     // index: increment
    WriteBack, // index: 1 where the function goes on
    OpenAlt,   // index: alt
    CloseAlt,  // index: 1 where control never passes
    Function,  // index: new function index; replaces bytes up to `end`
    Recode,    // index: entry of `recoded`; replaces bytes up to `end`
    Offset,    // index: position in the list of offsets
  } kind;
  Phase phase;
  uint32_t matched; // opidx of the instruction that this comes from
  size_t offset;
  size_t end = 0;
  uint32_t index = 0;
  int32_t results = -1;
  uint32_t sequence = 0; // order of creation
};

/// Values on top of the stack that sites read, in locals.
struct Capture {
  llvm::SmallVector<wasm::ValType, 4> types; // from the top
  llvm::SmallBitVector needed;
  /// Filled when emitted, or before; UINT32_MAX for what is dropped.
  llvm::SmallVector<uint32_t, 4> locals;
  bool isUnique = false; // the locals are not shared
  /// The values leave the stack, and come back by an edit of their own, if at
  /// all. Those that are not needed are dropped.
  bool isSpilled = false;
};

/// What replaces an instruction, a construct or the arm of an `else`.
struct AltPlace {
  uint32_t site = 0;
  int32_t operands = -1; // capture
  /// What the body leaves on the stack, bottom first.
  llvm::SmallVector<wasm::ValType, 2> results;
  bool isDynamic = false;     // AltTaken decides
  bool isTailCall = false;    // results leave the function
  bool keepsOperands = false; // they are what is left
  bool returnsValues = false; // AltResult gives the results
  int32_t check = -1;
  size_t end = 0; // where the application goes on; not dynamic
};

/// A site of the function at work.
struct PlacedSite {
  const SiteRef *ref;
  const Template *source;
  const SiteTable *table;
  int32_t operands = -1; // capture of the operands
  bool isEmitted = false;
};

/// The outcome of the placer. Reused from function to function.
struct Placement {
  std::vector<Edit> edits;
  std::vector<PlacedSite> sites;
  std::vector<Capture> captures;
  std::vector<AltPlace> alts;
  std::vector<Buffer> recoded; // instructions with other immediates
  llvm::SmallVector<uint32_t, 4> funcExits; // sites
  /// Places whose code may not be valid: see CheckedPlace.
  llvm::SmallVector<CheckedPlace, 0> checks;
  /// Counters that have a local in this function.
  llvm::SmallVector<std::pair<uint32_t, uint32_t>, 4> counterLocals;
  LocalPool pool;
  LocalDecls decls;
  uint32_t numParams = 0;
  bool hasSpills = false; // a capture was emitted
  /// How the body gets a handler of exceptions, if it does.
  ExceptionStyle handler = ExceptionStyle::None;
  void clear() {
    edits.clear();
    sites.clear();
    captures.clear();
    alts.clear();
    checks.clear();
    recoded.clear();
    funcExits.clear();
    counterLocals.clear();
    hasSpills = false;
  }
};

/// The type of a local that holds a value: locals are nullable, so that their
/// use does not depend on where they were set.
wasm::ValType getStorageType(wasm::ValType type);

/// Gives a capture its locals.
void takeLocals(Capture &capture, LocalPool &pool);

/// Appends an instruction with exchanged immediates: `changes` holds their
/// numbers and values, `shiftLabel` gives the new label for an old one.
llvm::Error recodeInstr(wasm::ByteSink &out, const Context &ctx,
                        const wasm::Instr &instr,
                        llvm::ArrayRef<std::pair<uint32_t, uint64_t>> changes,
                        llvm::function_ref<uint32_t(uint32_t)> shiftLabel);

/// Writes the instructions of a body, with the edits, to `code`.
void emitBody(Context &ctx, Placement &placement, uint32_t function,
              Buffer &code);

/// What a function has of counters: ranges of the table's lists.
struct CounterPlaces {
  llvm::ArrayRef<profile::Increment> increments;
  llvm::ArrayRef<profile::WriteBack> writeBacks;
};

/// Fills `placement.edits` with all edits of a function, in order.
llvm::Error placeSites(Context &ctx, uint32_t defined,
                       llvm::ArrayRef<SiteRef> sites, CounterPlaces counters,
                       Placement &placement);

/// Appends the code of an increment. In front of a branch it leaves the
/// condition where it is.
void emitIncrement(wasm::ByteSink &out, const Context &ctx,
                   Placement &placement, const profile::Increment &increment);
/// Appends the code that adds locals to their counters.
void emitWriteBack(wasm::ByteSink &out, const Context &ctx,
                   const Placement &placement, bool goesOn);

} // namespace whamm::rewrite::detail

#endif // WHAMM_LIB_TARGET_REWRITE_SPLICEBODY_H
