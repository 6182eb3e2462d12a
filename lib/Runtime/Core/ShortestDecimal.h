//===- ShortestDecimal.h - Fewest digits of a float -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The fewest decimal digits that read back as the same float: Raffaello
/// Giulietti, "The Schubfach way to render doubles", 2021.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_CORE_SHORTESTDECIMAL_H
#define WHAMM_LIB_RUNTIME_CORE_SHORTESTDECIMAL_H

#include <stdint.h>

namespace whamm::core {

/// significand * 10^exponent. The significand has at most 17 digits and may end
/// in zeros.
struct Decimal {
  uint64_t significand;
  int32_t exponent;
};

/// The shortest decimal in the rounding interval of mantissa * 2^exponent, of
/// those the closest, and the upper one half-way. The mantissa is neither 0 nor
/// above 2^53, the exponent that of a double: -1074 to 971. `lowerIsCloser`
/// says that the next smaller float is half as far away as the next larger one.
Decimal shortestDecimal(uint64_t mantissa, int32_t exponent,
                        bool lowerIsCloser);

} // namespace whamm::core

#endif // WHAMM_LIB_RUNTIME_CORE_SHORTESTDECIMAL_H
