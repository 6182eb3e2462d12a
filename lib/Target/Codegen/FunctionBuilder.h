//===- FunctionBuilder.h - One body to Binaryen's IR ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_CODEGEN_FUNCTIONBUILDER_H
#define WHAMM_LIB_TARGET_CODEGEN_FUNCTIONBUILDER_H

#include "StateNames.h"

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/ADT/StringMap.h"

#include "binaryen-c.h"

namespace whamm::codegen {

/// The type of a WebAssembly number; i32 for i1.
BinaryenType getBinaryenType(mlir::Type type);

/// What bodies refer to, in the module at work.
class NameResolver {
public:
  virtual ~NameResolver() = default;
  /// Reads and writes a component of a state, by default in a global.
  virtual BinaryenExpressionRef readState(BinaryenModuleRef module,
                                          llvm::StringRef state,
                                          unsigned component, mlir::Type type);
  virtual BinaryenExpressionRef writeState(BinaryenModuleRef module,
                                           llvm::StringRef state,
                                           unsigned component,
                                           BinaryenExpressionRef value);
  /// The function that a symbol names.
  virtual std::string getFunction(llvm::StringRef symbol) {
    return symbol.str();
  }
  /// The number of a kind of row, and the function that adds rows.
  virtual uint32_t getRowKind(llvm::StringRef symbol) { return 0; }
  virtual std::string getAddRowFunction() { return {}; }
  /// A function of the numerics module.
  virtual std::string getNumericsFunction(llvm::StringRef name) = 0;
  /// The placeholder global of an operand that a template assigns.
  virtual std::string getAssignedGlobal(wasm_inject::ParamAttr operand,
                                        mlir::Type type) = 0;
  /// The global through which a function gives result `index` (not the first).
  virtual std::string getResultGlobal(unsigned index, mlir::Type type) = 0;
  /// The global that holds where the module's data lies.
  virtual std::string getDataAddressGlobal() = 0;
};

/// A full load or store of a number of the module's only memory; i1 as an i32.
BinaryenExpressionRef buildLoad(BinaryenModuleRef module,
                                BinaryenExpressionRef address, uint32_t offset,
                                mlir::Type type);
BinaryenExpressionRef buildStore(BinaryenModuleRef module,
                                 BinaryenExpressionRef address, uint32_t offset,
                                 BinaryenExpressionRef value);

/// Adds a function under its symbol.
mlir::LogicalResult addFunction(BinaryenModuleRef module,
                                wasm_inject::FunctionOp op,
                                NameResolver &names);

/// Adds a function of no parameters and no results that runs the block.
mlir::LogicalResult addBody(BinaryenModuleRef module, mlir::Block &body,
                            llvm::StringRef name, NameResolver &names);

/// Translates one body. Every value goes through a local of its own; Binaryen
/// removes what is not needed.
class FunctionBuilder {
public:
  FunctionBuilder(BinaryenModuleRef module, unsigned numParams,
                  NameResolver &names)
      : module(module), numParams(numParams), names(names) {}

  void mapParam(mlir::Value value, unsigned index) { locals[value] = index; }
  void mapHole(mlir::Value value, std::string name) {
    holes[value] = std::move(name);
  }
  mlir::FailureOr<BinaryenExpressionRef> build(mlir::Block &block);
  llvm::ArrayRef<BinaryenType> getVarTypes() const { return varTypes; }

private:
  using Expr = BinaryenExpressionRef;
  Expr get(mlir::Value value);
  unsigned addLocal(mlir::Value value, mlir::Type type);
  mlir::LogicalResult buildOp(mlir::Operation &op,
                              llvm::SmallVectorImpl<Expr> &out);
  mlir::FailureOr<Expr> buildIf(mlir::scf::IfOp op);
  Expr buildValue(mlir::Operation &op);
  Expr buildConstant(mlir::arith::ConstantOp op);
  Expr buildBinary(mlir::Operation &op);
  Expr buildCompare(mlir::arith::CmpIOp op);
  Expr buildCompare(mlir::arith::CmpFOp op);
  Expr buildConversion(mlir::Operation &op);
  Expr buildExtension(mlir::Operation &op, bool isSigned);
  Expr buildTrunc(wasm_inject::TruncOp op);
  Expr buildNumerics(llvm::StringRef callee, mlir::Operation &op);
  Expr buildReinterpret(mlir::Operation &op);
  void buildCall(wasm_inject::CallOp op, llvm::SmallVectorImpl<Expr> &out);
  Expr buildAddRow(wasm_inject::AddRowOp op);
  void buildReturn(wasm_inject::ReturnOp op, llvm::SmallVectorImpl<Expr> &out);
  /// Assignments, calls and what leaves the body. False for other operations.
  bool buildStatement(mlir::Operation &op, llvm::SmallVectorImpl<Expr> &out);
  Expr unary(BinaryenOp code, mlir::Value value) {
    return BinaryenUnary(module, code, get(value));
  }

  BinaryenModuleRef module;
  unsigned numParams;
  NameResolver &names;
  llvm::DenseMap<mlir::Value, unsigned> locals;
  llvm::DenseMap<mlir::Value, std::string> holes;
  std::vector<BinaryenType> varTypes;
};

} // namespace whamm::codegen

#endif // WHAMM_LIB_TARGET_CODEGEN_FUNCTIONBUILDER_H
