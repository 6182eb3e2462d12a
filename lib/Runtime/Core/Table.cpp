//===- Table.cpp - Hash table of 32-bit words -----------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Table.h"

#include "Format.h"

using namespace whamm::core;

uint32_t Table::none[1];

namespace {
constexpr uint32_t FirstCapacity = 8;
/// Hashes have 31 bits to choose a place with.
constexpr uint64_t MaxCapacity = 1ull << 31;
} // namespace

uint32_t *Table::freeEntry(uint32_t hash) const {
  uint32_t *entry = entries + (hash & mask) * stride;
  while (*entry) {
    entry += stride;
    if (entry == end)
      entry = entries;
  }
  return entry;
}

uint32_t *Table::insert(uint32_t hash) {
  if (count == limit)
    grow();
  uint32_t *entry = freeEntry(hash);
  *entry = hash;
  ++count;
  return entry + 1;
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
  to += formatUnsigned(to, count);
  append(" entries");
  return {buffer, static_cast<uint32_t>(to - buffer)};
}

void Table::grow() {
  uint32_t *oldEntries = entries, *oldEnd = end;
  uint64_t capacity = limit ? (mask + 1ull) * 2 : FirstCapacity;
  char buffer[2 * MaxNumberSize];
  Text name = describe(buffer);
  if (capacity > MaxCapacity)
    fail("out of memory: no room for ", name);
  uint64_t bytes = capacity * stride * sizeof(uint32_t);
  auto *fresh = static_cast<uint32_t *>(allocateZeroed(bytes, name));
  entries = fresh;
  end = fresh + capacity * stride;
  mask = static_cast<uint32_t>(capacity - 1);
  if (!limit) {
    limit = FirstCapacity / 4 * 3;
    return;
  }
  limit = static_cast<uint32_t>(capacity / 4 * 3);
  for (uint32_t *entry = oldEntries; entry != oldEnd; entry += stride)
    if (*entry)
      memcpy(freeEntry(*entry), entry, stride * sizeof(uint32_t));
  release(oldEntries);
}
