//===- Strings.h - Strings made at run time ---------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Interned strings: equal ones have one address. They are never freed.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_CORE_STRINGS_H
#define WHAMM_LIB_RUNTIME_CORE_STRINGS_H

#include "Support.h"

namespace whamm::core {

/// The interned string of the same bytes, made where there is none yet. Its
/// length precedes it in memory, a zero follows it. All empty strings are
/// address 0.
Text intern(Text text);

/// Sets `text` to the interned string of its bytes; false where there is none.
bool findInterned(Text &text);

} // namespace whamm::core

#endif // WHAMM_LIB_RUNTIME_CORE_STRINGS_H
