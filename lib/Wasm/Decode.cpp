//===- Decode.cpp - Decoding instructions -----------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Reader.h"

#include <array>

using namespace llvm;
using namespace whamm::wasm;

static_assert(Opcode::Delegate < Opcode::TryTable &&
              Opcode::End < Opcode::TryTable);

/// Reads `Count` plain integers.
template <unsigned Count>
static void readIndices(Reader &reader, Instr &instr) {
  for (unsigned i = 0; i != Count; ++i)
    instr.imms[i] = reader.readU32();
  instr.numImms = Count;
}

static void readMemArg(Reader &reader, Instr &instr) {
  size_t start = reader.getOffset();
  uint32_t flags = reader.readU32();
  // Bit 6 says that a memory index follows.
  if (flags >= 0x80)
    return reader.fail(start, "malformed memop flags");
  instr.mem.memory = flags & 0x40 ? reader.readU32() : 0;
  instr.mem.align = flags & 0x3F;
  instr.mem.offset = reader.readU64();
}

static void readLane(Reader &reader, Instr &instr) {
  instr.imms[0] = reader.readByte();
  instr.numImms = 1;
}

static void readLabels(Reader &reader, Instr &instr, InstrStorage &storage) {
  uint32_t count = reader.readCount();
  storage.targets.clear();
  for (uint64_t i = 0; i <= count && !reader.failed(); ++i)
    storage.targets.push_back(reader.readU32());
  instr.targets = storage.targets;
}

static void readSelectTypes(Reader &reader, Instr &instr,
                            InstrStorage &storage) {
  uint32_t count = reader.readCount();
  storage.selectTypes.clear();
  for (uint32_t i = 0; i != count && !reader.failed(); ++i)
    storage.selectTypes.push_back(reader.readValType());
  instr.selectTypes = storage.selectTypes;
}

static void readCatches(Reader &reader, Instr &instr, InstrStorage &storage) {
  instr.block = reader.readBlockType();
  uint32_t count = reader.readCount();
  storage.catches.clear();
  for (uint32_t i = 0; i != count && !reader.failed(); ++i) {
    CatchClause clause;
    uint8_t kind = reader.readByte();
    if (kind > 3)
      return reader.failHere("malformed catch clause");
    clause.kind = static_cast<CatchClause::Kind>(kind);
    if (clause.kind < CatchClause::Kind::CatchAll)
      clause.tag = reader.readU32();
    clause.label = reader.readU32();
    storage.catches.push_back(clause);
  }
  instr.catches = storage.catches;
}

static void readCastBranch(Reader &reader, Instr &instr) {
  size_t start = reader.getOffset();
  uint8_t flags = reader.readByte();
  if (flags > 3)
    return reader.fail(start, "malformed br_on_cast flags");
  readIndices<1>(reader, instr);
  instr.castSource = reader.readHeapType(flags & 1);
  instr.refType = reader.readHeapType(flags & 2);
}

/// The nullability of the type that `ref.null`, `ref.test` ... name.
static bool isNullableForm(Opcode opcode) {
  return opcode == Opcode::RefNull || opcode == Opcode::RefTestNull ||
         opcode == Opcode::RefCastNull;
}

/// The forms that are not plain indices.
static void readOther(Reader &reader, Instr &instr, InstrStorage &storage,
                      ImmForm form) {
  switch (form) {
  case ImmForm::MemAccessLane:
    readMemArg(reader, instr);
    return readLane(reader, instr);
  case ImmForm::Lane:
    return readLane(reader, instr);
  case ImmForm::BlockSigCatches:
    return readCatches(reader, instr, storage);
  case ImmForm::LabelTable:
    return readLabels(reader, instr, storage);
  case ImmForm::SelectTypes:
    return readSelectTypes(reader, instr, storage);
  case ImmForm::HeapRef:
    instr.refType = reader.readHeapType(isNullableForm(instr.opcode));
    return;
  case ImmForm::CastBranch:
    return readCastBranch(reader, instr);
  case ImmForm::ConstF32:
    instr.constBits = reader.readFixed(4);
    return;
  case ImmForm::ConstF64:
    instr.constBits = reader.readFixed(8);
    return;
  case ImmForm::ConstV128:
  case ImmForm::Shuffle:
    instr.constBits = reader.readFixed(8);
    instr.constBitsHigh = reader.readFixed(8);
    return;
  case ImmForm::ZeroByte:
    if (reader.readByte() != 0)
      reader.failHere("zero byte expected");
    return;
  default:
    llvm_unreachable("forms of plain indices are read by the caller");
  }
}

static void readImmediates(Reader &reader, Instr &instr,
                           InstrStorage &storage) {
  ImmForm form = getOpcodeInfo(instr.opcode).form;
  instr.numImms = 0;
  switch (form) {
  case ImmForm::NoImm:
    return;
  case ImmForm::Label:
  case ImmForm::Func:
  case ImmForm::Type:
  case ImmForm::Table:
  case ImmForm::Memory:
  case ImmForm::Global:
  case ImmForm::Local:
  case ImmForm::Tag:
  case ImmForm::Data:
  case ImmForm::Elem:
    return readIndices<1>(reader, instr);
  case ImmForm::TypeTable:
  case ImmForm::TypeField:
  case ImmForm::TypeCount:
  case ImmForm::TypeData:
  case ImmForm::TypeElem:
  case ImmForm::TypeType:
  case ImmForm::TableTable:
  case ImmForm::ElemTable:
  case ImmForm::DataMemory:
  case ImmForm::MemoryMemory:
    return readIndices<2>(reader, instr);
  case ImmForm::MemAccess:
    return readMemArg(reader, instr);
  case ImmForm::BlockSig:
    instr.block = reader.readBlockType();
    return;
  case ImmForm::ConstI32:
    instr.constBits = static_cast<int64_t>(reader.readS32());
    return;
  case ImmForm::ConstI64:
    instr.constBits = reader.readS64();
    return;
  default:
    return readOther(reader, instr, storage, form);
  }
}

void whamm::wasm::decodeInstr(Reader &reader, Instr &instr,
                              InstrStorage &storage) {
  instr.begin = reader.getOffset();
  uint8_t byte = reader.readByte();
  std::optional<Opcode> opcode;
  if (LLVM_UNLIKELY(isOpcodePrefix(byte)))
    opcode = decodeOpcode(byte, reader.readU32());
  else
    opcode = decodeOpcode(0, byte);
  if (reader.failed())
    return;
  if (!opcode)
    return reader.fail(instr.begin, "illegal opcode");
  instr.opcode = *opcode;
  readImmediates(reader, instr, storage);
  instr.end = reader.getOffset();
}

ByteRange whamm::wasm::skipConstExpr(Reader &reader) {
  ByteRange range{reader.getOffset(), reader.getOffset()};
  Instr instr;
  InstrStorage storage;
  do {
    decodeInstr(reader, instr, storage);
    if (isBlockLike(instr.opcode) && !reader.failed())
      reader.fail(instr.begin, "constant expression required");
  } while (!reader.failed() && instr.opcode != Opcode::End);
  range.end = reader.getOffset();
  return range;
}

//===----------------------------------------------------------------------===//
// FunctionCursor
//===----------------------------------------------------------------------===//

/// What a byte starts, where at most three bytes make up the whole instruction.
struct FunctionCursor::QuickEntry {
  enum Kind : uint8_t { Slow, None, Index, Const, Access } kind = Slow;
  Opcode opcode = Opcode::Unreachable;
};

/// The entries of all bytes.
const FunctionCursor::QuickEntry *FunctionCursor::getQuickTable() {
  auto getKind = [](ImmForm form) {
    switch (form) {
    case ImmForm::NoImm:
      return QuickEntry::None;
    case ImmForm::ConstI32:
    case ImmForm::ConstI64:
      return QuickEntry::Const;
    case ImmForm::Local:
    case ImmForm::Global:
    case ImmForm::Label:
    case ImmForm::Func:
      return QuickEntry::Index;
    case ImmForm::MemAccess:
      return QuickEntry::Access;
    default:
      return QuickEntry::Slow;
    }
  };
  static const std::array<QuickEntry, 256> table = [&] {
    std::array<QuickEntry, 256> table;
    for (unsigned byte = 0; byte != 256; ++byte)
      if (std::optional<Opcode> opcode = decodeOpcode(0, byte))
        table[byte] = {getKind(getOpcodeInfo(*opcode).form), *opcode};
    return table;
  }();
  return table.data();
}

/// Decodes the short forms that most instructions have; false for the others.
bool FunctionCursor::decodeQuick() {
  if (bodyEnd - pos < 3)
    return false;
  const uint8_t *code = bytes.data() + pos;
  QuickEntry entry = quickTable[code[0]];
  bool isShort = code[1] < 0x80;
  switch (entry.kind) {
  case QuickEntry::Slow:
    return false;
  case QuickEntry::None:
    instr.numImms = 0;
    instr.end = pos + 1;
    break;
  case QuickEntry::Index:
    if (!isShort && code[2] >= 0x80)
      return false;
    instr.imms[0] = isShort ? code[1] : (code[1] & 0x7F) | code[2] << 7;
    instr.numImms = 1;
    instr.end = pos + (isShort ? 2 : 3);
    break;
  case QuickEntry::Const:
    if (!isShort)
      return false;
    // Bit 6 is the sign.
    instr.constBits = static_cast<int64_t>(code[1] ^ 0x40) - 0x40;
    instr.numImms = 0;
    instr.end = pos + 2;
    break;
  case QuickEntry::Access:
    // Bit 6 says that a memory index follows.
    if (code[1] >= 0x40 || code[2] >= 0x80)
      return false;
    instr.mem = {0, code[1], code[2]};
    instr.numImms = 0;
    instr.end = pos + 3;
    break;
  }
  instr.opcode = entry.opcode;
  instr.begin = pos;
  return true;
}

/// Decodes any instruction.
bool FunctionCursor::decodeSlow() {
  Reader reader(bytes, pos, bodyEnd);
  decodeInstr(reader, instr, storage);
  return !reader.failed() || fail(reader.getErrorOffset(), reader.getMessage());
}

FunctionCursor::FunctionCursor(const Module &module, uint32_t defined)
    : FunctionCursor(module.bytes, module.bodies[defined].range.begin,
                     module.bodies[defined].codeBegin,
                     module.bodies[defined].range.end) {}

bool FunctionCursor::fail(size_t offset, const char *message) {
  errorOffset = offset;
  errorMessage = message;
  done = true;
  return false;
}

bool FunctionCursor::updateDepth() {
  if (isBlockLike(instr.opcode)) {
    depthAfter = depth + 1;
  } else if (instr.opcode == Opcode::End) {
    functionEnd = depth == 0;
    depthAfter = depth - (functionEnd ? 0 : 1);
  } else if (instr.opcode == Opcode::Delegate) {
    if (depth == 0)
      return fail(instr.begin, "delegate outside of a try");
    depthAfter = depth - 1;
  }
  return true;
}

bool FunctionCursor::next() {
  if (done)
    return false;
  depth = depthAfter;
  if (functionEnd) {
    done = true;
    return pos == bodyEnd ? false : fail(pos, "code behind the final end");
  }
  if (!decodeQuick() && !decodeSlow())
    return false;
  pos = instr.end;
  instr.pc = instr.begin - bodyBegin;
  instr.opidx = nextOpidx++;
  // Everything that nests comes early in the enum; most instructions do not.
  if (instr.opcode <= Opcode::TryTable)
    return updateDepth();
  return true;
}

Error FunctionCursor::takeError() {
  if (!errorMessage)
    return Error::success();
  const char *message = std::exchange(errorMessage, nullptr);
  return make_error<ReadError>(errorOffset, message);
}
