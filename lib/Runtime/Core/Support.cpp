//===- Support.cpp - Freestanding base of whamm_core ----------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Support.h"

#include "Wasi.h"

using namespace whamm::core;

//===----------------------------------------------------------------------===//
// What the compiler expects of a C library
//===----------------------------------------------------------------------===//

// The attribute keeps the compiler from turning a loop into a call of itself.
extern "C" __attribute__((no_builtin("memcpy"))) void *
memcpy(void *to, const void *from, size_t size) {
  auto *t = static_cast<char *>(to);
  auto *f = static_cast<const char *>(from);
  for (; size >= 8; size -= 8, t += 8, f += 8)
    __builtin_memcpy_inline(t, f, 8);
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

extern "C" __attribute__((no_builtin("memcmp", "bcmp"))) int
memcmp(const void *a, const void *b, size_t size) {
  auto *x = static_cast<const unsigned char *>(a);
  auto *y = static_cast<const unsigned char *>(b);
  for (; size; --size, ++x, ++y)
    if (*x != *y)
      return *x < *y ? -1 : 1;
  return 0;
}

//===----------------------------------------------------------------------===//
// Failure
//===----------------------------------------------------------------------===//

void whamm::core::fail(Text message, Text detail) {
  // No allocation here: running out of memory ends here too.
  Text parts[] = {"whamm_core: ", message, detail, "\n"};
  for (Text part : parts) {
    wasi::Ciovec vector{part.data, part.size};
    uint32_t written = 0;
    wasi::fdWrite(2, &vector, 1, &written);
  }
  __builtin_trap();
}

Text whamm::core::checkedText(const char *data, uint32_t size) {
  uint64_t end =
      static_cast<uint64_t>(reinterpret_cast<uintptr_t>(data)) + size;
  if (end > static_cast<uint64_t>(__builtin_wasm_memory_size(0)) * 65536)
    fail("a string is not in memory");
  return {data, size};
}

//===----------------------------------------------------------------------===//
// Heap
//===----------------------------------------------------------------------===//

// Blocks are powers of two with a free list for each, which makes both
// directions constant-time; the library's own blocks are few and double in
// size, so that coalescing would buy nothing.

extern "C" unsigned char __heap_base; // NOLINT: the linker's name

namespace {

constexpr uint32_t PageSize = 65536;
constexpr uint32_t MinClass = 4;
constexpr uint32_t MaxClass = 31;
constexpr uint32_t InUse = 0xa110c8ed;
constexpr uint32_t Free = 0xf4eeb10c;

/// Precedes each block; keeps the block aligned to 8.
struct BlockHeader {
  uint32_t sizeClass;
  uint32_t state;
};

struct FreeBlock : BlockHeader {
  FreeBlock *next;
};

FreeBlock *freeLists[MaxClass + 1];
uintptr_t bumpNext;
uint64_t bumpEnd;

/// Takes `need` bytes from the end of the heap.
void *bump(uint64_t need) {
  if (!bumpNext) {
    bumpNext = (reinterpret_cast<uintptr_t>(&__heap_base) + 15) & ~15u;
    bumpEnd = static_cast<uint64_t>(__builtin_wasm_memory_size(0)) * PageSize;
  }
  if (bumpNext + need > bumpEnd) {
    uint64_t pages = (bumpNext + need - bumpEnd + PageSize - 1) / PageSize;
    if (bumpEnd + pages * PageSize > UINT32_MAX ||
        __builtin_wasm_memory_grow(0, pages) == static_cast<size_t>(-1))
      fail("out of memory");
    bumpEnd += pages * PageSize;
  }
  auto *start = reinterpret_cast<void *>(bumpNext);
  bumpNext += need;
  return start;
}

uint32_t sizeClassFor(uint32_t size) {
  uint32_t total = size + sizeof(BlockHeader);
  uint32_t sizeClass = 32 - __builtin_clz(total - 1);
  return sizeClass < MinClass ? MinClass : sizeClass;
}

/// Enlarges a block in place, which the last one of the heap can be.
bool extend(void *pointer, uint32_t size) {
  if (!pointer)
    return false;
  auto *block = static_cast<BlockHeader *>(pointer) - 1;
  uint32_t oldSize = 1u << block->sizeClass;
  if (reinterpret_cast<uintptr_t>(block) + oldSize != bumpNext)
    return false;
  uint32_t sizeClass = sizeClassFor(size);
  bump((1ull << sizeClass) - oldSize);
  block->sizeClass = sizeClass;
  return true;
}

} // namespace

void *whamm::core::allocate(uint32_t size) {
  if (!size)
    return nullptr;
  if (size > (1u << 30))
    fail("out of memory");
  uint32_t sizeClass = sizeClassFor(size);
  BlockHeader *block = freeLists[sizeClass];
  if (block)
    freeLists[sizeClass] = static_cast<FreeBlock *>(block)->next;
  else
    block = static_cast<BlockHeader *>(bump(1ull << sizeClass));
  *block = {sizeClass, InUse};
  return block + 1;
}

void whamm::core::release(void *pointer) {
  if (!pointer)
    return;
  auto address = reinterpret_cast<uintptr_t>(pointer);
  auto *block = reinterpret_cast<FreeBlock *>(address - sizeof(BlockHeader));
  auto base = reinterpret_cast<uintptr_t>(&__heap_base);
  if (address % 8 || address < base + sizeof(BlockHeader) ||
      address >= bumpNext || block->state != InUse ||
      block->sizeClass < MinClass || block->sizeClass > MaxClass)
    fail("mem_free of an address that mem_alloc did not give");
  block->state = Free;
  block->next = freeLists[block->sizeClass];
  freeLists[block->sizeClass] = block;
}

void Buffer::grow(uint32_t more) {
  uint64_t need = static_cast<uint64_t>(used) + more;
  uint64_t wanted = capacity * 2ull > need ? capacity * 2ull : need;
  // A power of two less the block's header wastes nothing.
  uint64_t rounded = 256;
  while (rounded - sizeof(BlockHeader) < wanted)
    rounded *= 2;
  if (rounded > (1u << 30))
    fail("out of memory");
  auto fits = static_cast<uint32_t>(rounded - sizeof(BlockHeader));
  if (extend(bytes, fits)) {
    capacity = fits;
    return;
  }
  auto *moved = static_cast<char *>(allocate(fits));
  memcpy(moved, bytes, used);
  release(bytes);
  bytes = moved;
  capacity = fits;
}
