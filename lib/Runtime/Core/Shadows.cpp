//===- Shadows.cpp - What is in the application's tables ------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// For each table of the application that a script asks about: the index of the
/// function in each slot, or -1 where that is not known. Slots behind the
/// shadow's end are not known; writing to them is ignored.
///
//===----------------------------------------------------------------------===//

#include "Support.h"

using namespace whamm::core;

namespace {

struct Shadow {
  int32_t *slots;
  uint32_t size;
};

Shadow *shadows;
uint32_t count;

constexpr int32_t Unknown = -1;

Shadow &shadowOf(uint32_t table) {
  static Shadow none;
  return table < count ? shadows[table] : none;
}

void reserveShadows(uint64_t wanted) {
  if (wanted <= count)
    return;
  auto *moved = static_cast<Shadow *>(
      allocateZeroed(wanted * sizeof(Shadow), "tables of functions"));
  memcpy(static_cast<void *>(moved), shadows, count * sizeof(Shadow));
  release(shadows);
  shadows = moved;
  count = static_cast<uint32_t>(wanted);
}

/// How many of `n` slots from `slot` on the shadow has.
uint32_t slotsWithin(const Shadow &shadow, uint32_t slot, uint32_t n) {
  if (slot >= shadow.size)
    return 0;
  return n < shadow.size - slot ? n : shadow.size - slot;
}

} // namespace

WHAMM_EXPORT("shadow_new")
void whammShadowNew(uint32_t table, uint32_t size) {
  reserveShadows(table + 1ull);
  Shadow &shadow = shadows[table];
  release(shadow.slots);
  uint64_t bytes = static_cast<uint64_t>(size) * sizeof(int32_t);
  shadow.slots = static_cast<int32_t *>(allocate(bytes, "a table's functions"));
  shadow.size = size;
  for (uint32_t i = 0; i < size; ++i)
    shadow.slots[i] = Unknown;
}

WHAMM_EXPORT("shadow_set")
void whammShadowSet(uint32_t table, uint32_t slot, int32_t fid) {
  Shadow &shadow = shadowOf(table);
  if (slot < shadow.size)
    shadow.slots[slot] = fid;
}

WHAMM_EXPORT("shadow_get")
int32_t whammShadowGet(uint32_t table, uint32_t slot) {
  const Shadow &shadow = shadowOf(table);
  return slot < shadow.size ? shadow.slots[slot] : Unknown;
}

WHAMM_EXPORT("shadow_fill")
void whammShadowFill(uint32_t table, uint32_t slot, uint32_t n, int32_t fid) {
  Shadow &shadow = shadowOf(table);
  n = slotsWithin(shadow, slot, n);
  for (uint32_t i = 0; i < n; ++i)
    shadow.slots[slot + i] = fid;
}

WHAMM_EXPORT("shadow_copy")
void whammShadowCopy(uint32_t toTable, uint32_t to, uint32_t fromTable,
                     uint32_t from, uint32_t n) {
  Shadow &target = shadowOf(toTable);
  const Shadow &source = shadowOf(fromTable);
  n = slotsWithin(target, to, n);
  if (!n)
    return;
  uint32_t known = slotsWithin(source, from, n);
  if (known)
    memmove(target.slots + to, source.slots + from, known * sizeof(int32_t));
  for (uint32_t i = known; i < n; ++i)
    target.slots[to + i] = Unknown;
}
