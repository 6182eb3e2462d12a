//===- MapPrinter.cpp - Maps as text --------------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "MapPrinter.h"

#include "Format.h"
#include "Maps.h"
#include "Output.h"
#include "ValuePrinter.h"

using namespace whamm::core;

//===----------------------------------------------------------------------===//
// Order of keys
//===----------------------------------------------------------------------===//

namespace {

uint64_t pairOf(const uint32_t *words) {
  return words[0] | static_cast<uint64_t>(words[1]) << 32;
}

Text textOf(const uint32_t *words) {
  return checkedText(
      reinterpret_cast<const char *>(static_cast<uintptr_t>(words[0])),
      words[1]);
}

template <typename T> int order(T a, T b) { return a < b ? -1 : b < a ? 1 : 0; }

/// NaN is the greatest.
template <typename T> int orderOfFloats(T a, T b) {
  if (a != a || b != b)
    return (a != a) - (b != b);
  return order(a, b);
}

int orderOfTexts(Text a, Text b) {
  uint32_t common = a.size < b.size ? a.size : b.size;
  int first = memcmp(a.data, b.data, common);
  return first ? first : order(a.size, b.size);
}

/// Negative, zero or positive as one scalar or string is less than another.
int compareItems(ValueKind kind, const uint32_t *a, const uint32_t *b) {
  switch (kind) {
  case ValueKind::I8:
  case ValueKind::I16:
  case ValueKind::I32:
    return order(static_cast<int32_t>(*a), static_cast<int32_t>(*b));
  case ValueKind::U64:
    return order(pairOf(a), pairOf(b));
  case ValueKind::I64:
    return order(static_cast<int64_t>(pairOf(a)),
                 static_cast<int64_t>(pairOf(b)));
  case ValueKind::F32:
    return orderOfFloats(__builtin_bit_cast(float, *a),
                         __builtin_bit_cast(float, *b));
  case ValueKind::F64:
    return orderOfFloats(__builtin_bit_cast(double, pairOf(a)),
                         __builtin_bit_cast(double, pairOf(b)));
  case ValueKind::Str:
    return orderOfTexts(textOf(a), textOf(b));
  default:
    return order(*a, *b);
  }
}

bool isLess(const Shape &shape, const uint32_t *a, const uint32_t *b) {
  for (uint32_t i = 0; i < shape.size(); ++i) {
    if (Shape::isPunctuation(shape[i]))
      continue;
    auto kind = static_cast<ValueKind>(shape[i]);
    if (int found = compareItems(kind, a, b))
      return found < 0;
    a += wordsOf(kind);
    b += wordsOf(kind);
  }
  return false;
}

/// The entries of a map, by ascending keys.
class SortedEntries {
public:
  explicit SortedEntries(const Map &map) : size(map.table.size()) {
    uint64_t bytes = size * sizeof(const uint32_t *);
    entries = static_cast<Entry *>(allocate(bytes, "printing a map"));
    auto *other = static_cast<Entry *>(allocate(bytes, "printing a map"));
    Entry *next = entries;
    map.table.forEach([&](const uint32_t *words) { *next++ = words; });
    for (uint64_t run = 1; run < size; run *= 2) {
      mergeRuns(map.type->key, entries, other, run);
      Entry *merged = other;
      other = entries;
      entries = merged;
    }
    release(other);
  }
  ~SortedEntries() { release(entries); }
  SortedEntries(const SortedEntries &) = delete;
  SortedEntries &operator=(const SortedEntries &) = delete;

  const uint32_t *const *begin() const { return entries; }
  const uint32_t *const *end() const { return entries + size; }

private:
  using Entry = const uint32_t *;

  /// Merges each two neighbouring runs of sorted entries into one.
  void mergeRuns(const Shape &key, Entry *from, Entry *to, uint64_t run) const {
    for (uint64_t begin = 0; begin < size; begin += 2 * run) {
      uint64_t middle = begin + run < size ? begin + run : size;
      uint64_t end = middle + run < size ? middle + run : size;
      for (uint64_t a = begin, b = middle; a < middle || b < end;) {
        bool takesB = a == middle || (b < end && isLess(key, from[b], from[a]));
        *to++ = takesB ? from[b++] : from[a++];
      }
    }
  }

  Entry *entries;
  uint32_t size;
};

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

/// Appends a key or a value; returns the words behind it.
const uint32_t *appendValue(Buffer &out, ValuePrinter::Form form,
                            const Shape &shape, const uint32_t *words) {
  ValuePrinter values(out, form);
  for (uint32_t i = 0; i < shape.size(); ++i) {
    if (Shape::isPunctuation(shape[i])) {
      values.punctuation(shape[i], ",");
      continue;
    }
    auto kind = static_cast<ValueKind>(shape[i]);
    if (kind == ValueKind::Str)
      values.string(textOf(words));
    else
      values.scalar(kind, wordsOf(kind) == 2 ? pairOf(words) : *words);
    words += wordsOf(kind);
  }
  return words;
}

/// Prints entries as `key`, `arrow`, `value`, and calls `afterEntry` for each.
template <typename AfterEntry>
void appendEntries(Buffer &out, const Map &map, Text separator, Text arrow,
                   AfterEntry afterEntry) {
  bool isFirst = true;
  for (const uint32_t *words : SortedEntries(map)) {
    if (!isFirst)
      out.append(separator);
    isFirst = false;
    words = appendValue(out, ValuePrinter::Form::Plain, map.type->key, words);
    out.append(arrow);
    appendValue(out, ValuePrinter::Form::Plain, map.type->value, words);
    afterEntry();
  }
}

constexpr Text EmptyMap("empty map");

} // namespace

void whamm::core::appendMap(Buffer &out, uint32_t id) {
  const Map &map = mapAt(id);
  if (!map.table.size())
    return out.append(EmptyMap);
  appendEntries(out, map, ";", "->", [] {});
}

void whamm::core::appendMapAsJson(Buffer &out, uint32_t id) {
  const Map &map = mapAt(id);
  out.append('[');
  bool isFirst = true;
  for (const uint32_t *words : SortedEntries(map)) {
    out.append(isFirst ? Text("[") : Text(", ["));
    isFirst = false;
    words = appendValue(out, ValuePrinter::Form::Json, map.type->key, words);
    out.append(", ");
    appendValue(out, ValuePrinter::Form::Json, map.type->value, words);
    out.append(']');
  }
  out.append(']');
}

//===----------------------------------------------------------------------===//
// Printing by scripts
//===----------------------------------------------------------------------===//

namespace {

Buffer text;

void printText() {
  print(text.text());
  text.clear();
}

void printFinished() {
  if (text.size() >= OutputBufferSize)
    printText();
}

/// The type as the header of the CSV form has it: its representation, which
/// has no signs.
void appendTypeName(const Shape &shape) {
  for (uint32_t i = 0; i < shape.size(); ++i) {
    char c = shape[i];
    if (Shape::isPunctuation(c)) {
      text.append(c == ';' ? ',' : c);
      continue;
    }
    switch (static_cast<ValueKind>(c)) {
    case ValueKind::U64:
    case ValueKind::I64:
      text.append("i64");
      break;
    case ValueKind::F32:
      text.append("f32");
      break;
    case ValueKind::F64:
      text.append("f64");
      break;
    case ValueKind::Bool:
      text.append("bool");
      break;
    case ValueKind::Str:
      text.append("str");
      break;
    default:
      text.append("i32");
    }
  }
}

} // namespace

WHAMM_EXPORT("print_map") void whammPrintMap(uint32_t id) {
  const Map &map = mapAt(id);
  if (!map.table.size())
    return print(EmptyMap);
  appendEntries(text, map, ";", "->", printFinished);
  printText();
}

WHAMM_EXPORT("print_map_as_csv") void whammPrintMapAsCsv(uint32_t id) {
  const Map &map = mapAt(id);
  text.append("== map");
  ValuePrinter(text).number(id);
  text.append(" CSV FLUSH ==\n");
  if (map.table.size()) {
    text.append("key (");
    appendTypeName(map.type->key);
    text.append("), val (");
    appendTypeName(map.type->value);
    text.append(")\n");
    appendEntries(text, map, "\n", ", ", printFinished);
  } else {
    text.append(EmptyMap);
  }
  text.append('\n');
  printText();
}
