//===- Output.h - Where the library's output goes ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The destination of everything that scripts and reports print: standard
/// output where TO_CONSOLE is `true`, else a file that is appended to.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_CORE_OUTPUT_H
#define WHAMM_LIB_RUNTIME_CORE_OUTPUT_H

#include "Support.h"

namespace whamm::core {

enum : uint32_t { OutputBufferSize = 65536 };

/// The value of an environment variable; empty data where it is not set.
Text environmentVariable(Text name);

/// Writes to the destination without buffering; fails where that is refused.
/// A host without WASI swallows the text.
void writeOut(Text text);

/// Buffers the text of a script; a finished line goes out at once, so that it
/// keeps its place among the application's own output.
void print(Text text);

/// Writes what print() has kept.
void flush();

} // namespace whamm::core

#endif // WHAMM_LIB_RUNTIME_CORE_OUTPUT_H
