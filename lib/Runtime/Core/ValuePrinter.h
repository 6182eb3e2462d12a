//===- ValuePrinter.h - Values as text --------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Prints values as reports and maps do, as plain text or as JSON.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_CORE_VALUEPRINTER_H
#define WHAMM_LIB_RUNTIME_CORE_VALUEPRINTER_H

#include "Shape.h"

namespace whamm::core {

/// Appends values to a buffer.
class ValuePrinter {
public:
  enum class Form : bool { Plain, Json };

  explicit constexpr ValuePrinter(Buffer &out, Form form = Form::Plain)
      : out(out), isJson(form == Form::Json) {}

  void setForm(Form form) { isJson = form == Form::Json; }

  /// A number or bool by its bits, of which it looks at its own only.
  void scalar(ValueKind kind, uint64_t bits);
  /// A string: as it is, or quoted.
  void string(Text text);
  void number(uint64_t value);
  /// What separates the elements of tuples differs between reports and maps.
  void punctuation(char c, Text separator);
  /// A string in quotes, whatever the form.
  void quoted(Text text);

private:
  void floating(double value, bool isSingle);
  void integer(ValueKind kind, uint64_t bits);

  Buffer &out;
  bool isJson;
};

} // namespace whamm::core

#endif // WHAMM_LIB_RUNTIME_CORE_VALUEPRINTER_H
