//===- Strings.cpp - Strings of scripts -----------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Strings.h"

#include "Table.h"

using namespace whamm::core;

//===----------------------------------------------------------------------===//
// Interning
//===----------------------------------------------------------------------===//

namespace {

/// Addresses and lengths under the hashes of the bytes.
class InternTable {
public:
  /// The string's address and length, nullptr where there is none.
  const uint32_t *find(uint32_t hash, Text text) const {
    if (!isSetUp)
      return nullptr;
    return table.findWhere(
        &hash, Constant<1>(), Constant<3>(), [&](const uint32_t *words) {
          return words[1] == text.size && textOf(words) == text;
        });
  }

  void insert(uint32_t hash, Text text) {
    if (!isSetUp)
      table.setUp(/*keyWords=*/1, /*valueWords=*/2, Table::Strings);
    isSetUp = true;
    uint32_t *words = table.insert(&hash);
    words[0] = reinterpret_cast<uintptr_t>(text.data);
    words[1] = text.size;
  }

  static Text textOf(const uint32_t *words) {
    return {reinterpret_cast<const char *>(static_cast<uintptr_t>(words[0])),
            words[1]};
  }

private:
  Table table;
  bool isSetUp = false;
};

constinit InternTable interned;

/// Never 0: several strings may have a hash, but one key of zeros.
uint32_t hashOf(Text text) {
  return static_cast<uint32_t>(hashBytes(text)) | 0x80000000;
}

} // namespace

bool whamm::core::findInterned(Text &text) {
  if (!text.size) {
    text = {};
    return true;
  }
  const uint32_t *words = interned.find(hashOf(text), text);
  if (words)
    text = InternTable::textOf(words);
  return words;
}

Text whamm::core::intern(Text text) {
  if (!text.size)
    return {};
  uint32_t hash = hashOf(text);
  if (const uint32_t *words = interned.find(hash, text))
    return InternTable::textOf(words);
  constexpr uint32_t Extra = sizeof(uint32_t) + 1;
  if (text.size > UINT32_MAX - Extra - 16)
    fail("out of memory: no room for strings");
  auto *copy =
      static_cast<char *>(allocateForever(text.size + Extra, "strings"));
  memcpy(copy, &text.size, sizeof(uint32_t));
  copy += sizeof(uint32_t);
  memcpy(copy, text.data, text.size);
  Text result(copy, text.size);
  interned.insert(hash, result);
  return result;
}

//===----------------------------------------------------------------------===//
// Exports
//===----------------------------------------------------------------------===//

namespace {
Buffer scratch;
} // namespace

WHAMM_EXPORT("data_new") void *whammDataNew(uint32_t size) {
  // data_write comes in pieces of 32 bytes.
  if (size > UINT32_MAX - 64)
    fail("out of memory: no room for data");
  return allocateForever((size + 31) & ~31u, "data");
}

WHAMM_EXPORT("data_write")
void whammDataWrite(char *to, uint64_t a, uint64_t b, uint64_t c, uint64_t d) {
  const uint64_t words[] = {a, b, c, d};
  memcpy(to, words, sizeof(words));
}

WHAMM_EXPORT("str_eq")
bool whammStrEq(const char *p, uint32_t n, const char *q, uint32_t m) {
  return n == m && (p == q || memcmp(p, q, n) == 0);
}

WHAMM_EXPORT("str_starts_with")
bool whammStrStartsWith(const char *p, uint32_t n, const char *q, uint32_t m) {
  return m <= n && memcmp(p, q, m) == 0;
}

WHAMM_EXPORT("str_ends_with")
bool whammStrEndsWith(const char *p, uint32_t n, const char *q, uint32_t m) {
  return m <= n && memcmp(p + (n - m), q, m) == 0;
}

WHAMM_EXPORT("str_contains")
bool whammStrContains(const char *p, uint32_t n, const char *q, uint32_t m) {
  if (!m)
    return true;
  for (; m <= n; ++p, --n)
    if (*p == *q && memcmp(p, q, m) == 0)
      return true;
  return false;
}

WHAMM_EXPORT("str_begin") char *whammStrBegin(uint32_t size) {
  scratch.clear();
  return scratch.reserve(size);
}

WHAMM_EXPORT("str_end") const char *whammStrEnd(uint32_t size) {
  Text text(scratch.reserve(0), size);
  return intern(checkedText(text.data, text.size)).data;
}
