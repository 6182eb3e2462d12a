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

#include "LinkLibraries.h"

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include <memory>
#include <string>
#include <vector>

namespace whamm::rewrite {

/// The module name under which the generated module imports what the splicer
/// replaces: `hole.TYPE.N`, `KIND.N.TYPE` for assigned operands, the names of
/// states (`NAME[K]` for components behind the first), and what else the plan
/// calls shared.
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
  /// Declares an imported function, under its symbol.
  void addImport(wasm_inject::ImportOp op);
  /// Adds functions of libraries in place of imports. Failure is an internal
  /// error, reported at `loc`.
  mlir::LogicalResult addLinked(const LinkPlan &plan, mlir::Location loc);
  /// Adds a function of the script under its symbol.
  mlir::LogicalResult addFunction(wasm_inject::FunctionOp op);
  /// Adds a body without parameters as the exported function `name`.
  mlir::LogicalResult addBody(mlir::Block &body, llvm::StringRef name);
  /// Adds an exported function that calls functions added before, in order.
  void addSequence(llvm::ArrayRef<std::string> callees, llvm::StringRef name);

  /// Optimises all functions, inlines small ones of libraries, validates, and
  /// encodes. Failure is an internal error, reported at `loc`.
  mlir::FailureOr<std::vector<uint8_t>> finish(mlir::Location loc);

  /// The names of the imported globals of a hole and of an operand that a
  /// template assigns.
  static std::string getHoleName(unsigned index, mlir::Type type);
  static std::string getAssignedName(wasm_inject::ParamAttr operand,
                                     mlir::Type type);
  /// The imported global that holds where the module's data lies.
  static constexpr llvm::StringLiteral dataAddressName = "whamm.data";
  /// Imported globals that functions leave further results in, with types:
  /// each needs a global of its own.
  llvm::ArrayRef<std::pair<std::string, mlir::Type>> getResultGlobals() const;

private:
  void optimize();
  // Binaryen's header declares a global namespace `wasm`, so it stays inside.
  struct Handle;
  std::unique_ptr<Handle> handle;
  /// Exported functions, and those that are not: of scripts, of libraries.
  std::vector<std::string> functions, helpers, linked;
};

} // namespace whamm::rewrite

#endif // WHAMM_LIB_TARGET_REWRITE_GENERATE_CODEGEN_H
