//===- Table.cpp - Hash table of 32-bit words -----------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Table.h"

#include "Format.h"

using namespace whamm::core;

namespace {
constexpr uint32_t FirstCapacity = 8;
/// Places have 32 bits to be chosen with.
constexpr uint64_t MaxCapacity = 1ull << 31;
} // namespace

uint32_t *Table::zeroWords(uint32_t count) {
  static uint32_t *zeros;
  static uint32_t size;
  if (size < count || !zeros) {
    size = count < 16 ? 16 : count;
    zeros = static_cast<uint32_t *>(allocateForever(size * sizeof(uint32_t)));
  }
  return zeros;
}

void Table::setUp(uint32_t newKeyWords, uint32_t valueWords, uint32_t map) {
  owner = map;
  keyWords = newKeyWords;
  stride = newKeyWords + valueWords;
  // A free entry to look into until there are others.
  entries = end = zeroWords(newKeyWords);
  mask = count = limit = 0;
  hasZeroKey = false;
}

template <typename Count>
uint32_t *Table::freeEntry(const uint32_t *key, Count words) const {
  uint32_t place = placeOf(key, words);
  uint32_t *entry = entries + (place & mask) * stride;
  while (!isZero(entry, words)) {
    place += NextPlace;
    entry = entries + (place & mask) * stride;
  }
  return entry;
}

uint32_t *Table::slot(const uint32_t *key) {
  uint32_t *value = find(key, keyWords);
  return value ? value : insert(key);
}

uint32_t *Table::insert(const uint32_t *key) {
  bool isZeroKey = isZero(key, keyWords);
  if (isZeroKey ? !limit : count == limit)
    grow();
  if (isZeroKey) {
    hasZeroKey = true;
    return end + keyWords;
  }
  uint32_t *entry = freeEntry(key, keyWords);
  for (uint32_t i = 0; i < keyWords; ++i)
    entry[i] = key[i];
  ++count;
  return entry + keyWords;
}

/// What needs room: `map 3 with more than 6144 entries`. No allocation: there
/// may be no memory for it.
Text Table::describe(char *buffer) const {
  if (owner == Strings)
    return "strings";
  char *to = buffer;
  auto append = [&](Text text) {
    memcpy(to, text.data, text.size);
    to += text.size;
  };
  append("map ");
  to += formatUnsigned(to, owner);
  append(" with more than ");
  to += formatUnsigned(to, size());
  append(" entries");
  return {buffer, static_cast<uint32_t>(to - buffer)};
}

template <typename Count>
void Table::moveEntries(const uint32_t *from, const uint32_t *to, Count words) {
  for (const uint32_t *entry = from; entry != to; entry += stride) {
    if (isZero(entry, words))
      continue;
    uint32_t *moved = freeEntry(entry, words);
    for (uint32_t i = 0; i < stride; ++i)
      moved[i] = entry[i];
  }
}

void Table::grow() {
  uint32_t *oldEntries = entries, *oldEnd = end;
  bool isFirst = !limit;
  uint64_t capacity = isFirst ? FirstCapacity : (mask + 1ull) * 2;
  char buffer[2 * MaxNumberSize];
  Text name = describe(buffer);
  if (capacity > MaxCapacity)
    fail("out of memory: no room for ", name);
  uint64_t bytes = (capacity + 1) * stride * sizeof(uint32_t);
  entries = static_cast<uint32_t *>(allocateZeroed(bytes, name));
  end = entries + capacity * stride;
  mask = static_cast<uint32_t>(capacity - 1);
  limit = static_cast<uint32_t>(capacity / 2);
  if (isFirst)
    return;
  switch (keyWords) {
  case 1:
    moveEntries(oldEntries, oldEnd, Constant<1>());
    break;
  case 2:
    moveEntries(oldEntries, oldEnd, Constant<2>());
    break;
  default:
    moveEntries(oldEntries, oldEnd, keyWords);
  }
  memcpy(end, oldEnd, stride * sizeof(uint32_t));
  release(oldEntries);
}
