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

#include "LoweringContext.h"

#include "whamm/Dialect/Probe/IR/ProbeOps.h"
#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringSet.h"

namespace whamm {

/// The WebAssembly type of a number or bool of the language; i1 for bool.
mlir::Type getWasmType(mlir::Type type);

/// What kind of body is lowered: it says what leaves it and what is there.
enum class BodyKind : uint8_t {
  Template,    // at sites: has parameters
  AltTemplate, // at sites, in place of the instruction
  Plain,       // init, begin, end, report: no site; code at match time
  Function,    // of the script
};

class BodyLowering {
public:
  /// Lowers into `block`, whose arguments are made by need in templates: for
  /// dynamic bound names and for static values.
  BodyLowering(mlir::Block &block, BodyKind kind, LoweringContext &context);

  /// Declares where a variable of the probe lives.
  void setState(mlir::Value ref, mlir::FlatSymbolRefAttr state);
  void setGlobal(llvm::StringRef name, mlir::FlatSymbolRefAttr state);
  void setFunction(llvm::StringRef name, mlir::FlatSymbolRefAttr function);
  /// Names that the probe assigns: they are read from where they are written.
  void setAssigned(llvm::StringRef name) { assignedNames.insert(name); }
  /// Makes the block's arguments of a function's parameters.
  void addParameters(mlir::Block &source);

  /// Lowers all operations of a block but its terminator, at the current
  /// insertion point.
  void lowerBlock(mlir::Block &block);
  /// Lowers what a static value is computed from, at the current insertion
  /// point, as far as that has not been done: for code at match time. Library
  /// calls are made.
  Components computeStatic(mlir::Value value);
  void computeStatic(probe::LibCallOp call);
  /// The lowered form of a number or bool.
  mlir::Value get(mlir::Value value);
  /// The lowered form of any value.
  Components getComponents(mlir::Value value);
  /// Stores a value in a variable of the probe.
  void assign(mlir::Location loc, mlir::FlatSymbolRefAttr state,
              llvm::ArrayRef<mlir::Value> values);
  /// A new map, given a type's keys and values.
  mlir::Value makeMap(mlir::Location loc, probe::MapType type);
  /// Sets what an `alt` template sets, or an operand.
  void setOperand(mlir::Location loc, wasm_inject::SourceKind kind,
                  unsigned index, mlir::Value value);

  /// Calls a function of the runtime; null without a result.
  mlir::Value callCore(mlir::Location loc, llvm::StringRef name,
                       mlir::ValueRange args, mlir::Type result = nullptr);
  /// A string in the runtime's memory, given its place in the module's data.
  Components getStringAt(mlir::Location loc, mlir::Value offset,
                         mlir::Value length);
  /// A key of a map as the words that the runtime takes.
  llvm::SmallVector<mlir::Value> getKeyWords(mlir::Value key);
  /// Where a global variable of the script lives.
  mlir::FlatSymbolRefAttr getGlobal(llvm::StringRef name) const {
    return globals.lookup(name);
  }
  /// The lowered form of an operation's result.
  void bind(mlir::Value value, Components components) {
    known[value] = std::move(components);
  }
  LoweringContext &getContext() { return context; }
  mlir::OpBuilder &getBuilder() { return builder; }
  llvm::ArrayRef<wasm_inject::ParamAttr> getParams() const { return params; }
  /// The static values that became holes, in the order of their evaluation. A
  /// string takes two holes: the offset in the module's data and the length.
  llvm::ArrayRef<mlir::Value> getHoles() const { return holes; }
  /// What the body assigns, with types.
  using AssignedKey = std::pair<unsigned, unsigned>;
  const llvm::MapVector<AssignedKey, mlir::Type> &getAssigned() const {
    return assigned;
  }
  llvm::ArrayRef<probe::AltCallOp> getAltCalls() const { return altCalls; }
  /// Immediates that the body exchanges, with their static values.
  llvm::ArrayRef<std::pair<unsigned, mlir::Value>> getImmediates() const {
    return immediates;
  }
  /// Set where something could not be lowered; it has been reported.
  bool hasFailed() const { return failed; }

private:
  void lower(mlir::Operation &op);
  bool lowerStatement(mlir::Operation &op);
  void lowerVar(probe::VarOp op);
  void lowerReturn(probe::ReturnOp op);
  mlir::Value lowerValue(mlir::Operation &op);
  mlir::Value lowerBinary(mlir::Operation &op);
  mlir::Value lowerDivision(mlir::Operation &op, bool isRemainder);
  mlir::Value lowerShift(mlir::Operation &op, bool isLeft);
  mlir::Value lowerCompare(probe::CmpOp op);
  mlir::Value lowerCast(probe::CastOp op);
  mlir::Value lowerFloatCast(probe::CastOp op, mlir::Value value);
  mlir::Value lowerIntCast(probe::CastOp op, mlir::Value value);
  mlir::Value lowerShortCircuit(mlir::Operation &op, bool isAnd);
  void lowerIf(mlir::Operation &op);
  void lowerInto(mlir::Block &source, mlir::Block &target);

  // Strings, tuples, maps, calls: LowerAggregates.cpp, LowerCalls.cpp.
  bool lowerAggregate(mlir::Operation &op);
  Components lowerTupleSet(probe::TupleSetOp op);
  Components lowerSelect(probe::SelectOp op);
  Components lowerMapGet(probe::MapGetOp op);
  void lowerMapSet(probe::MapSetOp op);
  void lowerMapAdd(probe::MapAddOp op);
  mlir::Value lowerTableEntry(probe::TableEntryOp op);
  mlir::Value lowerStrPredicate(mlir::Operation &op, llvm::StringRef function);
  bool lowerCallLike(mlir::Operation &op);
  void lowerMemInit(probe::MemInitOp op);
  Components lowerReadStr(probe::ReadStrOp op);
  Components getString(mlir::Location loc, llvm::StringRef text);
  bool isAtSites() const {
    return kind == BodyKind::Template || kind == BodyKind::AltTemplate;
  }
  bool isLeftToHoles(mlir::Operation &op) const;
  void computeOperands(mlir::Operation &op);
  Components getStatic(mlir::Value value);
  StaticValue evaluate(StaticProgram program, mlir::Location loc);
  Components getStaticElements(mlir::Value value);
  void appendWords(mlir::Location loc, mlir::Value component,
                   llvm::SmallVectorImpl<mlir::Value> &words);
  /// A family of functions of the runtime for keys of several widths: what
  /// stands in front of the width, what behind it, and the result if any.
  struct MapFunction {
    llvm::StringRef stem, suffix;
    mlir::Type result = nullptr;
  };
  mlir::Value callMap(mlir::Location loc, MapFunction function, mlir::Value map,
                      llvm::ArrayRef<mlir::Value> key,
                      mlir::Value value = nullptr);
  mlir::Value toBits(mlir::Location loc, mlir::Value value);
  mlir::Value fromBits(mlir::Location loc, mlir::Value bits, mlir::Type type);
  mlir::Value loadWord(mlir::Location loc, mlir::Value address, unsigned offset,
                       mlir::Type type);
  void storeWord(mlir::Location loc, mlir::Value address, unsigned offset,
                 mlir::Value value);

  // Operands and what takes their place: LowerOperands.cpp.
  mlir::Value lowerBound(probe::BoundOp op);
  mlir::Value lowerOperand(mlir::Location loc, llvm::StringRef name,
                           mlir::Type type, bool isAssigned);
  bool lowerManipulation(mlir::Operation &op);
  void lowerBoundSet(probe::BoundSetOp op);

  wasm_inject::CallOp call(mlir::Location loc, mlir::FlatSymbolRefAttr callee,
                           mlir::ValueRange args, mlir::TypeRange results);
  mlir::Value addParam(wasm_inject::SourceKind kind, unsigned index,
                       mlir::Type type);
  mlir::Value getI32(mlir::Location loc, int64_t value);
  mlir::Value getConstant(mlir::Location loc, mlir::Type type, int64_t value);
  mlir::Value getConstant(mlir::Location loc, mlir::Attribute value);
  mlir::Value getZero(mlir::Location loc, mlir::Type type);
  mlir::Value normalize(mlir::Location loc, mlir::Value value, mlir::Type type);
  mlir::Value toBool(mlir::Location loc, mlir::Value value);
  mlir::Value toI32(mlir::Location loc, mlir::Value value);
  void fail(mlir::Operation &op, const llvm::Twine &message);

  mlir::Block &entry;
  mlir::OpBuilder builder;
  BodyKind kind;
  LoweringContext &context;
  llvm::DenseMap<mlir::Value, Components> known;
  llvm::DenseMap<mlir::Value, mlir::FlatSymbolRefAttr> states;
  llvm::StringMap<mlir::FlatSymbolRefAttr> globals, functions;
  llvm::SmallVector<wasm_inject::ParamAttr> params;
  llvm::SmallVector<mlir::Value> holes;
  unsigned numHoleParams = 0;
  llvm::DenseMap<mlir::Value, Components> staticHoles;
  llvm::DenseMap<mlir::Value, StaticValue> evaluated;
  llvm::MapVector<std::pair<unsigned, unsigned>, mlir::Value> operands;
  llvm::StringSet<> assignedNames;
  llvm::MapVector<AssignedKey, mlir::Type> assigned;
  llvm::SmallVector<probe::AltCallOp> altCalls;
  llvm::SmallVector<std::pair<unsigned, mlir::Value>> immediates;
  bool failed = false;
};

} // namespace whamm

#endif // WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_BODYLOWERING_H
