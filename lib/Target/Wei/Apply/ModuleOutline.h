//===- ModuleOutline.h - Where a module's definitions are -------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_WEI_APPLY_MODULEOUTLINE_H
#define WHAMM_LIB_TARGET_WEI_APPLY_MODULEOUTLINE_H

#include "whamm/Wasm/Encode.h"
#include "whamm/Wasm/Module.h"

namespace whamm::wei {

/// The binary entries of the definitions of a module.
class ModuleOutline {
public:
  /// The module is valid and outlives the object.
  explicit ModuleOutline(const wasm::Module &module);

  struct Definition {
    wasm::ByteRange range;          // empty for imports
    std::optional<uint32_t> import; // index of the import that provides it
  };
  /// The definitions of one kind, imported ones first: those of the sections
  /// that have entries (types by recursion group), none for others.
  llvm::ArrayRef<Definition> getDefinitions(wasm::SectionId id) const {
    return definitions[static_cast<size_t>(id)];
  }
  /// The content of a section that getDefinitions() knows.
  wasm::ByteRange getContent(wasm::SectionId id) const {
    return contents[static_cast<size_t>(id)];
  }
  /// Custom sections, from their names on.
  llvm::ArrayRef<wasm::ByteRange> getCustomSections() const { return custom; }

private:
  static constexpr size_t numSections = 14;
  void addImports(const wasm::Module &module);
  void addSection(const wasm::Module &module, const wasm::Section &section);

  std::vector<Definition> definitions[numSections];
  wasm::ByteRange contents[numSections];
  std::vector<wasm::ByteRange> custom;
};

} // namespace whamm::wei

#endif // WHAMM_LIB_TARGET_WEI_APPLY_MODULEOUTLINE_H
