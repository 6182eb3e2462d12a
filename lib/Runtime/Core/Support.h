//===- Support.h - Freestanding base of whamm_core --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the other files of whamm_core stand on: failure, bytes, memory and the
/// growing buffer. The library is freestanding and targets the WebAssembly MVP,
/// so that every engine can load it.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_CORE_SUPPORT_H
#define WHAMM_LIB_RUNTIME_CORE_SUPPORT_H

#include <stddef.h>
#include <stdint.h>

#define WHAMM_EXPORT(name) extern "C" __attribute__((export_name(name)))

/// For what runs at every access of a map, which the compiler finds too large.
#define WHAMM_INLINE __attribute__((always_inline))
/// For what runs seldom and would make such code larger.
#define WHAMM_NOINLINE __attribute__((noinline))

extern "C" {
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);
int memcmp(const void *a, const void *b, size_t size);
}

namespace whamm::core {

/// A value at any address, aligned or not.
template <typename T> WHAMM_INLINE inline T load(const void *from) {
  T value;
  __builtin_memcpy_inline(&value, from, sizeof(T));
  return value;
}
template <typename T> WHAMM_INLINE inline void store(void *to, T value) {
  __builtin_memcpy_inline(to, &value, sizeof(T));
}

/// A piece of text that somebody else owns.
struct Text {
  const char *data = nullptr;
  uint32_t size = 0;

  constexpr Text() = default;
  constexpr Text(const char *data, uint32_t size) : data(data), size(size) {}
  template <unsigned N>
  constexpr Text(const char (&literal)[N]) : data(literal), size(N - 1) {}

  bool operator==(const Text &other) const {
    return size == other.size && memcmp(data, other.data, size) == 0;
  }
};

/// Writes `whamm_core: <message>` to standard error and traps.
[[noreturn]] void fail(Text message, Text detail = {});

/// The bytes at an address that a script or program gave; fails where they are
/// not in memory.
Text checkedText(const char *data, uint32_t size);

/// Memory from the library's heap, aligned to 8; never null but for a size of
/// 0. Fails where memory cannot grow, with a message that says for what.
void *allocate(uint64_t size, Text what = "memory");

/// The same, zeroed.
void *allocateZeroed(uint64_t size, Text what = "memory");

/// Gives back what allocate() gave; null is allowed. Fails on anything else.
void release(void *pointer);

/// Memory that is never given back, aligned to 16 and zeroed.
void *allocateForever(uint32_t size, Text what = "memory");

/// Copies what is mostly a few bytes, where calling memcpy() takes longer than
/// copying.
inline void copyShort(char *to, Text text) {
  uint32_t i = 0;
  for (; i + 8 <= text.size; i += 8)
    store(to + i, load<uint64_t>(text.data + i));
  for (; i < text.size; ++i)
    to[i] = text.data[i];
}

/// Bytes that grow at the end.
class Buffer {
public:
  uint32_t size() const { return used; }
  const char *data() const { return bytes; }
  Text text() const { return {bytes, used}; }
  void clear() { used = 0; }

  /// Makes room for `more` bytes and returns where they go; they count once
  /// advance() is called.
  char *reserve(uint32_t more) {
    if (capacity - used < more)
      grow(more);
    return bytes + used;
  }
  void advance(uint32_t count) { used += count; }

  void append(Text text) {
    copyShort(reserve(text.size), text);
    used += text.size;
  }
  void append(char c) {
    *reserve(1) = c;
    ++used;
  }

private:
  void grow(uint32_t more);

  char *bytes = nullptr;
  uint32_t used = 0;
  uint32_t capacity = 0;
};

} // namespace whamm::core

#endif // WHAMM_LIB_RUNTIME_CORE_SUPPORT_H
