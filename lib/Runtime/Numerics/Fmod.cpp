//===- Fmod.cpp - Remainders of floats ------------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// C's fmod, exactly, by long division of the mantissas: WebAssembly has no
/// such instruction. The module is merged into instrumented ones, so it uses no
/// memory, no table and no global.
///
//===----------------------------------------------------------------------===//

#include <stdint.h>

namespace {

template <typename Float, typename Bits, unsigned FractionBits> struct Fmod {
  static constexpr unsigned Width = sizeof(Bits) * 8;
  static constexpr Bits SignBit = Bits(1) << (Width - 1);
  static constexpr Bits ImplicitBit = Bits(1) << FractionBits;
  static constexpr Bits MaxBiased = (Bits(1) << (Width - 1 - FractionBits)) - 1;
  static constexpr Bits Infinity = MaxBiased << FractionBits;

  /// A finite value as mantissa * 2^(exponent), the mantissa's leading one at
  /// the place of the implicit bit.
  struct Parts {
    Bits mantissa;
    int32_t exponent;
  };

  static int32_t leadingZeros(Bits value) {
    if constexpr (sizeof(Bits) == 8)
      return __builtin_clzll(value);
    else
      return __builtin_clz(value);
  }

  static Parts split(Bits magnitude) {
    auto exponent = static_cast<int32_t>(magnitude >> FractionBits);
    Bits fraction = magnitude & (ImplicitBit - 1);
    if (exponent)
      return {fraction | ImplicitBit, exponent};
    int32_t shift = leadingZeros(fraction) - (Width - 1 - FractionBits);
    return {fraction << shift, 1 - shift};
  }

  /// `value` has at most FractionBits + 1 bits and is not 0.
  static Bits join(Bits value, int32_t exponent) {
    int32_t shift = leadingZeros(value) - (Width - 1 - FractionBits);
    if (exponent - shift >= 1)
      return (value << shift) - ImplicitBit +
             (Bits(exponent - shift) << FractionBits);
    // Subnormal: the exponent can go down to 1 only.
    return exponent >= 1 ? value << (exponent - 1) : value >> (1 - exponent);
  }

  static Bits remainder(Bits x, Bits y) {
    Parts a = split(x), b = split(y);
    for (; a.exponent > b.exponent; --a.exponent) {
      if (a.mantissa >= b.mantissa)
        a.mantissa -= b.mantissa;
      if (!a.mantissa)
        return 0;
      a.mantissa <<= 1;
    }
    if (a.mantissa >= b.mantissa)
      a.mantissa -= b.mantissa;
    return a.mantissa ? join(a.mantissa, a.exponent) : 0;
  }

  static Float compute(Float dividend, Float divisor) {
    auto x = __builtin_bit_cast(Bits, dividend);
    auto y = __builtin_bit_cast(Bits, divisor);
    Bits sign = x & SignBit;
    x &= ~SignBit;
    y &= ~SignBit;
    // Adding keeps the payload of a NaN operand.
    if (x > Infinity || y > Infinity)
      return dividend + divisor;
    if (x == Infinity || y == 0)
      return __builtin_bit_cast(Float, Infinity | ImplicitBit >> 1);
    if (x < y)
      return dividend;
    return __builtin_bit_cast(Float, sign | remainder(x, y));
  }
};

} // namespace

extern "C" __attribute__((export_name("fmod64"))) double
whammFmod64(double dividend, double divisor) {
  return Fmod<double, uint64_t, 52>::compute(dividend, divisor);
}

extern "C" __attribute__((export_name("fmod32"))) float
whammFmod32(float dividend, float divisor) {
  return Fmod<float, uint32_t, 23>::compute(dividend, divisor);
}
