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

extern "C" __attribute__((no_builtin("memmove"))) void *
memmove(void *to, const void *from, size_t size) {
  auto *t = static_cast<char *>(to);
  auto *f = static_cast<const char *>(from);
  if (reinterpret_cast<uintptr_t>(t) - reinterpret_cast<uintptr_t>(f) >= size)
    return memcpy(to, from, size);
  // The end of the source lies in the target: from behind.
  for (; size >= 8; size -= 8)
    __builtin_memcpy_inline(t + size - 8, f + size - 8, 8);
  for (; size; --size)
    t[size - 1] = f[size - 1];
  return to;
}

extern "C" __attribute__((no_builtin("memset"))) void *
memset(void *to, int value, size_t size) {
  auto *t = static_cast<char *>(to);
  uint64_t eight = 0x0101010101010101 * static_cast<uint8_t>(value);
  for (; size >= 8; size -= 8, t += 8)
    __builtin_memcpy_inline(t, &eight, 8);
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
