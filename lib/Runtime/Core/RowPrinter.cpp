//===- RowPrinter.cpp - The two forms of a report -------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "RowPrinter.h"

#include "Format.h"
#include "Output.h"

using namespace whamm::core;
using whamm::runtime::ValueKind;

void RowPrinter::begin() {
  out.clear();
  written = 0;
  hasRows = false;
  isJson = environmentVariable("WHAMM_FORMAT") == Text("json");
  if (isJson)
    return out.append('[');
  out.append("\n================================= REPORT CSV FLUSH "
             "====================================\n"
             "id, id_type, name, whamm_type, wasm_type, script_id, fname, fid, "
             "pc, probe_id, value(s)\n");
}

void RowPrinter::end() {
  if (isJson)
    out.append(hasRows ? Text("\n]\n") : Text("]\n"));
  writeOut({out.data() + written, out.size() - written});
  written = out.size();
}

void RowPrinter::writeFinished() {
  if (out.size() - written < OutputBufferSize)
    return;
  writeOut({out.data() + written, out.size() - written});
  written = out.size();
}

void RowPrinter::beginRow(const Row &row) {
  if (isJson)
    beginJson(row);
  else
    beginCsv(row);
}

void RowPrinter::endRow() {
  out.append(isJson ? '}' : '\n');
  hasRows = true;
  writeFinished();
}

//===----------------------------------------------------------------------===//
// Columns
//===----------------------------------------------------------------------===//

void RowPrinter::appendNumber(uint64_t value) {
  out.advance(formatUnsigned(out.reserve(MaxNumberSize), value));
}

void RowPrinter::beginCsv(const Row &row) {
  appendNumber(row.id);
  out.append(row.isGlobal ? Text(", global_id, ") : Text(", memaddr, "));
  out.append(row.name);
  out.append(", ");
  out.append(row.whammType);
  out.append(", ");
  out.append(row.wasmType);
  out.append(", script");
  appendNumber(row.script);
  if (row.isGlobal)
    return out.append(", , , , , ");
  out.append(", ");
  out.append(row.functionName);
  out.append(", ");
  appendNumber(row.function);
  out.append(", ");
  appendNumber(row.pc);
  out.append(", ");
  out.append(row.probe);
  out.append(", ");
}

void RowPrinter::beginJson(const Row &row) {
  out.append(hasRows ? Text(",\n{\"id\": ") : Text("\n{\"id\": "));
  appendNumber(row.id);
  out.append(", \"id_type\": ");
  out.append(row.isGlobal ? Text("\"global_id\"") : Text("\"memaddr\""));
  out.append(", \"name\": ");
  appendQuoted(row.name);
  out.append(", \"whamm_type\": ");
  appendQuoted(row.whammType);
  out.append(", \"wasm_type\": ");
  appendQuoted(row.wasmType);
  out.append(", \"script_id\": \"script");
  appendNumber(row.script);
  if (row.isGlobal)
    return out.append("\", \"fname\": null, \"fid\": null, \"pc\": null, "
                      "\"probe_id\": null, \"value(s)\": ");
  out.append("\", \"fname\": ");
  appendQuoted(row.functionName);
  out.append(", \"fid\": ");
  appendNumber(row.function);
  out.append(", \"pc\": ");
  appendNumber(row.pc);
  out.append(", \"probe_id\": ");
  appendQuoted(row.probe);
  out.append(", \"value(s)\": ");
}

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

void RowPrinter::appendQuoted(Text text) {
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

void RowPrinter::appendInteger(ValueKind kind, uint64_t bits) {
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

void RowPrinter::appendFloat(double value, bool isSingle) {
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

void RowPrinter::scalar(ValueKind kind, uint64_t bits) {
  switch (kind) {
  case ValueKind::U8:
    return appendInteger(kind, uint8_t(bits));
  case ValueKind::I8:
    return appendInteger(kind, int64_t(int8_t(bits)));
  case ValueKind::U16:
    return appendInteger(kind, uint16_t(bits));
  case ValueKind::I16:
    return appendInteger(kind, int64_t(int16_t(bits)));
  case ValueKind::U32:
    return appendInteger(kind, uint32_t(bits));
  case ValueKind::I32:
    return appendInteger(kind, int64_t(int32_t(bits)));
  case ValueKind::U64:
  case ValueKind::I64:
    return appendInteger(kind, bits);
  case ValueKind::F32:
    return appendFloat(__builtin_bit_cast(float, uint32_t(bits)), true);
  case ValueKind::F64:
    return appendFloat(__builtin_bit_cast(double, bits), false);
  case ValueKind::Bool:
    return out.append(uint32_t(bits) ? Text("true") : Text("false"));
  case ValueKind::Str:
  case ValueKind::Tuple:
    break;
  }
  fail("bad report: not a scalar");
}

void RowPrinter::string(Text text) {
  if (isJson)
    appendQuoted(text);
  else
    out.append(text);
}

void RowPrinter::punctuation(char c) {
  if (c == ';')
    return out.append(isJson ? Text(", ") : Text("; "));
  if (isJson)
    c = c == '(' ? '[' : ']';
  out.append(c);
}
