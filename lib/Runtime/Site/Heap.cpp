//===- Heap.cpp - Memory of a monitor -------------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A bump allocator: what monitors allocate (records, rows, strings) lives as
/// long as they do.
///
//===----------------------------------------------------------------------===//

#include "Heap.h"

extern "C" char __heap_base;

namespace whamm::site {

static constinit char *next = &__heap_base;

void *allocate(uint32_t size) {
  constexpr uint32_t pageSize = 65536;
  size = (size + 7) & ~7u;
  auto begin = (reinterpret_cast<uintptr_t>(next) + 7) & ~uintptr_t(7);
  uint64_t end = uint64_t(begin) + size;
  uint64_t have = uint64_t(__builtin_wasm_memory_size(0)) * pageSize;
  if (end > have) {
    uint64_t more = (end - have + pageSize - 1) / pageSize;
    // Growing by large steps keeps many small records cheap.
    uint64_t wanted = more < 16 ? 16 : more;
    if (__builtin_wasm_memory_grow(0, wanted) == SIZE_MAX &&
        __builtin_wasm_memory_grow(0, more) == SIZE_MAX)
      __builtin_trap();
  }
  next = reinterpret_cast<char *>(static_cast<uintptr_t>(end));
  return reinterpret_cast<char *>(begin);
}

char *Buffer::extend(uint32_t more) {
  if (capacity - used < more) {
    uint32_t wanted = 2 * capacity > used + more ? 2 * capacity : used + more;
    auto *moved = static_cast<char *>(allocate(wanted < 256 ? 256 : wanted));
    for (uint32_t i = 0; i < used; ++i)
      moved[i] = bytes[i];
    bytes = moved;
    capacity = wanted < 256 ? 256 : wanted;
  }
  used += more;
  return bytes + used - more;
}

} // namespace whamm::site

/// Zeroed memory for a record of a site, aligned to 8.
WHAMM_EXPORT("site_alloc") void *siteAlloc(uint32_t size) {
  return whamm::site::allocate(size);
}

// What the compiler makes of copies and initialisations.
extern "C" __attribute__((no_builtin)) void *memcpy(void *to, const void *from,
                                                    size_t size) {
  for (size_t i = 0; i < size; ++i)
    static_cast<char *>(to)[i] = static_cast<const char *>(from)[i];
  return to;
}
extern "C" __attribute__((no_builtin)) void *memset(void *to, int value,
                                                    size_t size) {
  for (size_t i = 0; i < size; ++i)
    static_cast<char *>(to)[i] = static_cast<char>(value);
  return to;
}
