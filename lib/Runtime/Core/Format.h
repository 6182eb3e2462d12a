//===- Format.h - Numbers as text -------------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Numbers as text: integers in decimal; floats with their sign, the fewest
/// digits that read back as the same value, and an exponent, as Rust's `{:+e}`
/// prints them (`+2.5e0`, `-0e0`, `+1e20`, `+inf`, `NaN`).
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_CORE_FORMAT_H
#define WHAMM_LIB_RUNTIME_CORE_FORMAT_H

#include "Support.h"

namespace whamm::core {

/// Room for any number's text.
enum : uint32_t { MaxNumberSize = 32 };

/// Each writes the number to `to` and returns how many bytes that took.
uint32_t formatUnsigned(char *to, uint64_t value);
uint32_t formatSigned(char *to, int64_t value);

/// Whether a float that is not negative begins with `+`.
enum class PlusSign : bool { Omit, Write };
uint32_t formatFloat(char *to, float value, PlusSign plus);
uint32_t formatFloat(char *to, double value, PlusSign plus);

} // namespace whamm::core

#endif // WHAMM_LIB_RUNTIME_CORE_FORMAT_H
