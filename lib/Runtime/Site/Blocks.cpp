//===- Blocks.cpp - Basic blocks ------------------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The partition into basic blocks that the compiler makes when it rewrites
/// (BlockTracker in whamm/Wasm/Blocks.h).
///
//===----------------------------------------------------------------------===//

#include "Function.h"

using namespace whamm::site;

void Function::markTarget(uint32_t label) {
  if (label >= labels.size())
    return;
  uint32_t opener = labels[labels.size() - 1 - label];
  if (opener == none)
    isLeftByBranch = true;
  else if (instrs[opener].opcode != Opcode::Loop)
    instrs[opener].flags |= Instr::IsJoin; // for what closes it
}

void Function::markTargets(uint32_t index, ImmForm form) {
  switch (form) {
  case ImmForm::Label:
    // `delegate` and `rethrow` name a construct but do not branch to its end.
    if (instrs[index].opcode != Opcode::Delegate &&
        instrs[index].opcode != Opcode::Rethrow)
      markTarget(getImmediates(index).plain[0]);
    return;
  case ImmForm::CastBranch:
    return markTarget(getImmediates(index).plain[0]);
  case ImmForm::LabelTable:
  case ImmForm::BlockSigCatches: {
    const Array<uint32_t> &targets = getImmediates(index).labels;
    for (uint32_t i = 0; i != targets.size(); ++i)
      markTarget(targets[i]);
    return;
  }
  default:
    return;
  }
}

/// Closes the innermost construct; says whether a block ends there.
bool Function::close(uint32_t index) {
  uint32_t opener = labels.pop();
  bool isJoin =
      opener == none ? isLeftByBranch : instrs[opener].has(Instr::IsJoin);
  if (isJoin)
    instrs[index].flags |= Instr::IsJoin;
  return isJoin || opener == none || instrs[index].opcode == Opcode::Delegate;
}

void Function::markBlocks() {
  hasBlocks = true;
  labels.clear();
  labels.push(none);
  isLeftByBranch = false;
  const ModuleFacts &module = getModule();
  bool starts = true;
  for (uint32_t index = 0; index != instrs.size(); ++index) {
    const Shape &shape = getShapeOf(index);
    Instr &instr = instrs[index];
    markTargets(index, shape.form);
    bool ends = shape.endsBlock;
    if (module.hasProcExit && instr.opcode == Opcode::Call)
      ends = module.isProcExit(getImmediates(index).plain[0]);
    if (shape.isBlockLike) {
      labels.push(index);
      // Its arms come together at the end.
      if (shape.rule == TypeRule::If)
        instr.flags |= Instr::IsJoin;
    } else if (closesConstruct(shape.rule)) {
      ends = close(index);
    } else if (shape.rule == TypeRule::Catch) {
      markTarget(0);
    }
    instr.flags |=
        (starts ? Instr::StartsBlock : 0) | (ends ? Instr::EndsBlock : 0);
    starts = ends;
  }
}

uint32_t Function::getBlockCount(uint32_t index) const {
  uint32_t first = index;
  while (!instrs[first].has(Instr::StartsBlock))
    --first;
  return index - first + 1;
}
