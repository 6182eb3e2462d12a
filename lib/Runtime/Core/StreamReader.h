//===- StreamReader.h - Reading a descriptor stream -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Reads the integers and strings of a report's descriptor stream within its
/// bounds; fails with a message on anything malformed.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_CORE_STREAMREADER_H
#define WHAMM_LIB_RUNTIME_CORE_STREAMREADER_H

#include "Support.h"

namespace whamm::core {

class StreamReader {
public:
  StreamReader() = default;
  explicit StreamReader(Text stream)
      : next(stream.data), end(stream.data + stream.size) {}

  uint32_t remaining() const { return end - next; }

  uint8_t byte() {
    if (next == end)
      fail("bad report data: it ends early");
    return static_cast<uint8_t>(*next++);
  }

  uint64_t unsignedNumber() {
    uint64_t value = 0;
    for (uint32_t shift = 0;; shift += 7) {
      uint8_t part = byte();
      if (shift == 63 && part > 1)
        fail("bad report data: a number is too large");
      value |= static_cast<uint64_t>(part & 0x7f) << shift;
      if (!(part & 0x80))
        return value;
    }
  }

  uint32_t smallNumber() {
    uint64_t value = unsignedNumber();
    if (value > UINT32_MAX)
      fail("bad report data: a number is too large");
    return static_cast<uint32_t>(value);
  }

  int64_t signedNumber() {
    uint64_t value = 0;
    for (uint32_t shift = 0;;) {
      uint8_t part = byte();
      if (shift == 63 && part != 0 && part != 0x7f)
        fail("bad report data: a number is too large");
      value |= static_cast<uint64_t>(part & 0x7f) << shift;
      shift += 7;
      if (part & 0x80)
        continue;
      if (shift < 64 && (part & 0x40))
        value |= ~0ull << shift;
      return static_cast<int64_t>(value);
    }
  }

  Text text() {
    uint64_t size = unsignedNumber();
    if (size > remaining())
      fail("bad report data: a string is longer than the data");
    Text result(next, static_cast<uint32_t>(size));
    next += size;
    return result;
  }

private:
  const char *next = nullptr;
  const char *end = nullptr;
};

} // namespace whamm::core

#endif // WHAMM_LIB_RUNTIME_CORE_STREAMREADER_H
