//===- Blocks.h - Basic blocks of a function --------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The partition of a function's instructions into basic blocks. Every
/// instruction belongs to exactly one block, dead code included.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_BLOCKS_H
#define WHAMM_WASM_BLOCKS_H

#include "whamm/Wasm/FunctionCursor.h"

namespace whamm::wasm {

/// Finds block boundaries while a function is walked. A block ends behind
/// `loop`, `if`, `else`; behind every instruction that can branch, return,
/// throw or trap unconditionally; behind an `end` where control flows together
/// (something branches to it, it closes an `if`, or the arms of a legacy
/// `try`); behind a call of proc_exit, which does not return; and with the
/// function.
class BlockTracker {
public:
  explicit BlockTracker(const Module &module)
      : module(module), flowTable(getFlowTable()) {}

  /// Starts a function.
  void enter();
  /// Goes over an instruction; they have to come in order and all of them.
  void step(const Instr &instr) {
    starts = ends;
    if (starts) {
      instrCount = 0;
      ++blockIndex;
    }
    ++instrCount;
    ends = false;
    if (LLVM_UNLIKELY(flowTable[static_cast<uint16_t>(instr.opcode)]))
      stepFlow(instr);
  }

  /// The last stepped instruction is the first of a block.
  bool startsBlock() const { return starts; }
  /// It is the last of a block.
  bool endsBlock() const { return ends; }
  /// The instructions of its block so far, itself included: those of the whole
  /// block where endsBlock().
  uint32_t getInstrCount() const { return instrCount; }
  /// Number of its block in the function.
  uint32_t getBlockIndex() const { return blockIndex; }

private:
  struct Construct {
    Opcode opcode;
    bool isJoin; // control flows together at its `end`
  };
  /// Per opcode, whether stepFlow has something to do.
  static const uint8_t *getFlowTable();
  void stepFlow(const Instr &instr);
  void addTarget(uint32_t label);
  void addTargets(const Instr &instr);
  bool closeConstruct(const Instr &instr);

  const Module &module;
  const uint8_t *flowTable;
  llvm::SmallVector<Construct, 16> constructs;
  bool starts = false, ends = true;
  uint32_t instrCount = 0, blockIndex = 0;
};

} // namespace whamm::wasm

#endif // WHAMM_WASM_BLOCKS_H
