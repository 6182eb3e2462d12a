//===- Memory.cpp - Memory of the site module -----------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A heap that only grows, and what the compiler expects of a C library.
///
//===----------------------------------------------------------------------===//

#include "Support.h"

#include <stddef.h>

using namespace whamm;

extern "C" unsigned char __heap_base; // NOLINT: the linker's name

/// Where the heap goes on; 0 before its first use, which starts it behind the
/// module's own data. A data segment of a merged module may say otherwise.
extern "C" __attribute__((visibility("default"))) uint32_t site_heap_next;
uint32_t site_heap_next;

static constexpr uint32_t pageSize = 65536;

/// Where memory ends as far as has been looked; 0 before the first use.
static uint32_t knownEnd;

/// The first use, and memory that may have to grow.
static void *allocateSlowly(uint32_t size) {
  if (!site_heap_next)
    site_heap_next =
        static_cast<uint32_t>(reinterpret_cast<uintptr_t>(&__heap_base));
  uint64_t begin = (site_heap_next + 7ull) & ~7ull;
  uint64_t end = begin + size;
  uint64_t room = uint64_t(__builtin_wasm_memory_size(0)) * pageSize;
  if (end > room) {
    uint64_t pages = (end - room + pageSize - 1) / pageSize;
    if (end > UINT32_MAX || __builtin_wasm_memory_grow(0, pages) == size_t(-1))
      __builtin_trap();
    room += pages * pageSize;
  }
  knownEnd = static_cast<uint32_t>(room > UINT32_MAX ? UINT32_MAX : room);
  site_heap_next = static_cast<uint32_t>(end);
  return reinterpret_cast<void *>(static_cast<uintptr_t>(begin));
}

// Engines wait for it at every site that they match.
void *site::allocate(uint32_t size) {
  if (size > UINT32_MAX - 7)
    __builtin_trap();
  size = (size + 7) & ~7u;
  uint32_t begin = site_heap_next;
  if (begin > knownEnd || knownEnd - begin < size)
    return allocateSlowly(size);
  site_heap_next = begin + size;
  return reinterpret_cast<void *>(static_cast<uintptr_t>(begin));
}

// The attributes keep the compiler from turning a loop into a call of itself.
extern "C" __attribute__((no_builtin("memcpy"))) void *
memcpy(void *to, const void *from, size_t size) {
  auto *t = static_cast<char *>(to);
  auto *f = static_cast<const char *>(from);
  for (; size; --size)
    *t++ = *f++;
  return to;
}

extern "C" __attribute__((no_builtin("memset"))) void *
memset(void *to, int value, size_t size) {
  auto *t = static_cast<char *>(to);
  for (; size; --size)
    *t++ = static_cast<char>(value);
  return to;
}
