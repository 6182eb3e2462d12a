//===- Heap.cpp - The heap of whamm_core ----------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Small blocks are powers of two with a free list for each, which makes both
/// directions constant-time. Large blocks, tables of maps above all, are cut
/// from an address-ordered list of free ranges that grow together again: what a
/// growing table leaves behind serves the next ones.
///
//===----------------------------------------------------------------------===//

#include "Support.h"

using namespace whamm::core;

extern "C" unsigned char __heap_base; // NOLINT: the linker's name

namespace {

constexpr uint32_t PageSize = 65536;
constexpr uint32_t MinClass = 4;
constexpr uint32_t MaxClass = 15;
constexpr uint32_t LargeUnit = 4096;
/// Memory grows by this much at least, where it can.
constexpr uint32_t GrowthPages = 16;
constexpr uint32_t InUse = 0xa110c8ed;
constexpr uint32_t Free = 0xf4eeb10c;

/// Precedes each block; keeps the block aligned to 8.
struct BlockHeader {
  /// All bytes of the block, this header among them.
  uint32_t size;
  uint32_t state;
};

struct FreeBlock : BlockHeader {
  FreeBlock *next;
};

FreeBlock *freeLists[MaxClass + 1];
FreeBlock *freeRanges;
uint64_t bumpNext;
uint64_t bumpEnd;
/// Where memory begins that nothing has been written to.
uint64_t freshBegin;

uint64_t addressOf(const void *pointer) {
  return reinterpret_cast<uintptr_t>(pointer);
}

bool growMemory(uint64_t pages) {
  if (bumpEnd + pages * PageSize > UINT32_MAX)
    return false;
  if (__builtin_wasm_memory_grow(0, pages) == static_cast<size_t>(-1))
    return false;
  bumpEnd += pages * PageSize;
  return true;
}

/// Takes `need` bytes from the end of the heap.
void *bump(uint64_t need, Text what) {
  if (!bumpNext) {
    bumpNext = (addressOf(&__heap_base) + 15) & ~15ull;
    freshBegin = bumpNext;
    bumpEnd = static_cast<uint64_t>(__builtin_wasm_memory_size(0)) * PageSize;
  }
  if (bumpNext + need > bumpEnd) {
    uint64_t pages = (bumpNext + need - bumpEnd + PageSize - 1) / PageSize;
    bool grew = pages < GrowthPages && growMemory(GrowthPages);
    if (!grew && !growMemory(pages))
      fail("out of memory: no room for ", what);
  }
  auto *start = reinterpret_cast<void *>(static_cast<uintptr_t>(bumpNext));
  bumpNext += need;
  if (freshBegin < bumpNext)
    freshBegin = bumpNext;
  return start;
}

bool isSmall(uint64_t total) { return total <= (1u << MaxClass); }

uint32_t sizeClassFor(uint32_t total) {
  uint32_t sizeClass = 32 - __builtin_clz(total - 1);
  return sizeClass < MinClass ? MinClass : sizeClass;
}

uint64_t largeSize(uint64_t total) {
  return (total + LargeUnit - 1) / LargeUnit * LargeUnit;
}

BlockHeader *takeSmall(uint32_t total, Text what) {
  uint32_t sizeClass = sizeClassFor(total);
  FreeBlock *block = freeLists[sizeClass];
  if (block) {
    freeLists[sizeClass] = block->next;
    return block;
  }
  auto *fresh = static_cast<BlockHeader *>(bump(1u << sizeClass, what));
  fresh->size = 1u << sizeClass;
  return fresh;
}

/// The first range that is large enough, or what is left of it behind.
BlockHeader *takeLarge(uint32_t total, Text what) {
  for (FreeBlock **link = &freeRanges; *link; link = &(*link)->next) {
    FreeBlock *range = *link;
    if (range->size < total)
      continue;
    if (range->size == total) {
      *link = range->next;
      return range;
    }
    auto *rest = reinterpret_cast<FreeBlock *>(addressOf(range) + total);
    rest->size = range->size - total;
    rest->state = Free;
    rest->next = range->next;
    *link = rest;
    range->size = total;
    return range;
  }
  auto *fresh = static_cast<BlockHeader *>(bump(total, what));
  fresh->size = total;
  return fresh;
}

/// Joins a range with the one behind it if they touch.
void joinWithNext(FreeBlock *range) {
  FreeBlock *next = range->next;
  if (!next || addressOf(range) + range->size != addressOf(next))
    return;
  range->size += next->size;
  range->next = next->next;
}

void releaseLarge(FreeBlock *block) {
  FreeBlock *before = nullptr;
  for (FreeBlock *range = freeRanges; range && range < block;
       range = range->next)
    before = range;
  FreeBlock **link = before ? &before->next : &freeRanges;
  block->next = *link;
  *link = block;
  joinWithNext(block);
  if (before)
    joinWithNext(before);
  // The last one goes back to where blocks of any size come from.
  FreeBlock *last = before && before->next != block ? before : block;
  if (addressOf(last) + last->size != bumpNext)
    return;
  bumpNext = addressOf(last);
  link = &freeRanges;
  while (*link != last)
    link = &(*link)->next;
  *link = nullptr;
}

/// Enlarges a large block in place, which the last one of the heap can be.
bool extend(void *pointer, uint64_t size) {
  if (!pointer)
    return false;
  auto *block = static_cast<BlockHeader *>(pointer) - 1;
  if (isSmall(block->size) || addressOf(block) + block->size != bumpNext)
    return false;
  uint64_t total = largeSize(size + sizeof(BlockHeader));
  bump(total - block->size, "text");
  block->size = static_cast<uint32_t>(total);
  return true;
}

} // namespace

void *whamm::core::allocate(uint64_t size, Text what) {
  if (!size)
    return nullptr;
  uint64_t total = size + sizeof(BlockHeader);
  if (largeSize(total) > UINT32_MAX)
    fail("out of memory: no room for ", what);
  BlockHeader *block =
      isSmall(total) ? takeSmall(static_cast<uint32_t>(total), what)
                     : takeLarge(static_cast<uint32_t>(largeSize(total)), what);
  block->state = InUse;
  return block + 1;
}

void *whamm::core::allocateZeroed(uint64_t size, Text what) {
  uint64_t fresh = freshBegin;
  void *pointer = allocate(size, what);
  uint64_t begin = addressOf(pointer);
  // What has just been added to the heap is zero but for the block's header.
  if (begin <= fresh || !fresh)
    memset(pointer, 0, begin + size > fresh && fresh ? fresh - begin : size);
  return pointer;
}

void whamm::core::release(void *pointer) {
  if (!pointer)
    return;
  uint64_t address = addressOf(pointer);
  auto *block = static_cast<FreeBlock *>(
      static_cast<void *>(static_cast<BlockHeader *>(pointer) - 1));
  if (address % 8 || address < addressOf(&__heap_base) + sizeof(BlockHeader) ||
      address >= bumpNext || block->state != InUse)
    fail("mem_free of an address that mem_alloc did not give");
  block->state = Free;
  if (!isSmall(block->size))
    return releaseLarge(block);
  uint32_t sizeClass = sizeClassFor(block->size);
  block->next = freeLists[sizeClass];
  freeLists[sizeClass] = block;
}

void *whamm::core::allocateForever(uint32_t size, Text what) {
  static uint64_t next, left;
  constexpr uint32_t ChunkSize = 65536 - 2 * sizeof(BlockHeader);
  uint64_t need = (size + 15ull) & ~15ull;
  if (left < need) {
    uint64_t chunk = need > ChunkSize / 4 ? need + 16 : ChunkSize;
    uint64_t begin = addressOf(allocateZeroed(chunk, what));
    uint64_t aligned = (begin + 15) & ~15ull;
    uint64_t room = chunk - (aligned - begin);
    // A large piece has a block of its own; the current one goes on.
    if (chunk != ChunkSize)
      return reinterpret_cast<void *>(static_cast<uintptr_t>(aligned));
    next = aligned;
    left = room;
  }
  auto *piece = reinterpret_cast<void *>(static_cast<uintptr_t>(next));
  next += need;
  left -= need;
  return piece;
}

void Buffer::grow(uint32_t more) {
  uint64_t need = static_cast<uint64_t>(used) + more;
  uint64_t wanted = capacity * 2ull > need ? capacity * 2ull : need;
  // A power of two less the block's header wastes nothing.
  uint64_t rounded = 256;
  while (rounded - sizeof(BlockHeader) < wanted)
    rounded *= 2;
  if (rounded > (1u << 31))
    fail("out of memory: no room for text");
  auto fits = static_cast<uint32_t>(rounded - sizeof(BlockHeader));
  if (extend(bytes, fits)) {
    capacity = fits;
    return;
  }
  auto *moved = static_cast<char *>(allocate(fits, "text"));
  memcpy(moved, bytes, used);
  release(bytes);
  bytes = moved;
  capacity = fits;
}
