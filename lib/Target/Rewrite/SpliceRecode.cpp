//===- SpliceRecode.cpp - Instructions with other immediates --------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "SpliceBody.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using wasm::ImmSlot;
using wasm::Instr;

namespace {

/// Writes one instruction, immediate by immediate.
class Recoder {
public:
  Recoder(wasm::ByteSink &out, const Context &ctx, const Instr &instr,
          llvm::ArrayRef<std::pair<uint32_t, uint64_t>> changes,
          llvm::function_ref<uint32_t(uint32_t)> shiftLabel)
      : out(out), ctx(ctx), instr(instr), changes(changes),
        shiftLabel(shiftLabel), pos(instr.begin) {}
  llvm::Error run();

private:
  void copyOpcode();
  llvm::Error writeSlot(ImmSlot slot);
  /// The value of the next immediate, exchanged or not.
  uint64_t next(uint64_t value);
  void writeLabels();
  void writeCatches();
  void copyLEB();
  void skipLEB();
  void copyBlockType();
  void copyRest() {
    wasm::appendBytes(out, ctx.app.bytes.slice(pos, instr.end - pos));
    pos = instr.end;
  }

  wasm::ByteSink &out;
  const Context &ctx;
  const Instr &instr;
  llvm::ArrayRef<std::pair<uint32_t, uint64_t>> changes;
  llvm::function_ref<uint32_t(uint32_t)> shiftLabel;
  size_t pos;
  uint32_t number = 0; // of the next immediate
  uint32_t plain = 0;  // position in Instr::imms
};

} // namespace

void Recoder::copyLEB() {
  while (pos != instr.end) {
    out.push_back(ctx.app.bytes[pos]);
    if (ctx.app.bytes[pos++] < 0x80)
      return;
  }
}

void Recoder::skipLEB() {
  while (pos != instr.end && ctx.app.bytes[pos++] >= 0x80) {
  }
}

void Recoder::copyBlockType() {
  uint8_t first = ctx.app.bytes[pos];
  copyLEB();
  if (first == 0x63 || first == 0x64) // a reference: the heap type follows
    copyLEB();
}

void Recoder::copyOpcode() {
  bool isPrefix = wasm::isOpcodePrefix(ctx.app.bytes[pos]);
  out.push_back(ctx.app.bytes[pos++]);
  if (isPrefix)
    copyLEB();
}

uint64_t Recoder::next(uint64_t value) {
  for (auto [index, changed] : changes)
    if (index == number)
      value = changed; // the last one wins
  ++number;
  return value;
}

void Recoder::writeLabels() {
  wasm::appendULEB(out, instr.targets.size() - 1);
  for (uint32_t label : instr.targets)
    wasm::appendULEB(out, shiftLabel(next(label)));
}

void Recoder::writeCatches() {
  wasm::appendULEB(out, instr.catches.size());
  for (const wasm::CatchClause &clause : instr.catches) {
    out.push_back(static_cast<uint8_t>(clause.kind));
    if (clause.kind < wasm::CatchClause::Kind::CatchAll)
      wasm::appendULEB(out, clause.tag);
    wasm::appendULEB(out, shiftLabel(clause.label));
  }
}

llvm::Error Recoder::writeSlot(ImmSlot slot) {
  switch (slot) {
  case ImmSlot::Label:
    wasm::appendULEB(out, shiftLabel(next(instr.imms[plain++])));
    return llvm::Error::success();
  case ImmSlot::Func: {
    uint64_t function = next(instr.imms[plain++]);
    if (function >= ctx.app.functions.size())
      return llvm::createStringError("there is no function " +
                                     llvm::Twine(function));
    wasm::appendULEB(out, ctx.layout.mapFunction(function));
    return llvm::Error::success();
  }
  case ImmSlot::Type:
  case ImmSlot::Table:
  case ImmSlot::Memory:
  case ImmSlot::Global:
  case ImmSlot::Local:
  case ImmSlot::Tag:
  case ImmSlot::Data:
  case ImmSlot::Elem:
  case ImmSlot::Field:
  case ImmSlot::Count:
    wasm::appendULEB(out, static_cast<uint32_t>(next(instr.imms[plain++])));
    return llvm::Error::success();
  case ImmSlot::I32:
    wasm::appendSLEB(out, static_cast<int32_t>(next(instr.constBits)));
    return llvm::Error::success();
  case ImmSlot::I64:
    wasm::appendSLEB(out, static_cast<int64_t>(next(instr.constBits)));
    return llvm::Error::success();
  case ImmSlot::F32:
    wasm::appendFixed32(out, static_cast<uint32_t>(next(instr.constBits)));
    return llvm::Error::success();
  case ImmSlot::F64:
    wasm::appendFixed64(out, next(instr.constBits));
    return llvm::Error::success();
  case ImmSlot::Labels:
    writeLabels();
    return llvm::Error::success();
  case ImmSlot::CastTypes: // flags, label, types
    out.push_back(ctx.app.bytes[pos++]);
    skipLEB();
    wasm::appendULEB(out, shiftLabel(next(instr.imms[plain++])));
    copyRest();
    return llvm::Error::success();
  case ImmSlot::BlockType:
    copyBlockType();
    return llvm::Error::success();
  case ImmSlot::Catches:
    writeCatches();
    return llvm::Error::success();
  default:
    return llvm::createStringError("the immediates of " +
                                   wasm::getMnemonic(instr.opcode) +
                                   " cannot be exchanged");
  }
}

llvm::Error Recoder::run() {
  copyOpcode();
  for (ImmSlot slot : wasm::getImmSlots(wasm::getOpcodeInfo(instr.opcode).form))
    if (llvm::Error error = writeSlot(slot))
      return error;
  for (auto [index, value] : changes)
    if (index >= number)
      return llvm::createStringError(wasm::getMnemonic(instr.opcode) +
                                     " has no immediate " + llvm::Twine(index));
  return llvm::Error::success();
}

llvm::Error
detail::recodeInstr(wasm::ByteSink &out, const Context &ctx, const Instr &instr,
                    llvm::ArrayRef<std::pair<uint32_t, uint64_t>> changes,
                    llvm::function_ref<uint32_t(uint32_t)> shiftLabel) {
  return Recoder(out, ctx, instr, changes, shiftLabel).run();
}
