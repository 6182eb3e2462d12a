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

/// A scalar as an unsigned number that orders as it does, in as many low bits
/// as its words have.
uint64_t rankOf(ValueKind kind, const uint32_t *words) {
  constexpr uint64_t Sign = 1ull << 63;
  switch (kind) {
  case ValueKind::I8:
  case ValueKind::I16:
  case ValueKind::I32:
    return *words ^ 1u << 31;
  case ValueKind::U64:
    return pairOf(words);
  case ValueKind::I64:
    return pairOf(words) ^ Sign;
  case ValueKind::F32:
    return *words >> 31 ? ~*words : *words | 1u << 31;
  case ValueKind::F64:
    return pairOf(words) & Sign ? ~pairOf(words) : pairOf(words) | Sign;
  default:
    return *words;
  }
}

/// The first bytes of a text as a number that orders as they do.
uint64_t rankOf(Text text) {
  uint64_t rank = 0;
  for (uint32_t i = 0; i < sizeof(rank); ++i)
    rank = rank << 8 | (i < text.size ? static_cast<uint8_t>(text.data[i]) : 0);
  return rank;
}

/// As much of a key as fits into a number that orders as keys do: where two
/// keys' are equal, the rest decides.
uint64_t prefixOf(const Shape &shape, const uint32_t *words) {
  uint64_t prefix = 0;
  uint32_t room = 64;
  for (uint32_t i = 0; i < shape.size() && room; ++i) {
    if (Shape::isPunctuation(shape[i]))
      continue;
    auto kind = static_cast<ValueKind>(shape[i]);
    // Texts have no last byte that others could follow.
    bool isLast = kind == ValueKind::Str;
    uint64_t rank = isLast ? rankOf(textOf(words)) : rankOf(kind, words);
    uint32_t bits = 32 * wordsOf(kind);
    uint32_t taken = bits < room ? bits : room;
    prefix |= rank >> (bits - taken) << (room - taken);
    room = isLast ? 0 : room - taken;
    words += wordsOf(kind);
  }
  return prefix;
}

/// The entries of a map, by ascending keys.
class SortedEntries {
public:
  struct Entry {
    uint64_t prefix;
    const uint32_t *words;
  };

  explicit SortedEntries(const Map &map) : size(map.table.size()) {
    uint64_t bytes = size * sizeof(Entry);
    entries = static_cast<Entry *>(allocate(bytes, "printing a map"));
    auto *other = static_cast<Entry *>(allocate(bytes, "printing a map"));
    Entry *next = entries;
    map.table.forEach([&](const uint32_t *words) {
      *next++ = {prefixOf(map.type->key, words), words};
    });
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

  const Entry *begin() const { return entries; }
  const Entry *end() const { return entries + size; }

private:
  /// Merges each two neighbouring runs of sorted entries into one.
  WHAMM_NOINLINE void mergeRuns(const Shape &key, const Entry *from, Entry *to,
                                uint64_t run) const {
    for (uint64_t begin = 0; begin < size; begin += 2 * run) {
      uint64_t middle = begin + run < size ? begin + run : size;
      uint64_t end = middle + run < size ? middle + run : size;
      to = merge(key, from + begin, from + middle, from + end, to);
    }
  }

  /// A function of its own, as engines compile well what is called often.
  WHAMM_NOINLINE static Entry *merge(const Shape &key, const Entry *a,
                                     const Entry *b, const Entry *end,
                                     Entry *to) {
    const Entry *middle = b;
    while (a != middle && b != end) {
      bool takesB = b->prefix < a->prefix ||
                    (b->prefix == a->prefix && isLess(key, b->words, a->words));
      *to++ = takesB ? *b : *a;
      b += takesB;
      a += !takesB;
    }
    while (a != middle)
      *to++ = *a++;
    while (b != end)
      *to++ = *b++;
    return to;
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

/// Prints `key`, `arrow`, `value`. A function of its own, as engines compile
/// well what is called often.
WHAMM_NOINLINE void appendEntry(Buffer &out, ValuePrinter::Form form,
                                const MapType &type, const uint32_t *words,
                                Text arrow) {
  words = appendValue(out, form, type.key, words);
  out.append(arrow);
  appendValue(out, form, type.value, words);
}

/// Prints entries, and calls `afterEntry` for each.
template <typename AfterEntry>
void appendEntries(Buffer &out, const Map &map, Text separator, Text arrow,
                   AfterEntry afterEntry) {
  bool isFirst = true;
  for (const auto &entry : SortedEntries(map)) {
    if (!isFirst)
      out.append(separator);
    isFirst = false;
    appendEntry(out, ValuePrinter::Form::Plain, *map.type, entry.words, arrow);
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
  for (const auto &entry : SortedEntries(map)) {
    out.append(isFirst ? Text("[") : Text(", ["));
    isFirst = false;
    appendEntry(out, ValuePrinter::Form::Json, *map.type, entry.words, ", ");
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
