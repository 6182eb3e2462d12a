//===- LoweringContext.h - What bodies share --------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// What the lowering of all bodies of a module shares: the functions of the
/// runtime and of libraries that they call, the bytes of strings, the numbers
/// of memories.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_LOWERINGCONTEXT_H
#define WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_LOWERINGCONTEXT_H

#include "StaticEvaluator.h"

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace whamm {

class LoweringContext {
public:
  /// `caller` executes `@static` calls of places without a site; it may be
  /// null.
  LoweringContext(mlir::ModuleOp module, const wasm::Module &app,
                  StaticCaller *caller)
      : module(module), app(app), caller(caller) {}

  const wasm::Module &getApp() const { return app; }

  /// Evaluates an expression with what is known of the module. Errors are
  /// StaticErrors.
  llvm::Expected<StaticValue> evaluate(StaticProgram program);

  /// Gives the memory of a library its number. Libraries come in the order in
  /// which scripts name them.
  void addLibrary(llvm::StringRef name, llvm::StringRef importName);
  /// The number of a library's memory; it is then among the module's
  /// `memories`.
  uint32_t getMemory(llvm::StringRef library);
  /// The module names of libraries, by memory number behind the application's.
  llvm::ArrayRef<std::string> getLibraries() const { return importNames; }
  /// The names by which scripts use them, in the same order.
  llvm::ArrayRef<std::string> getLibraryNames() const { return names; }

  /// The imported function, declared on first use.
  mlir::FlatSymbolRefAttr getImport(llvm::StringRef from, llvm::StringRef name,
                                    mlir::FunctionType type);
  mlir::FlatSymbolRefAttr getLibraryFunction(llvm::StringRef library,
                                             llvm::StringRef name,
                                             mlir::FunctionType type);
  /// A function of the runtime (include/whamm/Runtime/CoreFunctions.h).
  mlir::FlatSymbolRefAttr getCore(llvm::StringRef name, mlir::TypeRange params,
                                  mlir::TypeRange results);
  /// A function that works on memories by number (InjectionPlan::memories).
  mlir::FlatSymbolRefAttr getMemoryFunction(llvm::StringRef name,
                                            unsigned numParams, bool hasResult);

  /// The offset of bytes in the module's data; equal ones share it.
  uint32_t addData(llvm::StringRef bytes);
  /// Asks for shadows of the application's tables.
  void needShadows() { usesShadows = true; }

  /// Adds what the bodies turned out to need to the module.
  void finish(mlir::OpBuilder &builder);

private:
  mlir::ModuleOp module;
  const wasm::Module &app;
  StaticCaller *caller;
  StaticCallResults callResults;
  llvm::StringSet<> texts; // of evaluated values
  std::vector<std::string> names, importNames;
  bool usesMemories = false, usesShadows = false;
  llvm::StringMap<mlir::FlatSymbolRefAttr> imports;
  std::string data;
  llvm::StringMap<uint32_t> dataOffsets;
};

} // namespace whamm

#endif // WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_LOWERINGCONTEXT_H
