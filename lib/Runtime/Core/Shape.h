//===- Shape.h - What values look like --------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The scalars and strings of a type, in order, with the punctuation between
/// them: what is printed of a value, and how it is laid out in 32-bit words.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_CORE_SHAPE_H
#define WHAMM_LIB_RUNTIME_CORE_SHAPE_H

#include "Support.h"

#include "whamm/Runtime/ReportFormat.h"

namespace whamm::core {

using runtime::ValueKind;

/// A type, as a string of the characters `(`, `;` and `)` and of kinds, whose
/// numbers are below those of the characters.
class Shape {
public:
  Text items() const { return buffer.text(); }
  uint32_t size() const { return buffer.size(); }
  char operator[](uint32_t i) const { return buffer.data()[i]; }

  static bool isPunctuation(char c) { return c == '(' || c == ';' || c == ')'; }

  void clear() { buffer.clear(); }
  void add(ValueKind kind) { buffer.append(static_cast<char>(kind)); }

  /// Reads the text of a type: `u32`, `(i32,(u8,str))`. Each tuple has an
  /// element at least. Fails with `context` and the text on anything else.
  void read(Text type, Text context);

private:
  void readTuple(Text type, Text context);

  Buffer buffer;
};

/// How many 32-bit words a value of the kind takes in a map.
inline uint32_t wordsOf(ValueKind kind) {
  switch (kind) {
  case ValueKind::U64:
  case ValueKind::I64:
  case ValueKind::F64:
  case ValueKind::Str:
    return 2;
  default:
    return 1;
  }
}

/// The sum of the words of all scalars and strings.
uint32_t wordsOf(const Shape &shape);

} // namespace whamm::core

#endif // WHAMM_LIB_RUNTIME_CORE_SHAPE_H
