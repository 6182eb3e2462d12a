//===- Reader.cpp - Reading WebAssembly binary data -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Reader.h"

#include "llvm/Support/ConvertUTF.h"

using namespace llvm;
using namespace whamm::wasm;

uint64_t Reader::readUnsigned(unsigned bits) {
  size_t start = getOffset();
  uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    uint8_t byte = readByte();
    if (failed())
      return 0;
    unsigned left = bits - shift;
    if (left < 7 && (byte & 0x7F) >> left != 0)
      return fail(start, "integer too large"), 0;
    value |= static_cast<uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80)
      return value;
    if (left <= 7)
      return fail(start, "integer representation too long"), 0;
  }
}

int64_t Reader::readSigned(unsigned bits) {
  size_t start = getOffset();
  uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    uint8_t byte = readByte();
    if (failed())
      return 0;
    unsigned left = bits - shift;
    value |= static_cast<uint64_t>(byte & 0x7F) << shift;
    if (left < 7) {
      // Bits beyond the width repeat the sign.
      int spare = static_cast<int8_t>(byte << 1) >> left;
      if (spare != 0 && spare != -1)
        return fail(start, "integer too large"), 0;
    }
    if (byte < 0x80) {
      unsigned used = shift + 7;
      return used >= 64
                 ? static_cast<int64_t>(value)
                 : static_cast<int64_t>(value << (64 - used)) >> (64 - used);
    }
    if (left <= 7)
      return fail(start, "integer representation too long"), 0;
  }
}

uint64_t Reader::readFixed(unsigned bytes) {
  if (bytes > getRemaining())
    return failHere("unexpected end"), 0;
  uint64_t value = 0;
  for (unsigned i = 0; i != bytes; ++i)
    value |= static_cast<uint64_t>(pos[i]) << (8 * i);
  pos += bytes;
  return value;
}

ByteRange Reader::readSized() {
  uint32_t size = readU32();
  ByteRange range{getOffset(), getOffset()};
  if (size > getRemaining()) {
    fail(range.begin, "length out of bounds");
    return range;
  }
  pos += size;
  range.end += size;
  return range;
}

StringRef Reader::readName() {
  ByteRange range = readSized();
  const UTF8 *begin = base + range.begin, *end = base + range.end;
  const UTF8 *at = begin;
  if (!failed() && !isLegalUTF8String(&at, end))
    fail(at - base, "malformed UTF-8 encoding");
  return StringRef(reinterpret_cast<const char *>(begin), range.size());
}

uint32_t Reader::readCount() {
  size_t start = getOffset();
  uint32_t count = readU32();
  if (count > getRemaining())
    return fail(start, "length out of bounds"), 0;
  return count;
}

ValType Reader::readHeapType(bool nullable) {
  size_t start = getOffset();
  int64_t heap = readS33();
  if (heap >= 0)
    return ValType::ref(nullable, static_cast<uint32_t>(heap));
  uint8_t byte = heap & 0x7F;
  if (heap < -0x40 || byte < static_cast<uint8_t>(AbstractHeap::Exn) ||
      byte > static_cast<uint8_t>(AbstractHeap::NoExn)) {
    fail(start, "malformed heap type");
    return ValType();
  }
  return ValType::ref(nullable, static_cast<AbstractHeap>(byte));
}

ValType Reader::readValType() {
  uint8_t byte = peekByte();
  switch (byte) {
  case 0x7F:
    return readByte(), ValType::i32();
  case 0x7E:
    return readByte(), ValType::i64();
  case 0x7D:
    return readByte(), ValType::f32();
  case 0x7C:
    return readByte(), ValType::f64();
  case 0x7B:
    return readByte(), ValType::v128();
  case 0x63:
  case 0x64:
    return readByte(), readHeapType(byte == 0x63);
  }
  if (byte >= static_cast<uint8_t>(AbstractHeap::Exn) &&
      byte <= static_cast<uint8_t>(AbstractHeap::NoExn))
    return readByte(), ValType::ref(true, static_cast<AbstractHeap>(byte));
  failHere(atEnd() ? "unexpected end" : "malformed value type");
  return ValType();
}

BlockType Reader::readBlockType() {
  BlockType type;
  uint8_t byte = peekByte();
  if (byte == 0x40) {
    readByte();
    return type;
  }
  // One-byte negative numbers are value types, the others type indices.
  if ((byte & 0xC0) == 0x40) {
    type.kind = BlockType::Kind::Value;
    type.value = readValType();
    return type;
  }
  size_t start = getOffset();
  int64_t index = readS33();
  if (index < 0)
    fail(start, "malformed block type");
  type.kind = BlockType::Kind::TypeIndex;
  type.typeIndex = static_cast<uint32_t>(index);
  return type;
}
