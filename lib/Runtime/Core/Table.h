//===- Table.h - Hash table of 32-bit words ---------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The hash table behind maps and interned strings: open addressing with linear
/// probing. An entry is its hash (0: empty), its key's words and its value's,
/// side by side, so that a look-up touches one place of memory; growing needs
/// no key again. Nothing is ever removed.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_CORE_TABLE_H
#define WHAMM_LIB_RUNTIME_CORE_TABLE_H

#include "Hash.h"

namespace whamm::core {

/// A number of words that the compiler knows.
template <uint32_t N> struct Constant {
  constexpr operator uint32_t() const { return N; }
};

class Table {
public:
  /// Before anything else: how many words keys and values have, and which map
  /// this is, for the message where memory ends.
  void setUp(uint32_t keyWords, uint32_t valueWords, uint32_t map) {
    owner = map;
    entries = end = none;
    mask = 0;
    count = limit = 0;
    stride = 1 + keyWords + valueWords;
  }

  /// An owner that is no map.
  enum : uint32_t { Strings = UINT32_MAX };

  uint32_t size() const { return count; }

  /// The value of a key, nullptr where it is not in the table.
  template <typename Count>
  WHAMM_INLINE uint32_t *find(const uint32_t *key, Count keyWords) const {
    return findHashed(
        hashWords(key, keyWords),
        [&](const uint32_t *other) { return areEqual(key, other, keyWords); },
        keyWords);
  }

  /// The value of a key, which is inserted with zeros where it is not there.
  template <typename Count>
  uint32_t *slot(const uint32_t *key, Count keyWords) {
    uint32_t hash = hashWords(key, keyWords);
    auto isKey = [&](const uint32_t *other) {
      return areEqual(key, other, keyWords);
    };
    if (uint32_t *value = findHashed(hash, isKey, keyWords))
      return value;
    uint32_t *words = insert(hash);
    for (uint32_t i = 0; i < keyWords; ++i)
      words[i] = key[i];
    return words + keyWords;
  }

  /// The words behind the key of the entry with this hash of which
  /// `isKey(words)` holds; nullptr where there is none.
  template <typename IsKey, typename Count>
  WHAMM_INLINE uint32_t *findHashed(uint32_t hash, IsKey isKey,
                                    Count keyWords) const {
    uint32_t *entry = entries + (hash & mask) * stride;
    for (;;) {
      if (*entry == hash && isKey(entry + 1))
        return entry + 1 + keyWords;
      if (!*entry)
        return nullptr;
      entry += stride;
      if (entry == end)
        entry = entries;
    }
  }

  /// Adds an entry that is not in the table; returns its words, all zero.
  uint32_t *insert(uint32_t hash);

  /// Calls `action(words)` for each entry.
  template <typename Action> void forEach(Action action) const {
    if (!count)
      return;
    for (uint32_t *entry = entries; entry != end; entry += stride)
      if (*entry)
        action(entry + 1);
  }

private:
  template <typename Count>
  WHAMM_INLINE static bool areEqual(const uint32_t *a, const uint32_t *b,
                                    Count words) {
    for (uint32_t i = 0; i < words; ++i)
      if (a[i] != b[i])
        return false;
    return true;
  }

  uint32_t *freeEntry(uint32_t hash) const;
  void grow();
  Text describe(char *buffer) const;

  /// What empty tables look into.
  static uint32_t none[1];

  uint32_t *entries = none;
  uint32_t *end = none;
  uint32_t mask = 0;
  uint32_t stride = 1;
  uint32_t count = 0;
  /// At how many entries the table grows: three quarters full.
  uint32_t limit = 0;
  uint32_t owner = Strings;
};

} // namespace whamm::core

#endif // WHAMM_LIB_RUNTIME_CORE_TABLE_H
