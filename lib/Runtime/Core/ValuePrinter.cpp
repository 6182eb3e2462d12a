//===- ValuePrinter.cpp - Values as text ----------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "ValuePrinter.h"

#include "Format.h"

using namespace whamm::core;

//===----------------------------------------------------------------------===//
// JSON strings
//===----------------------------------------------------------------------===//

/// How many bytes at the start of `text` form one well-formed UTF-8 sequence
/// (Unicode 15, table 3-7); 0 where they do not.
static uint32_t utf8SequenceSize(Text text) {
  auto at = [&](uint32_t i) {
    return i < text.size ? static_cast<uint8_t>(text.data[i]) : uint8_t(0);
  };
  auto within = [&](uint32_t i, uint8_t low, uint8_t high) {
    return at(i) >= low && at(i) <= high;
  };
  uint8_t first = at(0);
  if (first < 0x80)
    return 1;
  if (first < 0xc2 || first > 0xf4)
    return 0;
  if (first < 0xe0)
    return within(1, 0x80, 0xbf) ? 2 : 0;
  uint8_t low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  uint8_t high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  if (!within(1, low, high) || !within(2, 0x80, 0xbf))
    return 0;
  if (first < 0xf0)
    return 3;
  return within(3, 0x80, 0xbf) ? 4 : 0;
}

void ValuePrinter::quoted(Text text) {
  constexpr Text hex("0123456789abcdef");
  out.append('"');
  while (text.size) {
    auto first = static_cast<uint8_t>(*text.data);
    uint32_t size = utf8SequenceSize(text);
    if (!size) {
      out.append("\\ufffd");
      size = 1;
    } else if (first < 0x20 || first == 0x7f) {
      out.append("\\u00");
      out.append(hex.data[first >> 4]);
      out.append(hex.data[first & 15]);
    } else {
      if (first == '"' || first == '\\')
        out.append('\\');
      out.append({text.data, size});
    }
    text = {text.data + size, text.size - size};
  }
  out.append('"');
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

void ValuePrinter::integer(ValueKind kind, uint64_t bits) {
  bool isUnsigned = kind == ValueKind::U8 || kind == ValueKind::U16 ||
                    kind == ValueKind::U32 || kind == ValueKind::U64;
  uint64_t magnitude =
      !isUnsigned && static_cast<int64_t>(bits) < 0 ? 0 - bits : bits;
  // Readers of JSON hold numbers as doubles.
  bool quote = isJson && magnitude > (1ull << 53);
  if (quote)
    out.append('"');
  char *to = out.reserve(MaxNumberSize);
  out.advance(isUnsigned ? formatUnsigned(to, bits)
                         : formatSigned(to, static_cast<int64_t>(bits)));
  if (quote)
    out.append('"');
}

void ValuePrinter::floating(double value, bool isSingle) {
  bool isFinite = __builtin_fabs(value) <= __DBL_MAX__;
  // In JSON a single float is printed as the double it equals, so that what a
  // reader holds is the value itself.
  bool asDouble = isJson || !isSingle;
  PlusSign plus = isJson && isFinite ? PlusSign::Omit : PlusSign::Write;
  if (isJson && !isFinite)
    out.append('"');
  char *to = out.reserve(MaxNumberSize);
  out.advance(asDouble ? formatFloat(to, value, plus)
                       : formatFloat(to, static_cast<float>(value), plus));
  if (isJson && !isFinite)
    out.append('"');
}

void ValuePrinter::scalar(ValueKind kind, uint64_t bits) {
  switch (kind) {
  case ValueKind::U8:
    return integer(kind, uint8_t(bits));
  case ValueKind::I8:
    return integer(kind, int64_t(int8_t(bits)));
  case ValueKind::U16:
    return integer(kind, uint16_t(bits));
  case ValueKind::I16:
    return integer(kind, int64_t(int16_t(bits)));
  case ValueKind::U32:
    return integer(kind, uint32_t(bits));
  case ValueKind::I32:
    return integer(kind, int64_t(int32_t(bits)));
  case ValueKind::U64:
  case ValueKind::I64:
    return integer(kind, bits);
  case ValueKind::F32:
    return floating(__builtin_bit_cast(float, uint32_t(bits)), true);
  case ValueKind::F64:
    return floating(__builtin_bit_cast(double, bits), false);
  case ValueKind::Bool:
    return out.append(uint32_t(bits) ? Text("true") : Text("false"));
  case ValueKind::Str:
  case ValueKind::Tuple:
  case ValueKind::Map:
    break;
  }
  fail("bad report: not a scalar");
}

void ValuePrinter::string(Text text) {
  if (isJson)
    quoted(text);
  else
    out.append(text);
}

void ValuePrinter::punctuation(char c, Text separator) {
  if (c == ';')
    return out.append(isJson ? Text(", ") : separator);
  if (isJson)
    c = c == '(' ? '[' : ']';
  out.append(c);
}

void ValuePrinter::number(uint64_t value) {
  out.advance(formatUnsigned(out.reserve(MaxNumberSize), value));
}
