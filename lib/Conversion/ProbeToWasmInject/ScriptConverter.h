//===- ScriptConverter.h - What scripts declare -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The part of the conversion that is the same for every target: globals,
/// functions and initialisers of scripts, the probes without sites, and what a
/// probe stores.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_SCRIPTCONVERTER_H
#define WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_SCRIPTCONVERTER_H

#include "BodyLowering.h"

#include "whamm/Wasm/Events.h"

#include <map>

namespace whamm {

/// Refuses what a script made by hand may hold and the front end never makes.
mlir::LogicalResult checkScript(probe::ScriptOp script);

/// True for the packages whose probes have no sites.
bool isProgramPackage(wasm::Package package);

/// `3_wasm:opcode:call:before`, as report rows name an event of a probe.
std::string getInstanceText(wasm::EventId event, wasm::Mode mode,
                            uint32_t number);

/// The names of a script that bodies refer to.
struct ScriptScope {
  llvm::StringMap<mlir::FlatSymbolRefAttr> globals, functions;
};

class ScriptConverter {
protected:
  ScriptConverter(mlir::ModuleOp root, const wasm::Module &app,
                  StaticCaller *caller)
      : root(root), builder(mlir::OpBuilder::atBlockEnd(root.getBody())),
        context(root, app, caller) {}

  /// What bodies refer to, of all scripts before the first body.
  void declareScript(probe::ScriptOp script);
  /// Maps of the program, of all scripts.
  void makeProgramMaps();
  void convertFunctions(probe::ScriptOp script);
  void convertInit(probe::InitOp init);
  /// A probe of wasm:begin, wasm:end or wasm:report, which has no sites.
  /// False for other probes.
  bool convertProgramProbe(probe::ProbeOp op);
  /// Declares what the probe stores per site, named behind `prefix`.
  void declareStates(probe::ProbeOp op);
  /// Evaluates the dynamic part of the predicate and opens an scf.if around
  /// what is lowered next. Null without a guard.
  mlir::Value openGuard(BodyLowering &lowering, probe::ProbeOp op);
  /// What happens once per site before the program runs: maps are made, then
  /// variables get what their initialisers say and `@init` calls are made, in
  /// source order.
  void lowerSiteInits(BodyLowering &lowering, probe::ProbeOp op);
  void setScope(BodyLowering &lowering);

  mlir::ModuleOp root;
  mlir::OpBuilder builder;
  LoweringContext context;
  bool hasFailed = false;
  int32_t script = 0;
  std::map<int32_t, ScriptScope> scopes;
  /// States of the probe at hand, by variable, in order of declaration.
  llvm::SmallVector<std::pair<probe::VarOp, mlir::FlatSymbolRefAttr>> states;
  llvm::SmallVector<wasm_inject::StateOp> stateOps;
  std::string prefix;

private:
  void convertGlobals(probe::ScriptOp script);
  template <typename OpTy> void convertProgramBody(probe::ProbeOp op);
};

/// True for initial values that are data: numbers known at match time.
bool isDataInit(probe::VarOp var);

/// The static part of a probe's predicate; null where there is none.
mlir::Value getStaticPredicate(probe::ProbeOp op);

} // namespace whamm

#endif // WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_SCRIPTCONVERTER_H
