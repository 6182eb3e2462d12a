//===- SpliceMemory.h - Work on memories by number --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_SPLICEMEMORY_H
#define WHAMM_LIB_TARGET_REWRITE_SPLICEMEMORY_H

#include "SpliceCode.h"

#include <array>

namespace whamm::rewrite::detail {

/// All functions take the memory's number first; the last four are those that
/// libraries have, too.
enum class MemoryFunction : uint8_t {
  Copy,
  Fill,
  Size,
  Load8,
  Load64,
  Store8,
  Store64,
};
inline constexpr unsigned numMemoryFunctions = 7;

/// Adds what generated code uses, and nothing else.
class MemoryFunctions {
public:
  MemoryFunctions(Layout &layout, const InjectionPlan &plan)
      : layout(layout), app(layout.app), plan(plan) {}

  /// Notes that generated code imports a function.
  llvm::Error use(llvm::StringRef name, const wasm::FuncType &type);
  /// Adds the imports of libraries.
  void addImports();
  /// Adds the functions themselves.
  void addFunctions();
  /// Output index of a function that is in use.
  uint32_t getFunction(llvm::StringRef name) const {
    return functions[getIndex(name == "copy"   ? MemoryFunction::Copy
                              : name == "fill" ? MemoryFunction::Fill
                                               : MemoryFunction::Size)];
  }

private:
  static unsigned getIndex(MemoryFunction function) {
    return static_cast<unsigned>(function);
  }
  bool needs(MemoryFunction function) const {
    return needed[getIndex(function)];
  }
  uint32_t getFunction(MemoryFunction function) const {
    return functions[getIndex(function)];
  }
  bool isCore(uint32_t library) const;
  void addImport(uint32_t library, MemoryFunction function);
  void write(MemoryFunction function, Buffer &body);
  void writeAccess(CodeWriter &code, MemoryFunction function);
  void writeFill(CodeWriter &code);
  void writeCopy(CodeWriter &code);
  void writeDirectCopies(CodeWriter &code);
  void writeBackwardCopy(CodeWriter &code);
  void writeLoop(CodeWriter &code, llvm::ArrayRef<uint32_t> addresses,
                 uint32_t size, int32_t width, llvm::function_ref<void()> step);
  void checkRange(CodeWriter &code, uint32_t memory, uint32_t at,
                  uint32_t size);
  CodeWriter &getWide(CodeWriter &code, uint32_t local, bool is64);

  using Indices = std::array<uint32_t, numMemoryFunctions>;
  Layout &layout;
  const wasm::Module &app;
  const InjectionPlan &plan;
  std::array<bool, numMemoryFunctions> needed = {};
  Indices functions = {};
  std::vector<Indices> imports; // by library
};

} // namespace whamm::rewrite::detail

#endif // WHAMM_LIB_TARGET_REWRITE_SPLICEMEMORY_H
