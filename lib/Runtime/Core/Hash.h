//===- Hash.h - Hashes of words and bytes -----------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A multiply-and-shift hash over 64-bit pieces. The finisher is a bijection in
/// which every bit of the input reaches every bit of the output, so that keys
/// with large strides spread as random ones do.
///
/// Keys of maps that are close to one another get places that are. A key's
/// *block* is all of it but some lower bits of its first word, which choose a
/// place in the block; only blocks are spread. So a walk over an array whose
/// addresses are keys is a walk over the table, too.
/// What finds its place taken goes on to the next block of places, so that
/// blocks evade one another as wholes; one place further in it, which in the
/// end leads through all places, as their number is a power of two.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_CORE_HASH_H
#define WHAMM_LIB_RUNTIME_CORE_HASH_H

#include "Support.h"

namespace whamm::core {

/// How many places a block has. Of large blocks few meet, and walks in strides
/// stay in one for longer; but in a table with fewer places keys of one block
/// meet.
constexpr uint32_t BlockSize = 256;
/// Addresses of numbers are multiples of up to 8: with the bits below this the
/// keys between such addresses are in blocks of their own.
constexpr uint32_t BlockShift = 3;
/// The bits of a key's first word that choose a place in its block.
constexpr uint32_t BlockBits = (BlockSize - 1) << BlockShift;
/// From a place that is taken to the next one.
constexpr uint32_t NextPlace = BlockSize + 1;

inline uint64_t mixHash(uint64_t x) {
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93;
  x ^= x >> 32;
  return x;
}

inline uint64_t finishHash(uint64_t x) {
  x = mixHash(x * 0x9e3779b97f4a7c15);
  return x ^ x >> 29;
}

/// Where in a table a key belongs, of which as many low bits count as the table
/// is large. `Count` is an integer above 0 or a constant of its own type, for
/// which the loop vanishes.
template <typename Count>
WHAMM_INLINE inline uint32_t placeOf(const uint32_t *words, Count count) {
  uint64_t state = words[0] & ~BlockBits;
  if (count > 1)
    state |= static_cast<uint64_t>(words[1]) << 32;
  for (uint32_t i = 2; i < count; i += 2) {
    uint64_t piece = words[i];
    if (i + 1 < count)
      piece |= static_cast<uint64_t>(words[i + 1]) << 32;
    state = mixHash(state * 0x9e3779b97f4a7c15) ^ piece;
  }
  return static_cast<uint32_t>(finishHash(state)) ^
         (words[0] & BlockBits) >> BlockShift;
}

inline uint64_t hashBytes(Text text) {
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
