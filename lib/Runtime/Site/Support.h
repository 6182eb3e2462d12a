//===- Support.h - Freestanding base of the site module ---------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Memory, texts and growing arrays. Nothing is ever given back: what one
/// function needed serves the next one, and what lives on lives as long as the
/// monitor. Running out of memory traps.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_SITE_SUPPORT_H
#define WHAMM_LIB_RUNTIME_SITE_SUPPORT_H

#include <stdint.h>

// The sources compile for the host, too: the test asks them the same questions
// as the compiler's own analyses.
#ifdef __wasm__
#define WHAMM_EXPORT(name) extern "C" __attribute__((export_name(name)))
#define WHAMM_REFLECT(name)                                                    \
  extern "C" __attribute__((import_module("whamm:reflect"), import_name(name)))
#else
#define WHAMM_EXPORT(name) extern "C"
#define WHAMM_REFLECT(name) extern "C"
#endif

namespace whamm::site {

/// Stands for an index that does not exist.
inline constexpr uint32_t none = UINT32_MAX;

/// Memory that is never given back, aligned to 8 and zeroed.
void *allocate(uint32_t size);

/// Bytes that live on. In memory: address, then length.
struct Text {
  const char *data;
  uint32_t size;
};

/// An array that grows at the end. Items are moved bit by bit.
template <typename T> class Array {
public:
  uint32_t size() const { return count; }
  T *data() { return items; }
  const T *data() const { return items; }
  T &operator[](uint32_t index) { return items[index]; }
  const T &operator[](uint32_t index) const { return items[index]; }
  T &back() { return items[count - 1]; }
  const T &back() const { return items[count - 1]; }

  void clear() { count = 0; }
  void truncate(uint32_t size) { count = size; }
  void push(const T &item) {
    if (count == capacity)
      reserve(count + 1);
    items[count++] = item;
  }
  T pop() { return items[--count]; }
  /// New items have any value.
  void resize(uint32_t size) {
    reserve(size);
    count = size;
  }
  /// Makes room; doubling bounds what earlier, smaller rooms waste.
  void reserve(uint32_t size) {
    if (size <= capacity)
      return;
    uint32_t wanted = capacity * 2 < size ? size : capacity * 2;
    wanted = wanted < 16 ? 16 : wanted;
    T *moved = static_cast<T *>(allocate(wanted * sizeof(T)));
    for (uint32_t i = 0; i != count; ++i)
      moved[i] = items[i];
    items = moved;
    capacity = wanted;
  }

private:
  T *items = nullptr;
  uint32_t count = 0;
  uint32_t capacity = 0;
};

} // namespace whamm::site

#endif // WHAMM_LIB_RUNTIME_SITE_SUPPORT_H
