//===- MapPrinter.h - Maps as text ------------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Prints maps by their numbers, with ascending keys.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_CORE_MAPPRINTER_H
#define WHAMM_LIB_RUNTIME_CORE_MAPPRINTER_H

#include "Support.h"

namespace whamm::core {

/// Whether a number is one of a map.
bool hasMap(uint32_t id);

/// Appends `k->v;k->v`, or `empty map`.
void appendMap(Buffer &out, uint32_t id);

/// Appends `[[k, v], [k, v]]`.
void appendMapAsJson(Buffer &out, uint32_t id);

} // namespace whamm::core

#endif // WHAMM_LIB_RUNTIME_CORE_MAPPRINTER_H
