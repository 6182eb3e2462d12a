//===- RowPrinter.h - The two forms of a report -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Prints the rows of a report as CSV or as a JSON array, into a buffer that
/// keeps the whole report while finished parts go to the output.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_CORE_ROWPRINTER_H
#define WHAMM_LIB_RUNTIME_CORE_ROWPRINTER_H

#include "ValuePrinter.h"

namespace whamm::core {

/// What a row says beside its value.
struct Row {
  /// In the order of their numbers in the stream.
  enum class Scope : uint8_t { Site, Global, Map };
  Scope scope = Scope::Site;
  /// An address, a map, or the first of as many consecutive globals.
  uint64_t id = 0;
  uint64_t idCount = 1;
  Text name;
  Text whammType;
  Text wasmType;
  uint32_t script = 0;
  // Of site rows only:
  Text functionName;
  uint32_t function = 0;
  uint64_t pc = 0;
  Text probe;
};

class RowPrinter {
public:
  /// Forgets the report before and begins one in the form that the environment
  /// asks for.
  void begin();

  /// A row is begun, then its value comes: a scalar by its bits, a map by its
  /// number, a string, or a tuple's values amid its punctuation, one of `(`,
  /// `;` and `)`.
  void beginRow(const Row &row);
  void scalar(ValueKind kind, uint64_t bits);
  void string(Text text) { values.string(text); }
  void punctuation(char c) { values.punctuation(c, "; "); }
  void endRow();

  /// Finishes the report and writes what is left of it.
  void end();

  Text text() const { return out.text(); }

private:
  void beginJson(const Row &row);
  void beginCsv(const Row &row);
  void appendIds(const Row &row, Text open, Text separator, Text close);
  void appendIdTypes(const Row &row, Text open, Text separator, Text close);
  void writeFinished();

  Buffer out;
  ValuePrinter values{out};
  uint32_t written = 0;
  bool isJson = false;
  bool hasRows = false;
};

} // namespace whamm::core

#endif // WHAMM_LIB_RUNTIME_CORE_ROWPRINTER_H
