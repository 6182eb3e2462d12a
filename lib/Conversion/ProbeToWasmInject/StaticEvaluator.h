//===- StaticEvaluator.h - Expressions at match time ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Expressions over static values, compiled to a flat program that is evaluated
/// once per site (or once per function, where it reads facts of the function
/// only), without touching MLIR.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_STATICEVALUATOR_H
#define WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_STATICEVALUATOR_H

#include "whamm/Wasm/Events.h"
#include "whamm/Wasm/FunctionCursor.h"
#include "whamm/Wasm/Module.h"

#include "mlir/IR/Value.h"

namespace whamm {

/// What is known of a place at match time.
struct SiteFacts {
  const wasm::Module *module = nullptr;
  uint32_t func = 0;
  wasm::EventId event = 0;
  const wasm::Instr *instr = nullptr;
  uint32_t pc = 0; // 0 at func:entry
  bool isFunctionEnd = false;
  uint32_t instrCount = 0; // block:end
};

/// A value at match time: integers extended to 64 bits by their signedness,
/// floats as bit patterns, bool as 0 or 1; or a string.
struct StaticValue {
  uint64_t bits = 0;
  llvm::StringRef text;
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

/// What a static bound name denotes: decoded once, looked up per site.
struct StaticFact {
  wasm::BoundSource source;
  int32_t index = 0; // immN
};

class StaticProgram {
public:
  /// Compiles the expression that `value` is the root of; it must satisfy
  /// predicate::isStatic.
  explicit StaticProgram(mlir::Value value);

  /// Evaluates at a site. The program keeps scratch space, so one evaluation
  /// at a time.
  const StaticValue &evaluate(const SiteFacts &site);

  /// True where the value is a string.
  bool isString() const { return steps.back().kind == NumberKind::Str; }

  /// True where only facts of the module and the function are read.
  bool isFunctionInvariant() const { return functionInvariant; }

  /// Names of facts that the site must offer: an immediate's number, or -1.
  llvm::ArrayRef<StaticFact> getFacts() const { return facts; }

private:
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
  };
  struct Step {
    Code code;
    NumberKind kind;   // of the result
    NumberKind source; // of the operands
    uint32_t a = 0, b = 0, c = 0;
    StaticValue constant;
  };
  uint32_t compile(mlir::Value value);
  uint32_t add(Step step);
  void run(const Step &step, StaticValue &out, const SiteFacts &site) const;

  std::vector<Step> steps;
  std::vector<StaticValue> values;
  llvm::SmallVector<StaticFact, 4> facts;
  llvm::DenseMap<mlir::Value, uint32_t> known;
  bool functionInvariant = true;
};

/// Looks a fact up. nullopt where the site does not have it (an immediate
/// beyond the instruction's).
std::optional<StaticValue> getFact(const StaticFact &fact,
                                   const SiteFacts &site);

} // namespace whamm

#endif // WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_STATICEVALUATOR_H
