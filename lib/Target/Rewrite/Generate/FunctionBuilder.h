//===- FunctionBuilder.h - One body to Binaryen's IR ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_GENERATE_FUNCTIONBUILDER_H
#define WHAMM_LIB_TARGET_REWRITE_GENERATE_FUNCTIONBUILDER_H

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/ADT/StringMap.h"

#include "binaryen-c.h"

namespace whamm::rewrite {

/// The type of a WebAssembly number; i32 for i1.
BinaryenType getBinaryenType(mlir::Type type);

/// What bodies refer to beside states: global names in the module at work.
class NameResolver {
public:
  virtual ~NameResolver() = default;
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

} // namespace whamm::rewrite

#endif // WHAMM_LIB_TARGET_REWRITE_GENERATE_FUNCTIONBUILDER_H
