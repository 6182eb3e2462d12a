//===- MatchFacts.h - What is static, at match time -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Code of a monitor that runs while the engine matches: what the engine passes
/// to it becomes a parameter, the rest is asked of the site module
/// (include/whamm/Runtime/SiteFunctions.h), which reads the application.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_CONVERSION_PROBETOMONITOR_MATCHFACTS_H
#define WHAMM_LIB_CONVERSION_PROBETOMONITOR_MATCHFACTS_H

#include "../ProbeToWasmInject/BodyLowering.h"

#include "whamm/Target/Wei/Contract.h"
#include "whamm/Wasm/Events.h"

namespace whamm {

/// Which instruction a probe is about, given the one where the engine calls.
enum class Anchor : uint8_t {
  Self,
  Function,   // the first of the function, at pc 0: func:entry
  First,      // the same, where the engine calls at that instruction
  Exit,       // the first of the function, at its own pc: func:exit
  Previous,   // the one in front: after
  Opener,     // the one that opened what this `end` closes: after
  Else,       // the `else` of this `if`: else:entry
  OpenerElse, // the `else` of the `if` that this `end` closes: else:after
  BlockStart, // this one; only where a basic block begins
  BlockEnd,   // this one; only where a basic block ends
};

/// What the engine can pass of a static bound name at an instruction of its
/// own; nullopt where it has to be computed.
std::optional<wasm_inject::EngineAttr>
getEngineParam(probe::BoundOp op, wasm::EventId event, Anchor anchor);

/// A function that the engine calls at match time; parameters by need.
class MatchFunction {
public:
  MatchFunction(wasm_inject::FunctionOp op, std::string exportName)
      : op(op), exportName(std::move(exportName)) {}

  mlir::Value getParam(wasm_inject::EngineAttr param, mlir::Type type);
  mlir::Value getParam(wei::ParamKind kind);
  /// The call of it, for a rule.
  wasm_inject::MatchCallAttr getCall() const;
  wasm_inject::FunctionOp getFunction() const { return op; }

private:
  wasm_inject::FunctionOp op;
  std::string exportName;
  llvm::SmallVector<mlir::Attribute> params;
};

/// The facts of one site.
class MatchFacts : public StaticSource {
public:
  /// `at` inserts where the code is made that asks.
  MatchFacts(MatchFunction &function, LoweringContext &context,
             mlir::OpBuilder &at, mlir::Location loc)
      : function(function), context(context), builder(at), loc(loc) {}

  /// What follows is about a probe at this event.
  void setEvent(wasm::EventId id, Anchor where);
  Components getFact(BodyLowering &lowering, probe::BoundOp op) override;
  bool lowerFact(BodyLowering &lowering, mlir::Operation &op) override;

  /// Follows the engine through all instructions instead of taking parameters:
  /// for functions that are called at each. Steps to the next instruction.
  mlir::Value startWalk(unsigned number);
  mlir::Value getFid();
  /// Where the engine calls.
  mlir::Value getSitePc();
  /// Where the instruction is that the probe is about; at func:entry too.
  mlir::Value getInstrPc();
  /// As rows and scripts see it: 0 at func:entry.
  mlir::Value getPc();
  /// Calls a function of the site module.
  mlir::Value ask(llvm::StringRef name, mlir::ValueRange args, mlir::Type type);
  mlir::Value ask(llvm::StringRef name, mlir::ValueRange args) {
    return ask(name, args, builder.getI32Type());
  }
  /// A question about the instruction.
  mlir::Value askInstr(llvm::StringRef name) {
    return ask(name, {getFid(), getInstrPc()});
  }
  mlir::Value getI32(int64_t value);

private:
  mlir::Value getNumber(probe::BoundOp op);
  mlir::Value narrow(mlir::Value value, mlir::Type type);
  Components getText(probe::BoundOp op, wasm::BoundSource source);
  Components getTextOf(llvm::StringRef name, mlir::ValueRange args);

  MatchFunction &function;
  LoweringContext &context;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  wasm::EventId event = 0;
  Anchor anchor = Anchor::Self;
  mlir::Value instrPc;
  std::optional<unsigned> walk;
};

/// Where there is no site: start, end and report, functions of scripts.
class NoFacts : public StaticSource {
public:
  Components getFact(BodyLowering &lowering, probe::BoundOp op) override;
  bool lowerFact(BodyLowering &lowering, mlir::Operation &op) override;
};

} // namespace whamm

#endif // WHAMM_LIB_CONVERSION_PROBETOMONITOR_MATCHFACTS_H
