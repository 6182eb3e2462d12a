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

class BodyLowering;

/// A value of the language as WebAssembly values, in the order of components
/// (wasm_inject::StateOp::getComponents).
using Components = llvm::SmallVector<mlir::Value, 2>;

/// What is static, as a value of run time: for targets that do not know the
/// application. Code that runs at match time asks for it.
class StaticSource {
public:
  virtual ~StaticSource() = default;
  /// The value of a static bound name. Reports what it does not have.
  virtual Components getFact(BodyLowering &lowering, probe::BoundOp op) = 0;
  /// Lowers an operation on the application's memories and tables; false for
  /// others.
  virtual bool lowerFact(BodyLowering &lowering, mlir::Operation &op) = 0;
};

class LoweringContext {
public:
  /// `caller` executes `@static` calls of places without a site; it may be
  /// null.
  LoweringContext(mlir::ModuleOp module, const wasm::Module &app,
                  StaticCaller *caller)
      : module(module), app(app), caller(caller) {}

  const wasm::Module &getApp() const { return app; }

  /// True where the application is known, so that what is static outside of
  /// sites is evaluated while scripts are lowered.
  bool isAtCompileTime() const { return !statics; }
  /// What static values are asked for otherwise.
  StaticSource *getStatics() const { return statics; }
  void setStatics(StaticSource *source) { statics = source; }

  /// Evaluates an expression with what is known of the module. Errors are
  /// StaticErrors.
  llvm::Expected<StaticValue> evaluate(StaticProgram program);

  /// Declares the module name of a library.
  void addLibrary(llvm::StringRef name, llvm::StringRef importName);
  /// The number of a library's memory: those that are asked for are numbered
  /// behind the application's.
  uint32_t numberMemory(llvm::StringRef library);
  /// As numberMemory, for a memory that generated code works on.
  uint32_t getMemory(llvm::StringRef library);
  /// The names by which scripts use libraries with a numbered memory.
  llvm::ArrayRef<std::string> getMemories() const { return memories; }

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
  /// The number of the counters that stand for a map (probe.map_cell).
  uint32_t getCellTable(mlir::FlatSymbolRefAttr map) {
    auto it = llvm::find(cellTables, map);
    if (it != cellTables.end())
      return it - cellTables.begin();
    cellTables.push_back(map);
    return cellTables.size() - 1;
  }
  /// The maps, by number.
  llvm::ArrayRef<mlir::FlatSymbolRefAttr> getCellTables() const {
    return cellTables;
  }
  /// Asks for shadows of the application's tables.
  void needShadows() { usesShadows = true; }

  /// Adds what the bodies turned out to need to the module.
  void finish(mlir::OpBuilder &builder);

private:
  mlir::ModuleOp module;
  const wasm::Module &app;
  StaticCaller *caller;
  StaticSource *statics = nullptr;
  StaticCallResults callResults;
  llvm::StringSet<> texts;                  // of evaluated values
  llvm::StringMap<std::string> importNames; // of libraries
  std::vector<std::string> memories;        // names of libraries
  llvm::SmallVector<mlir::FlatSymbolRefAttr> cellTables;
  bool usesMemories = false, usesShadows = false;
  llvm::StringMap<mlir::FlatSymbolRefAttr> imports;
  std::string data;
  llvm::StringMap<uint32_t> dataOffsets;
};

} // namespace whamm

#endif // WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_LOWERINGCONTEXT_H
