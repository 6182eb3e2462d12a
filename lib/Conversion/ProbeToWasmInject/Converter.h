//===- Converter.h - From scripts to templates ------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The conversion of one module: ConvertScript.cpp lowers what a script
/// declares, ConvertProbe.cpp its probes, EmitSites.cpp writes what matching
/// found, CheckScript.cpp refuses what nothing lowers.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_CONVERTER_H
#define WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_CONVERTER_H

#include "BodyLowering.h"
#include "Matcher.h"

#include "whamm/Conversion/ProbeToWasmInject/ProbeToWasmInject.h"

#include <map>

namespace whamm {

/// Refuses what a script made by hand may hold and the front end never makes.
mlir::LogicalResult checkScript(probe::ScriptOp script);

/// True for the packages whose probes have no sites.
bool isProgramPackage(wasm::Package package);

/// A probe on its way: what was made of it before the walk.
struct Work {
  probe::ProbeOp op;
  wasm_inject::TemplateOp body, init;
  llvm::SmallVector<wasm_inject::StateOp> states;
};

/// The names of a script that bodies refer to.
struct ScriptScope {
  llvm::StringMap<mlir::FlatSymbolRefAttr> globals, functions;
};

/// Turns the scripts of a module into templates and site tables of one
/// application.
class Converter {
public:
  Converter(mlir::ModuleOp root, const wasm::Module &app,
            std::vector<ProbeMatchCount> *counts, const MatchOptions &options)
      : root(root), app(app), counts(counts), options(options),
        builder(mlir::OpBuilder::atBlockEnd(root.getBody())),
        context(root, app, options.caller) {}

  mlir::LogicalResult run();
  MatchStatistics statistics;
  unsigned numTemplates = 0;

private:
  void declareScript(probe::ScriptOp script);
  void convertScript(probe::ScriptOp script);
  void convertGlobals(probe::ScriptOp script);
  void makeProgramMaps();
  void convertFunctions(probe::ScriptOp script);
  void convertInit(probe::InitOp init);
  template <typename OpTy> void convertProgramProbe(probe::ProbeOp op);
  void convertProbe(probe::ProbeOp op);
  void convertSiteInits(Work &work, MatchProbe &match);
  void lowerSiteInits(BodyLowering &lowering, probe::ProbeOp op);
  void finishAlt(wasm_inject::TemplateOp body, probe::ProbeOp op,
                 llvm::ArrayRef<probe::AltCallOp> altCalls);
  std::optional<int32_t> findAltCallee(probe::AltCallOp op);
  mlir::Value openGuard(BodyLowering &lowering, probe::ProbeOp op);
  wasm_inject::TemplateOp
  makeTemplate(probe::ProbeOp op, llvm::StringRef suffix, BodyKind kind,
               llvm::function_ref<void(BodyLowering &)> fill,
               std::vector<StaticProgram> &holes);
  void declareStates(probe::ProbeOp op);
  void prepareMatch(probe::ProbeOp op, MatchProbe &match);
  mlir::LogicalResult checkAppMemory(probe::ScriptOp scriptOp);
  mlir::LogicalResult checkMemoryNumbers();
  void emitSites(const Work &work, const MatchProbe &match);
  void emitTable(wasm_inject::TemplateOp target, const Work &work,
                 const MatchProbe &match, wasm_inject::Position position,
                 const MatchTable &table, bool isInit);
  void setScope(BodyLowering &lowering);

  mlir::ModuleOp root;
  const wasm::Module &app;
  std::vector<ProbeMatchCount> *counts;
  const MatchOptions &options;
  mlir::OpBuilder builder;
  LoweringContext context;
  bool hasFailed = false;
  int32_t script = 0;
  std::map<int32_t, ScriptScope> scopes;
  /// States of the probe at hand, by variable, in order of declaration.
  llvm::SmallVector<std::pair<probe::VarOp, mlir::FlatSymbolRefAttr>> states;
  llvm::SmallVector<wasm_inject::StateOp> stateOps;
  std::string prefix;
  std::vector<Work> works;
  std::vector<MatchProbe> matches;
};

} // namespace whamm

#endif // WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_CONVERTER_H
