//===- Encode.h - Writing WebAssembly binary data ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The primitive encodings of the binary format (core specification 5.1 and
/// 5.2), appended to a byte buffer.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_ENCODE_H
#define WHAMM_WASM_ENCODE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace whamm::wasm {

/// The buffer that encoders append to.
using ByteSink = llvm::SmallVectorImpl<uint8_t>;

/// Section ids (5.5.2).
enum class SectionId : uint8_t {
  Custom = 0,
  Type = 1,
  Import = 2,
  Function = 3,
  Table = 4,
  Memory = 5,
  Global = 6,
  Export = 7,
  Start = 8,
  Element = 9,
  Code = 10,
  Data = 11,
  DataCount = 12,
  Tag = 13,
};

inline void appendByte(ByteSink &out, uint8_t byte) { out.push_back(byte); }

inline void appendBytes(ByteSink &out, llvm::ArrayRef<uint8_t> bytes) {
  out.append(bytes.begin(), bytes.end());
}

/// Appends an unsigned integer of any width in its shortest encoding.
inline void appendULEB(ByteSink &out, uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<uint8_t>(value) | 0x80);
    value >>= 7;
  }
  out.push_back(static_cast<uint8_t>(value));
}

/// Appends a signed integer of any width in its shortest encoding. 32-bit
/// values must be sign-extended.
inline void appendSLEB(ByteSink &out, int64_t value) {
  while (value < -0x40 || value > 0x3F) {
    out.push_back((static_cast<uint8_t>(value) & 0x7F) | 0x80);
    value >>= 7;
  }
  out.push_back(static_cast<uint8_t>(value) & 0x7F);
}

/// Appends an unsigned 32-bit integer in exactly five bytes, so that it can be
/// overwritten later (patchULEB32).
inline void appendPaddedULEB32(ByteSink &out, uint32_t value) {
  for (unsigned i = 0; i != 4; ++i, value >>= 7)
    out.push_back(static_cast<uint8_t>(value) | 0x80);
  out.push_back(static_cast<uint8_t>(value));
}

/// Overwrites five bytes at `at`, made by appendPaddedULEB32.
inline void patchULEB32(llvm::MutableArrayRef<uint8_t> bytes, size_t at,
                        uint32_t value) {
  for (unsigned i = 0; i != 4; ++i, value >>= 7)
    bytes[at + i] = static_cast<uint8_t>(value) | 0x80;
  bytes[at + 4] = static_cast<uint8_t>(value);
}

/// The number of bytes that appendULEB appends.
inline unsigned getULEBSize(uint64_t value) {
  unsigned size = 1;
  for (; value >= 0x80; value >>= 7)
    ++size;
  return size;
}

/// Appends little-endian bytes: f32 and f64 bit patterns.
inline void appendFixed32(ByteSink &out, uint32_t bits) {
  for (unsigned i = 0; i != 4; ++i)
    out.push_back(static_cast<uint8_t>(bits >> (8 * i)));
}
inline void appendFixed64(ByteSink &out, uint64_t bits) {
  for (unsigned i = 0; i != 8; ++i)
    out.push_back(static_cast<uint8_t>(bits >> (8 * i)));
}

/// Appends a name: its length, then its bytes.
inline void appendName(ByteSink &out, llvm::StringRef name) {
  appendULEB(out, name.size());
  out.append(name.bytes_begin(), name.bytes_end());
}

/// Appends the magic number and the version (5.5.16).
inline void appendPreamble(ByteSink &out) {
  static constexpr uint8_t preamble[] = {0, 'a', 's', 'm', 1, 0, 0, 0};
  appendBytes(out, preamble);
}

/// Appends a section: id, size, content.
inline void appendSection(ByteSink &out, SectionId id,
                          llvm::ArrayRef<uint8_t> content) {
  out.push_back(static_cast<uint8_t>(id));
  appendULEB(out, content.size());
  appendBytes(out, content);
}

/// Appends a custom section.
inline void appendCustomSection(ByteSink &out, llvm::StringRef name,
                                llvm::ArrayRef<uint8_t> content) {
  out.push_back(static_cast<uint8_t>(SectionId::Custom));
  appendULEB(out, getULEBSize(name.size()) + name.size() + content.size());
  appendName(out, name);
  appendBytes(out, content);
}

/// Appends a length-prefixed body or other sized item: size, then bytes.
inline void appendSized(ByteSink &out, llvm::ArrayRef<uint8_t> content) {
  appendULEB(out, content.size());
  appendBytes(out, content);
}

/// Puts a section together whose vector length is known only at its end: write
/// items to `items`, count them, then finish().
class VectorSection {
public:
  /// The sink for the next item; counts it.
  ByteSink &addItem() {
    ++count;
    return items;
  }
  /// The sink for items counted elsewhere (raw copies of whole vectors).
  ByteSink &addItems(uint32_t number) {
    count += number;
    return items;
  }
  uint32_t size() const { return count; }

  /// Appends the section to `out`; nothing where it has no items.
  void finish(ByteSink &out, SectionId id) const {
    if (count == 0)
      return;
    out.push_back(static_cast<uint8_t>(id));
    appendULEB(out, getULEBSize(count) + items.size());
    appendULEB(out, count);
    appendBytes(out, items);
  }

private:
  llvm::SmallVector<uint8_t, 0> items;
  uint32_t count = 0;
};

} // namespace whamm::wasm

#endif // WHAMM_WASM_ENCODE_H
