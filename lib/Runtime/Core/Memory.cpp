//===- Memory.cpp - The library's memory for generated code ---------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Access to the library's memory for code that cannot address it, since an
/// engine may have one memory per module only. What is out of bounds traps.
///
//===----------------------------------------------------------------------===//

#include "Support.h"

using namespace whamm::core;

namespace {

/// Wasm's memory.copy and memory.fill write nothing where the range does not
/// fit.
void checkRange(const void *begin, uint32_t size) {
  uint64_t end =
      static_cast<uint64_t>(reinterpret_cast<uintptr_t>(begin)) + size;
  if (end > static_cast<uint64_t>(__builtin_wasm_memory_size(0)) * 65536)
    fail("an address is out of bounds");
}

} // namespace

WHAMM_EXPORT("load8") uint32_t whammLoad8(const char *from) {
  return load<uint8_t>(from);
}
WHAMM_EXPORT("load32") uint32_t whammLoad32(const char *from) {
  return load<uint32_t>(from);
}
WHAMM_EXPORT("load64") uint64_t whammLoad64(const char *from) {
  return load<uint64_t>(from);
}
WHAMM_EXPORT("store8") void whammStore8(char *to, uint32_t value) {
  store(to, static_cast<uint8_t>(value));
}
WHAMM_EXPORT("store32") void whammStore32(char *to, uint32_t value) {
  store(to, value);
}
WHAMM_EXPORT("store64") void whammStore64(char *to, uint64_t value) {
  store(to, value);
}

WHAMM_EXPORT("copy")
void whammCopy(char *to, const char *from, uint32_t size) {
  checkRange(to, size);
  checkRange(from, size);
  memmove(to, from, size);
}

WHAMM_EXPORT("fill") void whammFill(char *to, uint32_t byte, uint32_t size) {
  checkRange(to, size);
  memset(to, static_cast<uint8_t>(byte), size);
}

WHAMM_EXPORT("size") uint32_t whammSize() {
  return __builtin_wasm_memory_size(0);
}
