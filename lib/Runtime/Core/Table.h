//===- Table.h - Hash table of 32-bit words ---------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The hash table behind maps and interned strings: open addressing. An entry
/// is its key's words and its value's, side by side, so that a look-up touches
/// one place of memory. An entry whose key is all zero is free; the key of
/// zeros has a place of its own behind the others. Nothing is ever removed.
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
  /// Before anything else: how many words keys (1 at least) and values have,
  /// and which map this is, for the message where memory ends.
  void setUp(uint32_t keyWords, uint32_t valueWords, uint32_t map);

  /// An owner that is no map.
  enum : uint32_t { Strings = UINT32_MAX };

  /// That many words of zeros at least, which nobody may write to.
  static uint32_t *zeroWords(uint32_t count);

  uint32_t size() const { return count + hasZeroKey; }

  /// The value of a key, nullptr where it is not in the table.
  template <typename Count>
  WHAMM_INLINE uint32_t *find(const uint32_t *key, Count keyWords) const {
    return find(key, keyWords, stride);
  }
  /// The same where the compiler knows the words of an entry.
  template <typename Count, typename Stride>
  WHAMM_INLINE uint32_t *find(const uint32_t *key, Count keyWords,
                              Stride entryWords) const {
    return findWhere(key, keyWords, entryWords,
                     [](const uint32_t *) { return true; });
  }

  /// The first value under the key of which `isMeant(value)` holds: the table
  /// may have several of one key.
  template <typename Count, typename Stride, typename IsMeant>
  WHAMM_INLINE uint32_t *findWhere(const uint32_t *key, Count keyWords,
                                   Stride entryWords, IsMeant isMeant) const {
    if (isZero(key, keyWords))
      return hasZeroKey ? end + keyWords : nullptr;
    uint32_t place = placeOf(key, keyWords);
    auto look = [&](uint32_t *&entry) {
      entry = entries + (place & mask) * entryWords;
      return areEqual(key, entry, keyWords) && isMeant(entry + keyWords);
    };
    // Mostly the first place is the right one: engines are faster where that
    // is not part of a loop.
    uint32_t *entry;
    if (__builtin_expect(look(entry), true))
      return entry + keyWords;
    while (!isZero(entry, keyWords)) {
      place += NextPlace;
      if (look(entry))
        return entry + keyWords;
    }
    return nullptr;
  }

  /// The value of a key, which is inserted with zeros where it is not there.
  uint32_t *slot(const uint32_t *key);

  /// Adds an entry, whatever there is under its key; returns its value, zeros.
  uint32_t *insert(const uint32_t *key);

  /// Calls `action(words)` for each entry: the key's words and the value's.
  template <typename Action> void forEach(Action action) const {
    for (uint32_t *entry = entries; entry != end; entry += stride)
      if (!isZero(entry, keyWords))
        action(entry);
    if (hasZeroKey)
      action(end);
  }

private:
  /// Without branches, which could not be foretold.
  template <typename Count>
  WHAMM_INLINE static bool areEqual(const uint32_t *a, const uint32_t *b,
                                    Count words) {
    uint32_t difference = 0;
    for (uint32_t i = 0; i < words; ++i)
      difference |= a[i] ^ b[i];
    return !difference;
  }
  template <typename Count>
  WHAMM_INLINE static bool isZero(const uint32_t *words, Count size) {
    uint32_t bits = 0;
    for (uint32_t i = 0; i < size; ++i)
      bits |= words[i];
    return !bits;
  }

  template <typename Count>
  uint32_t *freeEntry(const uint32_t *key, Count keyWords) const;
  template <typename Count>
  void moveEntries(const uint32_t *from, const uint32_t *to, Count keyWords);
  void grow();
  Text describe(char *buffer) const;

  /// Where entries are, and the one of the key of zeros behind them.
  uint32_t *entries = nullptr;
  uint32_t *end = nullptr;
  uint32_t mask = 0;
  /// The words of an entry.
  uint32_t stride = 0;
  uint32_t keyWords = 0;
  /// Entries but for that of the key of zeros.
  uint32_t count = 0;
  /// At how many entries the table grows: half full, so that few keys have to
  /// evade others. 0 before the first entry, when there is no memory yet.
  uint32_t limit = 0;
  uint32_t owner = Strings;
  bool hasZeroKey = false;
};

} // namespace whamm::core

#endif // WHAMM_LIB_RUNTIME_CORE_TABLE_H
