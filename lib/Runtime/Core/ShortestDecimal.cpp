//===- ShortestDecimal.cpp - Fewest digits of a float ---------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "ShortestDecimal.h"

using namespace whamm::core;

//===----------------------------------------------------------------------===//
// Powers of ten
//===----------------------------------------------------------------------===//

namespace {

/// What the exponents of doubles ask for.
constexpr int32_t MinPower = -292, MaxPower = 324;

/// A number of 128 bits.
struct Wide {
  uint64_t high, low;
};

/// The first bits of a power of ten: limbs of 32 bits, the most significant
/// first, whose first bit is 1. What lies below is cut off, which in 324 steps
/// adds up to less than 2^10 of the last limb's units.
class LeadingBits {
public:
  constexpr LeadingBits() { limbs[0] = 1u << 31; }

  constexpr void multiplyBy10() {
    uint64_t carry = 0;
    for (int i = Limbs; i-- > 0;) {
      carry += static_cast<uint64_t>(limbs[i]) * 10;
      limbs[i] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    insert(static_cast<uint32_t>(carry));
  }

  constexpr void divideBy10() {
    uint64_t rest = 0;
    for (uint32_t &limb : limbs) {
      rest = rest << 32 | limb;
      limb = static_cast<uint32_t>(rest / 10);
      rest %= 10;
    }
    while (!(limbs[0] >> 31))
      shiftLeft();
  }

  /// The first 128 bits, rounded up.
  constexpr Wide roundUp() const {
    Wide result{static_cast<uint64_t>(limbs[0]) << 32 | limbs[1],
                static_cast<uint64_t>(limbs[2]) << 32 | limbs[3]};
    for (int i = 4; i < Limbs; ++i)
      if (limbs[i]) {
        result.high += ++result.low == 0;
        break;
      }
    return result;
  }

private:
  enum { Limbs = 9 };

  /// Shifts to the right until what was carried out is in again.
  constexpr void insert(uint32_t carry) {
    for (; carry; carry >>= 1) {
      for (int i = Limbs - 1; i > 0; --i)
        limbs[i] = limbs[i] >> 1 | limbs[i - 1] << 31;
      limbs[0] = limbs[0] >> 1 | carry << 31;
    }
  }

  constexpr void shiftLeft() {
    for (int i = 0; i + 1 < Limbs; ++i)
      limbs[i] = limbs[i] << 1 | limbs[i + 1] >> 31;
    limbs[Limbs - 1] <<= 1;
  }

  uint32_t limbs[Limbs] = {};
};

/// 10^k as a number of 128 bits whose first is 1, rounded up.
struct PowersOf10 {
  Wide entries[MaxPower - MinPower + 1];

  constexpr PowersOf10() : entries() {
    LeadingBits up, down;
    for (int32_t k = 0; k <= MaxPower; ++k, up.multiplyBy10())
      entries[k - MinPower] = up.roundUp();
    for (int32_t k = -1; k >= MinPower; --k) {
      down.divideBy10();
      entries[k - MinPower] = down.roundUp();
    }
  }
};

constexpr PowersOf10 powersOf10;
static_assert(powersOf10.entries[1 - MinPower].high == 0xa000000000000000 &&
              powersOf10.entries[1 - MinPower].low == 0);
static_assert(powersOf10.entries[-1 - MinPower].high == 0xcccccccccccccccc &&
              powersOf10.entries[-1 - MinPower].low == 0xcccccccccccccccd);

//===----------------------------------------------------------------------===//
// The algorithm
//===----------------------------------------------------------------------===//

/// floor(log10(2^e)), and of 3/4 of it, for every exponent of a double.
int32_t floorLog10OfPowerOf2(int32_t e, bool threeQuarters) {
  return (e * 1262611 - (threeQuarters ? 524031 : 0)) >> 22;
}

/// floor(log2(10^k)) for every power in the table.
int32_t floorLog2OfPowerOf10(int32_t k) { return (k * 1741647) >> 19; }

/// In pieces of 32 bits. The compiler would see what they are for and call the
/// multiplication of its own runtime library, which is slower.
Wide multiply(uint64_t a, uint64_t b) {
  uint64_t aLow = static_cast<uint32_t>(a), aHigh = a >> 32;
  uint64_t bLow = static_cast<uint32_t>(b), bHigh = b >> 32;
  uint64_t low = aLow * bLow, cross = aHigh * bLow + (low >> 32);
  asm("" : "+r"(cross));
  uint64_t middle = aLow * bHigh + static_cast<uint32_t>(cross);
  return {aHigh * bHigh + (cross >> 32) + (middle >> 32), a * b};
}

/// The product's bits from 2^128 on, whose last one is set where anything lies
/// below: enough for comparing it with multiples of 2.
uint64_t multiplyRoundingToOdd(Wide power, uint64_t factor) {
  Wide below = multiply(power.low, factor);
  Wide product = multiply(power.high, factor);
  product.low += below.high;
  product.high += product.low < below.high;
  // A rest of 1 is what rounding up the power has added.
  return product.high | (product.low > 1);
}

} // namespace

Decimal whamm::core::shortestDecimal(uint64_t mantissa, int32_t exponent,
                                     bool lowerIsCloser) {
  int32_t k = floorLog10OfPowerOf2(exponent, lowerIsCloser);
  int32_t shift = exponent + floorLog2OfPowerOf10(-k) + 1;
  Wide power = powersOf10.entries[-k - MinPower];
  // In quarters of 10^k: the float and the midpoints to its neighbours, which
  // read back as the one whose mantissa is even.
  bool midpointsCount = mantissa % 2 == 0;
  uint64_t value = multiplyRoundingToOdd(power, (mantissa * 4) << shift);
  uint64_t lower =
      multiplyRoundingToOdd(power, (mantissa * 4 - 2 + lowerIsCloser) << shift);
  uint64_t upper = multiplyRoundingToOdd(power, (mantissa * 4 + 2) << shift);
  lower += !midpointsCount;
  upper -= !midpointsCount;

  uint64_t floor = value / 4;
  if (floor >= 10) {
    uint64_t tens = floor / 10;
    bool below = lower <= tens * 40, above = tens * 40 + 40 <= upper;
    if (below != above)
      return {tens + above, k + 1};
  }
  bool below = lower <= floor * 4, above = floor * 4 + 4 <= upper;
  if (below != above)
    return {floor + above, k};
  return {floor + (value >= floor * 4 + 2), k};
}
