//===- ModuleMutator.h - Makes modules out of others ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Changes modules for fuzzing. Most changes know the binary format and the
/// opcode table, so that what comes out is decoded, and is valid or nearly so:
/// single instructions, whole constructs around random operands, types,
/// entries of sections. Others change bytes. Sizes and counts are kept right.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_TEST_TOOLS_WHAMM_WASM_TEST_MODULEMUTATOR_H
#define WHAMM_TEST_TOOLS_WHAMM_WASM_TEST_MODULEMUTATOR_H

#include "InstrGenerator.h"

#include "whamm/Wasm/Encode.h"

#include <vector>

namespace whamm::test {

/// The bytes of a module.
using ModuleBytes = std::vector<uint8_t>;

/// Changes modules, always the same way for the same seed.
class ModuleMutator {
public:
  explicit ModuleMutator(uint64_t seed) : random(seed) {}

  /// A module like `seed`, with one change or a few. `other` lends
  /// instructions. Both may be anything.
  ModuleBytes mutate(wasm::Bytes seed, wasm::Bytes other);

  Random &getRandom() { return random; }

private:
  struct Section {
    uint8_t id;
    Buffer content;
  };

  bool readSections(wasm::Bytes seed);
  ModuleBytes write() const;
  Section *find(wasm::SectionId id);
  Section &require(wasm::SectionId id);

  void mutateBytes(Buffer &bytes);
  void mutateSections();
  void mutateCode(const wasm::Module &module, const wasm::Module *other);
  void mutateBody(const wasm::Module &module, const wasm::Module *other,
                  const wasm::FunctionBody &body, Buffer &out);
  void replaceBody(const wasm::Module &module, uint32_t defined,
                   const Buffer &body);
  void addFunction(const wasm::Module &module);
  void addEntry(const wasm::Module &module);
  void addImport(const wasm::Module &module);
  void addSegment(const wasm::Module &module);
  void appendItem(wasm::SectionId id, const Buffer &item);

  Random random;
  std::vector<Section> sections;
};

} // namespace whamm::test

#endif // WHAMM_TEST_TOOLS_WHAMM_WASM_TEST_MODULEMUTATOR_H
