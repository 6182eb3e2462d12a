//===- Format.cpp - Numbers as text ---------------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Format.h"

using namespace whamm::core;

/// How many digits a number has.
static uint32_t countDigits(uint64_t value) {
  uint32_t count = 1;
  for (uint64_t bound = 10; value >= bound; bound *= 10)
    if (++count == 20)
      break;
  return count;
}

uint32_t whamm::core::formatUnsigned(char *to, uint64_t value) {
  uint32_t count = countDigits(value);
  char *next = to + count;
  // Numbers of 64 bits are slow to divide.
  while (value > UINT32_MAX) {
    *--next = '0' + value % 10;
    value /= 10;
  }
  auto rest = static_cast<uint32_t>(value);
  do {
    *--next = '0' + rest % 10;
    rest /= 10;
  } while (rest);
  return count;
}

uint32_t whamm::core::formatSigned(char *to, int64_t value) {
  if (value >= 0)
    return formatUnsigned(to, value);
  *to = '-';
  return 1 + formatUnsigned(to + 1, 0 - static_cast<uint64_t>(value));
}

//===----------------------------------------------------------------------===//
// Shortest decimals
//===----------------------------------------------------------------------===//

namespace {

/// An unsigned integer large enough for every intermediate value of a double:
/// the largest is below 2^1140.
class BigInt {
public:
  explicit BigInt(uint64_t value) {
    limbs[0] = static_cast<uint32_t>(value);
    limbs[1] = static_cast<uint32_t>(value >> 32);
    size = limbs[1] ? 2 : limbs[0] ? 1 : 0;
  }

  BigInt(const BigInt &other) { *this = other; }
  BigInt &operator=(const BigInt &other) {
    size = other.size;
    for (uint32_t i = 0; i < size; ++i)
      limbs[i] = other.limbs[i];
    return *this;
  }

  void multiply(uint32_t factor) {
    uint64_t carry = 0;
    for (uint32_t i = 0; i < size; ++i) {
      carry += static_cast<uint64_t>(limbs[i]) * factor;
      limbs[i] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    if (carry)
      limbs[size++] = static_cast<uint32_t>(carry);
  }

  void multiplyPowerOf10(uint32_t power) {
    for (; power >= 9; power -= 9)
      multiply(1000000000);
    uint32_t rest = 1;
    for (; power; --power)
      rest *= 10;
    multiply(rest);
  }

  void shiftLeft(uint32_t bits) {
    uint32_t words = bits / 32;
    multiply(1u << (bits % 32));
    if (!words || !size)
      return;
    for (uint32_t i = size; i-- > 0;)
      limbs[i + words] = limbs[i];
    for (uint32_t i = 0; i < words; ++i)
      limbs[i] = 0;
    size += words;
  }

  /// Subtracts a value that is not larger.
  void subtract(const BigInt &other) {
    int64_t borrow = 0;
    for (uint32_t i = 0; i < size; ++i) {
      borrow += limbs[i];
      borrow -= i < other.size ? other.limbs[i] : 0;
      limbs[i] = static_cast<uint32_t>(borrow);
      borrow >>= 32;
    }
    while (size && !limbs[size - 1])
      --size;
  }

  /// Negative, zero or positive as this is less, equal or greater.
  int compare(const BigInt &other) const {
    if (size != other.size)
      return size < other.size ? -1 : 1;
    for (uint32_t i = size; i-- > 0;)
      if (limbs[i] != other.limbs[i])
        return limbs[i] < other.limbs[i] ? -1 : 1;
    return 0;
  }

  /// The same for the sum of two values.
  static int compareSum(const BigInt &a, const BigInt &b, const BigInt &to) {
    int order = 0;
    uint64_t carry = 0;
    for (uint32_t i = 0; i < a.size || i < b.size || i < to.size; ++i) {
      carry += i < a.size ? a.limbs[i] : 0;
      carry += i < b.size ? b.limbs[i] : 0;
      auto sum = static_cast<uint32_t>(carry);
      uint32_t limb = i < to.size ? to.limbs[i] : 0;
      if (sum != limb)
        order = sum < limb ? -1 : 1;
      carry >>= 32;
    }
    return carry ? 1 : order;
  }

private:
  // Left uninitialised above `size`: clearing it would cost more than the rest.
  uint32_t limbs[38];
  uint32_t size = 0;
};

/// floor(log10(2^e)) for every exponent of a double.
int32_t floorLog10OfPowerOf2(int32_t e) { return (e * 78913) >> 18; }

/// The state of Steele and White's free-format algorithm (as in Dragon4): the
/// value is rest / scale, and the neighbouring floats' midpoints lie `below`
/// and `above` it, in the same unit.
struct DigitGenerator {
  BigInt rest, scale, below, above;
  /// 2, 4 and 8 times the scale, for dividing by it.
  BigInt scale2{0}, scale4{0}, scale8{0};
  /// A midpoint reads back as the float whose mantissa is even.
  bool midpointsCount;

  DigitGenerator(uint64_t mantissa, int32_t exponent, bool lowerIsCloser)
      : rest(mantissa), scale(1), below(1), above(1),
        midpointsCount(mantissa % 2 == 0) {
    uint32_t unit = lowerIsCloser ? 2 : 1;
    uint32_t up = exponent > 0 ? exponent : 0;
    rest.shiftLeft(up + unit);
    scale.shiftLeft((exponent < 0 ? -exponent : 0) + unit);
    below.shiftLeft(up);
    above.shiftLeft(up + unit - 1);
  }

  bool reachesAbove() const {
    int order = BigInt::compareSum(rest, above, scale);
    return midpointsCount ? order >= 0 : order > 0;
  }
  bool reachesBelow() const {
    int order = rest.compare(below);
    return midpointsCount ? order <= 0 : order < 0;
  }

  void multiplyBy10() {
    rest.multiply(10);
    below.multiply(10);
    above.multiply(10);
  }

  uint32_t nextDigit() {
    uint32_t digit = 0, weight = 8;
    const BigInt *parts[] = {&scale8, &scale4, &scale2, &scale};
    for (const BigInt *part : parts) {
      if (rest.compare(*part) >= 0) {
        rest.subtract(*part);
        digit += weight;
      }
      weight /= 2;
    }
    return digit;
  }

  /// Scales so that the first digit is the one before the decimal point;
  /// returns the decimal exponent.
  int32_t normalize(int32_t estimate) {
    if (estimate >= 0) {
      scale.multiplyPowerOf10(estimate);
    } else {
      rest.multiplyPowerOf10(-estimate);
      below.multiplyPowerOf10(-estimate);
      above.multiplyPowerOf10(-estimate);
    }
    BigInt ten = scale;
    ten.multiply(10);
    int order = BigInt::compareSum(rest, above, ten);
    bool fits = midpointsCount ? order < 0 : order <= 0;
    if (!fits)
      scale = ten;
    setMultiples();
    return fits ? estimate : estimate + 1;
  }

private:
  void setMultiples() {
    scale2 = scale;
    scale2.multiply(2);
    scale4 = scale;
    scale4.multiply(4);
    scale8 = scale;
    scale8.multiply(8);
  }
};

} // namespace

Decimal whamm::core::shortestDecimal(uint64_t mantissa, int32_t exponent,
                                     bool lowerIsCloser) {
  DigitGenerator generator(mantissa, exponent, lowerIsCloser);
  int32_t log2 = 63 - __builtin_clzll(mantissa) + exponent;
  Decimal result;
  result.exponent = generator.normalize(floorLog10OfPowerOf2(log2));
  for (;;) {
    uint32_t digit = generator.nextDigit();
    bool below = generator.reachesBelow(), above = generator.reachesAbove();
    if (below || above) {
      // Either end would do: take the closer one, and the upper one half-way.
      BigInt twice = generator.rest;
      twice.multiply(2);
      bool roundUp = above && (!below || twice.compare(generator.scale) >= 0);
      result.digits[result.count++] = '0' + digit + roundUp;
      return result;
    }
    result.digits[result.count++] = '0' + digit;
    generator.multiplyBy10();
  }
}

//===----------------------------------------------------------------------===//
// Floats
//===----------------------------------------------------------------------===//

namespace {

/// Digits of an integer: below 2^53 (2^24 for a float) the neighbours are at
/// most 1 away, so that no shorter decimal lies between the midpoints.
Decimal exactInteger(uint64_t value) {
  Decimal result;
  result.count = formatUnsigned(result.digits, value);
  result.exponent = static_cast<int32_t>(result.count) - 1;
  while (result.count > 1 && result.digits[result.count - 1] == '0')
    --result.count;
  return result;
}

uint32_t formatDecimal(char *to, const Decimal &decimal) {
  char *begin = to;
  *to++ = decimal.digits[0];
  if (decimal.count > 1) {
    *to++ = '.';
    memcpy(to, decimal.digits + 1, decimal.count - 1);
    to += decimal.count - 1;
  }
  *to++ = 'e';
  to += formatSigned(to, decimal.exponent);
  return to - begin;
}

uint32_t copyText(char *to, Text text) {
  memcpy(to, text.data, text.size);
  return text.size;
}

/// A float of any width, by its fields.
uint32_t formatFields(char *to, bool negative, uint32_t biased,
                      uint64_t fraction, uint32_t fractionBits,
                      uint32_t exponentBits, PlusSign plus) {
  bool special = biased == (1u << exponentBits) - 1;
  if (special && fraction)
    return copyText(to, "NaN");
  char *begin = to;
  if (negative)
    *to++ = '-';
  else if (plus == PlusSign::Write)
    *to++ = '+';
  if (special)
    return to - begin + copyText(to, "inf");
  if (!biased && !fraction)
    return to - begin + copyText(to, "0e0");
  int32_t bias = (1 << (exponentBits - 1)) - 1 + fractionBits;
  int32_t exponent = static_cast<int32_t>(biased ? biased : 1) - bias;
  uint64_t mantissa = biased ? fraction | (1ull << fractionBits) : fraction;
  uint32_t shift = -exponent;
  if (exponent <= 0 && shift <= fractionBits &&
      !(mantissa & ((1ull << shift) - 1)))
    return to - begin + formatDecimal(to, exactInteger(mantissa >> shift));
  bool lowerIsCloser = !fraction && biased > 1;
  return to - begin +
         formatDecimal(to, shortestDecimal(mantissa, exponent, lowerIsCloser));
}

} // namespace

uint32_t whamm::core::formatFloat(char *to, float value, PlusSign plus) {
  auto bits = __builtin_bit_cast(uint32_t, value);
  return formatFields(to, bits >> 31, bits >> 23 & 0xff, bits & 0x7fffff, 23, 8,
                      plus);
}

uint32_t whamm::core::formatFloat(char *to, double value, PlusSign plus) {
  auto bits = __builtin_bit_cast(uint64_t, value);
  return formatFields(to, bits >> 63, bits >> 52 & 0x7ff,
                      bits & 0xfffffffffffff, 52, 11, plus);
}
