//===- Reassemble.h - Putting optimised bodies back -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Takes bodies out of the module that Binaryen wrote and puts them into the
/// original, whose other bytes stay what they are.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_BINARYEN_REASSEMBLE_H
#define WHAMM_LIB_TARGET_REWRITE_BINARYEN_REASSEMBLE_H

#include "whamm/Wasm/Encode.h"
#include "whamm/Wasm/FunctionCursor.h"
#include "whamm/Wasm/Module.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"

namespace whamm::rewrite::binaryen {

/// The bodies that replace those of the original, by defined function.
class NewBodies {
public:
  explicit NewBodies(const wasm::Module &original);

  /// Checks that `written` has the index spaces of the original; Binaryen keeps
  /// them, but for types.
  llvm::Error setSource(const wasm::Module &written);

  /// Takes the body of a function over, with its type indices translated.
  /// Calls `visit` for each of its instructions.
  llvm::Error take(uint32_t defined,
                   llvm::function_ref<void(const wasm::Instr &)> visit);

  /// Gives a function a body that is never called.
  void setStub(uint32_t defined);

  bool has(uint32_t defined) const { return bodies.contains(defined); }

  /// The original with the new bodies.
  std::vector<uint8_t> assemble() const;

private:
  /// Where a body lies in `storage`.
  struct Body {
    size_t begin, size;
  };

  uint32_t translateType(uint32_t written);
  void appendInstr(const wasm::Instr &instr);
  void appendTypeSection(wasm::ByteSink &out) const;
  void appendCodeSection(wasm::ByteSink &out) const;
  void appendNameSection(wasm::Bytes content, wasm::ByteSink &out) const;
  void appendHints(llvm::StringRef name, wasm::Bytes content,
                   wasm::ByteSink &out) const;

  const wasm::Module &original;
  const wasm::Module *source = nullptr;
  llvm::StringMap<uint32_t> typeIndices;  // by encoded signature
  llvm::SmallVector<uint32_t, 0> typeMap; // of the source; ~0: not yet known
  llvm::SmallVector<uint8_t, 0> newTypes; // encoded, behind the original ones
  uint32_t numNewTypes = 0;
  llvm::DenseMap<uint32_t, Body> bodies;
  llvm::SmallVector<uint8_t, 0> storage;
};

} // namespace whamm::rewrite::binaryen

#endif // WHAMM_LIB_TARGET_REWRITE_BINARYEN_REASSEMBLE_H
