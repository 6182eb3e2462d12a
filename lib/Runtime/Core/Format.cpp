//===- Format.cpp - Numbers as text ---------------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Format.h"
#include "ShortestDecimal.h"

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
    auto low = static_cast<uint32_t>(value % 100000000);
    value /= 100000000;
    for (int i = 0; i < 8; ++i, low /= 10)
      *--next = '0' + low % 10;
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
// Floats
//===----------------------------------------------------------------------===//

namespace {

/// The digits with a point behind the first, and the exponent of that form.
uint32_t formatDecimal(char *to, const Decimal &decimal) {
  char *begin = to;
  uint32_t count = formatUnsigned(to + 1, decimal.significand);
  int32_t exponent = decimal.exponent + static_cast<int32_t>(count) - 1;
  to[0] = to[1];
  to[1] = '.';
  while (to[count] == '0')
    --count;
  to += count == 1 ? 1 : count + 1;
  *to++ = 'e';
  to += formatSigned(to, exponent);
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
  // An integer below 2^53 (2^24 for a float) has neighbours that are at most 1
  // away, so that no shorter decimal lies between the midpoints.
  if (exponent <= 0 && shift <= fractionBits &&
      !(mantissa & ((1ull << shift) - 1)))
    return to - begin + formatDecimal(to, {mantissa >> shift, 0});
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
