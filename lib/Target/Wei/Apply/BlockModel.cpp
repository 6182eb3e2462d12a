//===- BlockModel.cpp - The engine's block events ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "BlockModel.h"

using namespace llvm;
using namespace whamm;
using namespace whamm::wei;
using wasm::Instr;
using wasm::Opcode;

namespace {
enum class Kind : uint8_t { Loop, Ends, Leaves, End, Other };
} // namespace

static Kind getKind(Opcode opcode) {
  switch (opcode) {
  case Opcode::Loop:
    return Kind::Loop;
  case Opcode::If:
  case Opcode::Else:
  case Opcode::BrIf:
  case Opcode::BrOnNull:
  case Opcode::BrOnNonNull:
  case Opcode::BrOnCast:
  case Opcode::BrOnCastFail:
  case Opcode::Catch:
  case Opcode::CatchAll:
    return Kind::Ends;
  case Opcode::Br:
  case Opcode::BrTable:
  case Opcode::Return:
  case Opcode::ReturnCall:
  case Opcode::ReturnCallIndirect:
  case Opcode::Unreachable:
  case Opcode::Throw:
  case Opcode::Rethrow:
  case Opcode::ThrowRef:
    return Kind::Leaves;
  case Opcode::End:
    return Kind::End;
  default:
    return Kind::Other;
  }
}

BlockEvents BlockModel::enter(const wasm::Module &module, uint32_t defined) {
  opcodes.clear();
  wasm::FunctionCursor cursor(module, defined);
  while (cursor.next())
    opcodes.push_back(cursor.get().opcode);
  consumeError(cursor.takeError()); // the caller's walk reports it
  frames.assign(1, Frame());
  isPending = true;
  count = lookAhead = 0;
  BlockEvents events;
  stepOther(events, std::nullopt);
  return events;
}

void BlockModel::start(BlockEvents &events) {
  events.start = true;
  isPending = false;
  count = 0;
}

BlockEvents BlockModel::step(const Instr &instr) {
  BlockEvents events;
  Kind kind = getKind(instr.opcode);
  if (kind == Kind::Loop || (kind == Kind::End && isTopReferenced())) {
    start(events);
    count = 1;
  } else if (kind == Kind::Ends || kind == Kind::Leaves) {
    end(events);
    isPending |= kind == Kind::Ends;
  } else {
    stepOther(events, instr.opidx);
  }
  updateFrames(instr);
  return events;
}

void BlockModel::stepOther(BlockEvents &events, std::optional<uint32_t> index) {
  if (isPending)
    start(events);
  if (looksLikeStart(index)) {
    end(events);
  } else {
    isPending = false;
    ++count;
  }
}

/// Meant to examine the instruction behind `index`: right as long as it was
/// asked for each instruction but one at a time.
bool BlockModel::looksLikeStart(std::optional<uint32_t> index) {
  uint32_t examined = 0;
  if (index)
    examined = lookAhead == *index ? *index + 1 : lookAhead;
  lookAhead = std::min<uint32_t>(examined + 1, opcodes.size());
  if (examined >= opcodes.size())
    return true;
  return opcodes[examined] == Opcode::Loop ||
         (opcodes[examined] == Opcode::End && isTopReferenced());
}

void BlockModel::reference(uint32_t label) {
  if (label < frames.size())
    frames[frames.size() - 1 - label].isReferenced = true;
}

void BlockModel::updateFrames(const Instr &instr) {
  switch (instr.opcode) {
  case Opcode::Br:
  case Opcode::BrIf:
  case Opcode::BrOnNull:
  case Opcode::BrOnNonNull:
  case Opcode::BrOnCast:
  case Opcode::BrOnCastFail:
    return reference(instr.imms[0]);
  case Opcode::BrTable:
    for (uint32_t label : instr.targets)
      reference(label);
    return;
  case Opcode::Else:
  case Opcode::Catch:
  case Opcode::CatchAll:
    return reference(0);
  case Opcode::TryTable:
    for (const wasm::CatchClause &clause : instr.catches)
      reference(clause.label);
    frames.emplace_back();
    return;
  case Opcode::Block:
  case Opcode::Loop:
  case Opcode::If:
  case Opcode::Try:
    frames.push_back({instr.opcode == Opcode::Loop, false});
    return;
  case Opcode::End:
  case Opcode::Delegate:
    if (!frames.empty())
      frames.pop_back();
    return;
  default:
    return;
  }
}
