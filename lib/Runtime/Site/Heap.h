//===- Heap.h - Memory of a monitor -----------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_SITE_HEAP_H
#define WHAMM_LIB_RUNTIME_SITE_HEAP_H

#include <stddef.h>
#include <stdint.h>

#define WHAMM_EXPORT(name) extern "C" __attribute__((export_name(name)))

namespace whamm::site {

/// Zeroed memory, aligned to 8, that is never given back. Traps where memory
/// cannot grow.
void *allocate(uint32_t size);

/// Bytes that grow at the end; they move then.
class Buffer {
public:
  uint32_t size() const { return used; }
  char *data() { return bytes; }
  void clear() { used = 0; }
  /// Makes room for `more` bytes, which count at once, and returns where they
  /// go.
  char *extend(uint32_t more);

private:
  char *bytes = nullptr;
  uint32_t used = 0, capacity = 0;
};

} // namespace whamm::site

#endif // WHAMM_LIB_RUNTIME_SITE_HEAP_H
