//===- Bytes.cpp - Reading binary data of valid modules -------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Bytes.h"

using namespace whamm::site;

uint64_t Bytes::readU64() {
  uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    uint8_t byte = readByte();
    value |= uint64_t(byte & 0x7F) << shift;
    if (byte < 0x80)
      return value;
  }
}

int64_t Bytes::readSigned() {
  uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    uint8_t byte = readByte();
    value |= uint64_t(byte & 0x7F) << shift;
    if (byte >= 0x80)
      continue;
    unsigned unused = shift + 7 < 64 ? 64 - (shift + 7) : 0;
    return static_cast<int64_t>(value << unused) >> unused;
  }
}

uint64_t Bytes::readFixed(unsigned count) {
  uint64_t value = 0;
  for (unsigned i = 0; i != count; ++i)
    value |= uint64_t(readByte()) << (8 * i);
  return value;
}

Text Bytes::readName() {
  uint32_t size = readU32();
  Text text{reinterpret_cast<const char *>(at), size};
  at += size;
  return text;
}
