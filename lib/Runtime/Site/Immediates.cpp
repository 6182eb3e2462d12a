//===- Immediates.cpp - Decoding immediates -------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Immediates.h"

using namespace whamm::site;

static void addPlain(Immediates &out, uint32_t value) {
  out.plain[out.numPlain++] = value;
}

static void readMemArg(Bytes &bytes, Immediates &out) {
  uint32_t flags = bytes.readU32();
  // Bit 6 says that a memory index follows.
  out.memory = flags & 0x40 ? bytes.readU32() : 0;
  out.align = flags & 0x3F;
  out.offset = bytes.readU64();
}

/// One-byte negative numbers are value types or 0x40 for none, the others type
/// indices.
static void readBlockType(Bytes &bytes, Immediates &out) {
  uint8_t byte = bytes.peek();
  if (byte == 0x40)
    bytes.skip(1);
  else if ((byte & 0xC0) == 0x40)
    out.type = readValueType(bytes);
  else
    out.blockType = static_cast<uint32_t>(bytes.readSigned());
}

static void readCatches(Bytes &bytes, Immediates &out) {
  constexpr uint8_t catchAll = 2;
  for (uint32_t count = bytes.readU32(); count; --count) {
    if (bytes.readByte() < catchAll)
      bytes.readU32(); // the tag
    out.labels.push(bytes.readU32());
  }
}

static void readSlot(Bytes &bytes, ImmSlot slot, Immediates &out) {
  switch (slot) {
  case ImmSlot::Lane:
    return addPlain(out, bytes.readByte());
  case ImmSlot::BlockType:
    return readBlockType(bytes, out);
  case ImmSlot::MemArg:
    return readMemArg(bytes, out);
  case ImmSlot::I32:
  case ImmSlot::I64:
    out.bits = static_cast<uint64_t>(bytes.readSigned());
    return;
  case ImmSlot::F32:
    out.bits = bytes.readFixed(4);
    return;
  case ImmSlot::F64:
    out.bits = bytes.readFixed(8);
    return;
  case ImmSlot::V128:
  case ImmSlot::Shuffle:
    return bytes.skip(16);
  case ImmSlot::HeapType:
    out.type = readHeapType(bytes);
    return;
  case ImmSlot::CastTypes:
    bytes.skip(1); // nullabilities
    addPlain(out, bytes.readU32());
    out.castSource = readHeapType(bytes);
    out.type = readHeapType(bytes);
    return;
  case ImmSlot::Labels:
    for (uint64_t count = bytes.readU32() + uint64_t(1); count; --count)
      out.labels.push(bytes.readU32());
    return;
  case ImmSlot::ValTypes:
    for (uint32_t count = bytes.readU32(); count; --count)
      out.type = readValueType(bytes);
    return;
  case ImmSlot::Catches:
    return readCatches(bytes, out);
  case ImmSlot::ZeroByte:
    return bytes.skip(1);
  default:
    return addPlain(out, bytes.readU32());
  }
}

void whamm::site::readImmediates(Bytes &bytes, ImmForm form, Immediates &out) {
  out.numPlain = 0;
  out.bits = out.offset = 0;
  out.memory = out.align = 0;
  out.blockType = none;
  out.type = out.castSource = Type::Unknown;
  out.labels.clear();
  const FormInfo &info = getForm(form);
  for (uint32_t i = 0; i != info.numSlots; ++i)
    readSlot(bytes, info.slots[i], out);
}

void whamm::site::skipConstExpr(Bytes &bytes) {
  static Immediates ignored;
  Opcode opcode;
  do {
    opcode = readOpcode(bytes);
    readImmediates(bytes, getShape(opcode).form, ignored);
  } while (opcode != Opcode::End);
}
