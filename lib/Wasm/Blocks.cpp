//===- Blocks.cpp - Basic blocks of a function ------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/Blocks.h"

using namespace llvm;
using namespace whamm::wasm;

void BlockTracker::enter() {
  constructs.clear();
  constructs.push_back({Opcode::Block, true}); // the function itself
  starts = false;
  ends = true;
  instrCount = 0;
  blockIndex = UINT32_MAX; // the first step makes it 0
}

void BlockTracker::addTarget(uint32_t label) {
  if (label >= constructs.size())
    return; // not valid; validation says so
  Construct &target = constructs[constructs.size() - 1 - label];
  // A branch to a loop goes to its head, where a block starts anyway.
  if (target.opcode != Opcode::Loop)
    target.isJoin = true;
}

void BlockTracker::addTargets(const Instr &instr) {
  switch (getOpcodeInfo(instr.opcode).form) {
  case ImmForm::Label:
    // `delegate` and `rethrow` name a construct but do not branch to its end.
    if (instr.opcode != Opcode::Delegate && instr.opcode != Opcode::Rethrow)
      addTarget(instr.imms[0]);
    return;
  case ImmForm::CastBranch:
    return addTarget(instr.imms[0]);
  case ImmForm::LabelTable:
    for (uint32_t label : instr.targets)
      addTarget(label);
    return;
  case ImmForm::BlockSigCatches:
    for (const CatchClause &clause : instr.catches)
      addTarget(clause.label);
    return;
  default:
    return;
  }
}

/// Closes the innermost construct; says whether a block ends there.
bool BlockTracker::closeConstruct(const Instr &instr) {
  if (constructs.empty())
    return true; // not valid; validation says so
  Construct closed = constructs.pop_back_val();
  return closed.isJoin || instr.opcode == Opcode::Delegate;
}

/// The instructions that a block can end with, or that name or nest constructs.
static bool changesFlow(const OpcodeInfo &info) {
  switch (info.form) {
  case ImmForm::Label:
  case ImmForm::CastBranch:
  case ImmForm::LabelTable:
  case ImmForm::BlockSigCatches:
  case ImmForm::Func:
    return true;
  default:
    return info.endsBlock || info.isBlockLike || info.rule == TypeRule::End;
  }
}

const uint8_t *BlockTracker::getFlowTable() {
  static const std::vector<uint8_t> table = [] {
    std::vector<uint8_t> table;
    for (const OpcodeInfo &info : getOpcodes())
      table.push_back(changesFlow(info));
    return table;
  }();
  return table.data();
}

void BlockTracker::stepFlow(const Instr &instr) {
  addTargets(instr);
  ends = whamm::wasm::endsBlock(instr.opcode) ||
         (instr.opcode == Opcode::Call && module.isProcExit(instr.imms[0]));
  if (isBlockLike(instr.opcode))
    constructs.push_back({instr.opcode, instr.opcode == Opcode::If});
  else if (instr.opcode == Opcode::End || instr.opcode == Opcode::Delegate)
    ends = closeConstruct(instr);
  else if (instr.opcode == Opcode::Catch || instr.opcode == Opcode::CatchAll)
    addTarget(0); // the arms come together at the end
}
