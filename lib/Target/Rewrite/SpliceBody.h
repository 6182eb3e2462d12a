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
  OpenWrapper,    // a block around the body, for what runs at its end
  ResultsBehind,  // A's own `after` sites
  NotTaken,       // code of a conditional branch A that was not taken
  ResolvedBehind, // resolved from other instructions behind A
  Release,        // locals of A's operands
  Capture,        // operands of B
  Before,         // B's own `before` list
  FuncEntry,
  ResolvedBefore, // resolved from other instructions in front of B
  FuncExit,       // B leaves the function
  SetFlag,        // B is a branch whose target wants to know
  CloseWrapper,   // B is the final end
  AtFunctionEnd,  // branches to the function label
  FuncExitEnd,
  Offset, // B's new offset is asked for
};

struct Edit {
  enum class Kind : uint8_t {
    Site,      // index: site; capture: its results, or -1
    Capture,   // index: capture
    Release,   // index: capture
    SetFlag,   // index: local
    ClearFlag, // index: local
    GuardOpen, // index: local
    GuardClose,
    OpenWrapper, // index: type
    CloseWrapper,
    Function, // index: new function index; replaces bytes up to `end`
    Offset,   // index: position in the list of offsets
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
  llvm::SmallVector<uint32_t, 4> locals; // filled when emitted, or before
  bool isUnique = false;                 // the locals are not shared
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
  LocalPool pool;
  LocalDecls decls;
  uint32_t numParams = 0;
  bool hasSpills = false; // a capture was emitted
  void clear() {
    edits.clear();
    sites.clear();
    captures.clear();
    hasSpills = false;
  }
};

/// The type of a local that holds a value: locals are nullable, so that their
/// use does not depend on where they were set.
wasm::ValType getStorageType(wasm::ValType type);

/// Fills `placement.edits` with all edits of a function, in order.
llvm::Error placeSites(Context &ctx, uint32_t defined,
                       llvm::ArrayRef<SiteRef> sites, Placement &placement);

} // namespace whamm::rewrite::detail

#endif // WHAMM_LIB_TARGET_REWRITE_SPLICEBODY_H
