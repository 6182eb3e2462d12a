//===- Bytes.h - Reading binary data of valid modules -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The engine matches modules that it has validated, so nothing is checked.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_SITE_BYTES_H
#define WHAMM_LIB_RUNTIME_SITE_BYTES_H

#include "Support.h"

namespace whamm::site {

/// Reads forwards from an address.
class Bytes {
public:
  explicit Bytes(const uint8_t *begin) : at(begin) {}

  const uint8_t *position() const { return at; }
  uint8_t peek() const { return *at; }
  void skip(uint32_t count) { at += count; }
  uint8_t readByte() { return *at++; }
  uint32_t readU32() {
    uint8_t byte = *at;
    if (byte < 0x80) // most are
      return ++at, byte;
    return static_cast<uint32_t>(readU64());
  }
  uint64_t readU64();
  /// A signed number of up to 64 bits.
  int64_t readSigned();
  uint64_t readFixed(unsigned count);
  /// A length and as many bytes, which stay where they are.
  Text readName();

private:
  const uint8_t *at;
};

} // namespace whamm::site

#endif // WHAMM_LIB_RUNTIME_SITE_BYTES_H
