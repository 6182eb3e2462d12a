//===- Codegen.h - Bodies to Binaryen's IR ----------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Builds the generated module: one function per template, initialiser and
/// report body, over imported globals that stand for holes and state.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_GENERATE_CODEGEN_H
#define WHAMM_LIB_TARGET_REWRITE_GENERATE_CODEGEN_H

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

#include <memory>
#include <string>
#include <vector>

namespace whamm::rewrite {

/// The module name under which the generated module imports what the splicer
/// replaces: `hole.N` and the names of states.
inline constexpr llvm::StringLiteral placeholderModule = "whamm:site";

class Codegen {
public:
  /// `usesFmod` makes the module start from the numerics module.
  explicit Codegen(bool usesFmod);
  ~Codegen();
  Codegen(const Codegen &) = delete;
  Codegen &operator=(const Codegen &) = delete;

  /// Declares a state; all states come before all bodies.
  void declareState(wasm_inject::StateOp state);
  /// Adds a template as the exported function `name`. Parameters that are not
  /// holes are the function's parameters, in order; hole N is the imported
  /// global `hole.<type>.N`.
  mlir::LogicalResult addTemplate(wasm_inject::TemplateOp op,
                                  llvm::StringRef name);
  /// Adds a body without parameters as the exported function `name`.
  mlir::LogicalResult addFunction(mlir::Block &body, llvm::StringRef name);
  /// Adds an exported function that calls functions added before, in order.
  void addSequence(llvm::ArrayRef<std::string> callees, llvm::StringRef name);

  /// Optimises all functions, validates, and encodes. Failure is an internal
  /// error, reported at `loc`.
  mlir::FailureOr<std::vector<uint8_t>> finish(mlir::Location loc);

  /// The name of the imported global of a hole.
  static std::string getHoleName(unsigned index, mlir::Type type);

private:
  // Binaryen's header declares a global namespace `wasm`, so it stays inside.
  struct Handle;
  std::unique_ptr<Handle> handle;
  std::vector<std::string> functions;
  llvm::StringSet<> declaredHoles;
  /// Functions of the numerics module by their export names.
  llvm::StringMap<std::string> numerics;
};

} // namespace whamm::rewrite

#endif // WHAMM_LIB_TARGET_REWRITE_GENERATE_CODEGEN_H
