//===- StaticEvaluator.h - Expressions at match time ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Expressions over static values, compiled to a flat program that is evaluated
/// once per site (or once per function, where it reads facts of the function
/// only). MLIR is touched for compilation and for errors only.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_STATICEVALUATOR_H
#define WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_STATICEVALUATOR_H

#include "SiteFacts.h"

#include "whamm/Dialect/Probe/IR/ProbeOps.h"

#include "mlir/IR/Location.h"
#include "mlir/IR/Value.h"

namespace whamm {

/// What fails at match time, and where in the script it stands.
class StaticError : public llvm::ErrorInfo<StaticError> {
public:
  static char ID;
  StaticError(mlir::Location loc, std::string message)
      : loc(loc), message(std::move(message)) {}
  void log(llvm::raw_ostream &os) const override { os << message; }
  std::error_code convertToErrorCode() const override {
    return llvm::inconvertibleErrorCode();
  }
  mlir::Location getLoc() const { return loc; }
  llvm::StringRef getMessage() const { return message; }

private:
  mlir::Location loc;
  std::string message;
};

/// The number format of a value.
enum class NumberKind : uint8_t {
  Bool,
  U8,
  I8,
  U16,
  I16,
  U32,
  I32,
  U64,
  I64,
  F32,
  F64,
  Str
};

class StaticProgram {
public:
  /// Compiles the expression that `value` is the root of; it must satisfy
  /// predicate::isStatic. Regions (`and_then`, `scf.if`) are evaluated only
  /// where they are chosen.
  explicit StaticProgram(mlir::Value value);
  /// A `@static` call without a result, made for its effects.
  explicit StaticProgram(probe::LibCallOp call);

  /// Evaluates at a site, or with the facts of the module only. The program
  /// keeps scratch space, so one evaluation at a time. A text lives as long as
  /// the module and the script do, unless hasOwnText().
  const StaticValue &evaluate(const SiteFacts &site);
  /// What failed in evaluations since the last call: a StaticError, or success.
  llvm::Error takeError();

  /// True where the value is a string.
  bool isString() const { return kind == NumberKind::Str; }
  /// True where the text is valid up to the next evaluation only.
  bool hasOwnText() const { return ownText; }
  /// True where only facts of the module and the function are read.
  bool isFunctionInvariant() const { return functionInvariant; }
  /// True for a number that depends on the event only and cannot fail: the
  /// instances of a probe have one value each.
  bool isEventInvariant() const {
    return eventInvariant && !fallible && calls.empty() && !isString();
  }
  /// True where takeError() can give one.
  bool mayFail() const { return fallible; }
  /// The `@static` calls that it makes, in the order of their compilation.
  llvm::ArrayRef<mlir::Operation *> getCalls() const { return calls; }
  /// Names of facts that the site must offer: an immediate's number, or -1.
  llvm::ArrayRef<StaticFact> getFacts() const { return facts; }

private:
  friend class StaticCompiler;
  enum class Code : uint8_t {
    Constant,
    Fact,
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    Shl,
    Shr,
    And,
    Or,
    Xor,
    Not,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    Cast,
    Select,
    LogicalNot,
    StrEq,
    StrStartsWith,
    StrEndsWith,
    StrContains,
    StrLen,
    TableEntry,
    MemId,
    PageSize,
    ActiveDataStart,
    ActiveDataLen,
    LibCall,
    /// Jumps behind step `b` where `a` is false (SkipUnless) or true (SkipIf).
    SkipUnless,
    SkipIf,
    Unsupported,
  };
  struct Step {
    Code code;
    NumberKind kind;   // of the result
    NumberKind source; // of the operands
    uint32_t a = 0, b = 0, c = 0;
    StaticValue constant;
    mlir::Operation *op = nullptr; // of what can fail
  };
  bool run(const Step &step, StaticValue &out, const SiteFacts &site);
  bool runNumber(const Step &step, StaticValue &out, const SiteFacts &site);
  bool runMemory(const Step &step, StaticValue &out, const SiteFacts &site);
  bool runFact(const Step &step, StaticValue &out, const SiteFacts &site);
  bool runCall(const Step &step, StaticValue &out, const SiteFacts &site);
  bool fail(const Step &step, const SiteFacts &site, const llvm::Twine &text);

  std::vector<Step> steps;
  std::vector<StaticValue> values;
  llvm::SmallVector<StaticFact, 4> facts;
  llvm::SmallVector<mlir::Operation *, 1> calls;
  /// Operands of library calls: steps, one call behind the other.
  std::vector<uint32_t> callArgs;
  uint32_t result = 0; // a step
  NumberKind kind = NumberKind::Bool;
  bool functionInvariant = true, eventInvariant = true;
  bool fallible = false, ownText = false;
  /// The entries of `targets` as bytes.
  std::string targets;
  std::optional<mlir::Location> errorLoc;
  std::string errorText;
};

/// Brings an integer to its kind's width and extends it again.
uint64_t normalize(uint64_t bits, NumberKind kind);
/// The format of a number, bool or string.
NumberKind getNumberKind(mlir::Type type);

} // namespace whamm

#endif // WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_STATICEVALUATOR_H
