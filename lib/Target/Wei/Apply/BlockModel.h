//===- BlockModel.h - The engine's block events -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Where an engine fires `block:start` and `block:end`: its own left-to-right
/// pass, whose look-ahead goes astray behind two control instructions in a row.
/// Monitors count on it as it is.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_WEI_APPLY_BLOCKMODEL_H
#define WHAMM_LIB_TARGET_WEI_APPLY_BLOCKMODEL_H

#include "whamm/Wasm/FunctionCursor.h"

namespace whamm::wei {

/// What fires at a place, in this order.
struct BlockEvents {
  bool start = false;
  /// `instr_count` of the block that ends, or 0.
  uint32_t endCount = 0;
};

class BlockModel {
public:
  /// Starts a function; gives the events of the step before its first
  /// instruction.
  BlockEvents enter(const wasm::Module &module, uint32_t defined);
  /// The events at an instruction; they come in order and all of them.
  BlockEvents step(const wasm::Instr &instr);

private:
  struct Frame {
    bool isLoop = false;
    /// Something goes to its end but what falls into it.
    bool isReferenced = false;
  };

  void start(BlockEvents &events);
  void end(BlockEvents &events) { events.endCount = ++count; }
  void stepOther(BlockEvents &events, std::optional<uint32_t> index);
  bool looksLikeStart(std::optional<uint32_t> index);
  bool isTopReferenced() const {
    return !frames.empty() && !frames.back().isLoop &&
           frames.back().isReferenced;
  }
  void reference(uint32_t label);
  void updateFrames(const wasm::Instr &instr);

  llvm::SmallVector<wasm::Opcode, 0> opcodes;
  llvm::SmallVector<Frame, 16> frames;
  bool isPending = false;
  uint32_t count = 0;
  uint32_t lookAhead = 0; // the next index that the look-ahead examines
};

} // namespace whamm::wei

#endif // WHAMM_LIB_TARGET_WEI_APPLY_BLOCKMODEL_H
