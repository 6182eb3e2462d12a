//===- Hash.h - Hashes of words and bytes -----------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A multiply-and-shift hash over 64-bit pieces. The finisher is a bijection in
/// which every bit of the input reaches every bit of the output, so that keys
/// in sequence or with large strides spread as random ones do.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_CORE_HASH_H
#define WHAMM_LIB_RUNTIME_CORE_HASH_H

#include "Support.h"

namespace whamm::core {

inline uint64_t mixHash(uint64_t x) {
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93;
  x ^= x >> 32;
  return x;
}

/// What a table stores: never 0, the mark of an empty entry.
inline uint32_t finishHash(uint64_t x) {
  x = mixHash(x * 0x9e3779b97f4a7c15);
  return static_cast<uint32_t>(x ^ x >> 29) | 0x80000000;
}

/// `Count` is an integer or a constant of its own type, for which the loop
/// vanishes.
template <typename Count>
WHAMM_INLINE inline uint32_t hashWords(const uint32_t *words, Count count) {
  uint64_t state = 0;
  for (uint32_t i = 0; i + 2 <= count; i += 2) {
    uint64_t pair = words[i] | static_cast<uint64_t>(words[i + 1]) << 32;
    state = i ? mixHash(state ^ pair * 0x9e3779b97f4a7c15) : pair;
  }
  if (count % 2)
    state = count == 1 ? words[0]
                       : mixHash(state * 0x9e3779b97f4a7c15) ^ words[count - 1];
  return finishHash(state);
}

inline uint32_t hashBytes(Text text) {
  uint64_t state = text.size * 0x9e3779b97f4a7c15;
  uint32_t i = 0;
  for (; i + 8 <= text.size; i += 8) {
    uint64_t piece;
    __builtin_memcpy_inline(&piece, text.data + i, 8);
    state = mixHash(state ^ piece) * 0x9e3779b97f4a7c15;
  }
  uint64_t rest = 0;
  for (uint32_t shift = 0; i < text.size; ++i, shift += 8)
    rest |= static_cast<uint64_t>(static_cast<uint8_t>(text.data[i])) << shift;
  return finishHash(mixHash(state ^ rest));
}

} // namespace whamm::core

#endif // WHAMM_LIB_RUNTIME_CORE_HASH_H
