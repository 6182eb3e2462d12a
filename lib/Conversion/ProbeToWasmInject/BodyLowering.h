//===- BodyLowering.h - From the language to WebAssembly --------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Lowers regions of the probe dialect to WebAssembly's value types. What is
/// static becomes a hole of the template, by need.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_BODYLOWERING_H
#define WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_BODYLOWERING_H

#include "whamm/Dialect/Probe/IR/ProbeOps.h"
#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

namespace whamm {

/// The WebAssembly type of a value of the language; i1 for bool.
mlir::Type getWasmType(mlir::Type type);

class BodyLowering {
public:
  /// Lowers into `block`, whose arguments are made by need: for dynamic bound
  /// names and for static values. Without `mayHaveParams` neither occurs.
  BodyLowering(mlir::Block &block, bool mayHaveParams);

  /// Declares where a variable of the probe lives.
  void setState(mlir::Value ref, mlir::FlatSymbolRefAttr state);
  void setGlobal(llvm::StringRef name, mlir::FlatSymbolRefAttr state);

  /// Lowers all operations of a block but its terminator, at the current
  /// insertion point.
  void lowerBlock(mlir::Block &block);
  /// The lowered form of a value.
  mlir::Value get(mlir::Value value);

  mlir::OpBuilder &getBuilder() { return builder; }
  llvm::ArrayRef<wasm_inject::ParamAttr> getParams() const { return params; }
  /// The static values that became holes, by number.
  llvm::ArrayRef<mlir::Value> getHoles() const { return holes; }

private:
  void lower(mlir::Operation &op);
  mlir::Value lowerValue(mlir::Operation &op);
  mlir::Value lowerBinary(mlir::Operation &op);
  mlir::Value lowerDivision(mlir::Operation &op, bool isRemainder);
  mlir::Value lowerShift(mlir::Operation &op, bool isLeft);
  mlir::Value lowerCompare(probe::CmpOp op);
  mlir::Value lowerCast(probe::CastOp op);
  mlir::Value lowerFloatCast(probe::CastOp op, mlir::Value value);
  mlir::Value lowerIntCast(probe::CastOp op, mlir::Value value);
  mlir::Value lowerBound(probe::BoundOp op);
  mlir::Value lowerShortCircuit(mlir::Operation &op, bool isAnd);
  void lowerIf(mlir::Operation &op);
  void lowerInto(mlir::Block &source, mlir::Block &target);

  mlir::Value addParam(wasm_inject::SourceKind kind, unsigned index,
                       mlir::Type type);
  mlir::Value getConstant(mlir::Location loc, mlir::Type type, int64_t value);
  mlir::Value getConstant(mlir::Location loc, mlir::Attribute value);
  mlir::Value normalize(mlir::Location loc, mlir::Value value, mlir::Type type);

  mlir::Block &entry;
  mlir::OpBuilder builder;
  bool mayHaveParams;
  mlir::IRMapping map;
  llvm::DenseMap<mlir::Value, mlir::FlatSymbolRefAttr> states;
  llvm::StringMap<mlir::FlatSymbolRefAttr> globals;
  llvm::SmallVector<wasm_inject::ParamAttr> params;
  llvm::SmallVector<mlir::Value> holes;
  llvm::MapVector<std::pair<unsigned, unsigned>, mlir::Value> operands;
};

} // namespace whamm

#endif // WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_BODYLOWERING_H
