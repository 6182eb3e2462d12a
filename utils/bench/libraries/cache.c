//===- cache.c - A simulated cache ------------------------------*- C -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A data cache of 32 kB: 64 sets of 8 lines of 64 bytes, of which the one that
/// was used least recently makes room. A freestanding WebAssembly library, for
/// the monitor monitors/cache.mm and for calls that are put in by hand.
///
//===----------------------------------------------------------------------===//

#include <stdint.h>

enum { lineBits = 6, setCount = 64, wayCount = 8 };

/// Per set the numbers of the lines in it, plus one, so that zero is no line;
/// the one that was used last is first.
static uint32_t sets[setCount][wayCount];
static int64_t hitCount;
static int64_t missCount;

/// Brings a line to the front of its set. A hit on the front, which is what
/// most accesses are, moves nothing.
static void touchLine(uint32_t line) {
  uint32_t *ways = sets[line % setCount];
  uint32_t tag = line + 1;
  if (ways[0] == tag) {
    ++hitCount;
    return;
  }
  uint32_t carried = ways[0];
  for (int way = 1; way < wayCount; ++way) {
    uint32_t next = ways[way];
    ways[way] = carried;
    if (next == tag) {
      ways[0] = tag;
      ++hitCount;
      return;
    }
    carried = next;
  }
  ways[0] = tag;
  ++missCount;
}

/// An access of \p size bytes at \p address; one that crosses lines touches
/// each of them.
__attribute__((export_name("access"))) void access(uint32_t address,
                                                   uint32_t size) {
  uint32_t first = address >> lineBits;
  uint32_t last = (address + size - 1) >> lineBits;
  touchLine(first);
  if (last != first)
    touchLine(last);
}

__attribute__((export_name("hits"))) int64_t hits(void) { return hitCount; }

__attribute__((export_name("misses"))) int64_t misses(void) {
  return missCount;
}
