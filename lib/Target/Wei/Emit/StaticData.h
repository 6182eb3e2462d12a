//===- StaticData.h - Memory of a monitor at its start ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_WEI_EMIT_STATICDATA_H
#define WHAMM_LIB_TARGET_WEI_EMIT_STATICDATA_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace whamm::wei {

/// The bytes that lie in a monitor's memory behind those of the site module.
/// All addresses are final.
class StaticData {
public:
  explicit StaticData(uint32_t base) : base(base) {}

  /// Zeroed room, aligned to its size but at most to 8; returns its address.
  uint32_t allocate(uint32_t size);
  void write32(uint32_t address, uint32_t value);
  void write64(uint32_t address, uint64_t value);
  /// The address of a text; equal ones share it.
  uint32_t addText(llvm::StringRef text);
  /// Room for words with these values.
  uint32_t addWords(llvm::ArrayRef<uint32_t> words);

  uint32_t getBase() const { return base; }
  uint32_t getEnd() const { return base + bytes.size(); }
  llvm::ArrayRef<uint8_t> getBytes() const { return bytes; }

private:
  uint32_t base;
  std::vector<uint8_t> bytes;
  llvm::StringMap<uint32_t> texts;
};

/// Adds bytes at an address to a module's memory, which grows to hold them, and
/// sets a word of it.
std::vector<uint8_t> addData(llvm::ArrayRef<uint8_t> module,
                             const StaticData &data, uint32_t wordAddress,
                             uint32_t word);

/// Checks a module as an engine would.
llvm::Error validate(llvm::ArrayRef<uint8_t> module);

} // namespace whamm::wei

#endif // WHAMM_LIB_TARGET_WEI_EMIT_STATICDATA_H
