//===- ActiveData.cpp - What memories hold at first -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/ActiveData.h"

#include "whamm/Wasm/FunctionCursor.h"

using namespace whamm;
using namespace whamm::wasm;

/// The offset of a segment that is a single constant.
static std::optional<uint64_t> getOffset(const Module &module,
                                         ByteRange range) {
  FunctionCursor cursor = FunctionCursor::forConstExpr(module, range);
  std::optional<uint64_t> offset;
  bool isConstant = true;
  while (cursor.next()) {
    const Instr &instr = cursor.get();
    if (instr.opcode == Opcode::I32Const)
      offset = static_cast<uint32_t>(instr.constBits);
    else if (instr.opcode == Opcode::I64Const)
      offset = instr.constBits;
    else
      isConstant &= instr.opcode == Opcode::End;
  }
  // Validation has been over it.
  llvm::consumeError(cursor.takeError());
  return isConstant ? offset : std::nullopt;
}

DataSpan wasm::getActiveData(const Module &module, uint32_t memory) {
  DataSpan span;
  bool isEmpty = true;
  for (const DataSegment &segment : module.data) {
    if (!segment.isActive || segment.memory != memory ||
        segment.bytes.size() == 0)
      continue;
    std::optional<uint64_t> offset = getOffset(module, segment.offset);
    if (!offset)
      continue;
    uint64_t end = *offset + segment.bytes.size();
    span.begin = isEmpty ? *offset : std::min(span.begin, *offset);
    span.end = isEmpty ? end : std::max(span.end, end);
    isEmpty = false;
  }
  return span;
}
