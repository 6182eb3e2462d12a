//===- Converter.h - From scripts to templates ------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The conversion of one module: ConvertProbe.cpp lowers probes, EmitSites.cpp
/// writes what matching found, CheckScript.cpp refuses what nothing lowers.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_CONVERTER_H
#define WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_CONVERTER_H

#include "Matcher.h"
#include "ScriptConverter.h"

#include "whamm/Conversion/ProbeToWasmInject/ProbeToWasmInject.h"

namespace whamm {

/// A probe on its way: what was made of it before the walk.
struct Work {
  probe::ProbeOp op;
  wasm_inject::TemplateOp body, init;
  llvm::SmallVector<wasm_inject::StateOp> states;
};

/// Turns the scripts of a module into templates and site tables of one
/// application.
class Converter : ScriptConverter {
public:
  Converter(mlir::ModuleOp root, const wasm::Module &app,
            std::vector<ProbeMatchCount> *counts, const MatchOptions &options)
      : ScriptConverter(root, app, options.caller), app(app), counts(counts),
        options(options) {}

  mlir::LogicalResult run();
  MatchStatistics statistics;
  unsigned numTemplates = 0;

private:
  void convertScript(probe::ScriptOp script);
  void convertProbe(probe::ProbeOp op);
  void convertSiteInits(Work &work, MatchProbe &match);
  void finishAlt(wasm_inject::TemplateOp body, probe::ProbeOp op,
                 llvm::ArrayRef<probe::AltCallOp> altCalls);
  std::optional<int32_t> findAltCallee(probe::AltCallOp op);
  wasm_inject::TemplateOp
  makeTemplate(probe::ProbeOp op, llvm::StringRef suffix, BodyKind kind,
               llvm::function_ref<void(BodyLowering &)> fill,
               std::vector<StaticProgram> &holes);
  void prepareMatch(probe::ProbeOp op, MatchProbe &match);
  mlir::LogicalResult checkAppMemory(probe::ScriptOp scriptOp);
  mlir::LogicalResult checkMemoryNumbers();
  void emitSites(const Work &work, const MatchProbe &match);
  void emitTable(wasm_inject::TemplateOp target, const Work &work,
                 const MatchProbe &match, wasm_inject::Position position,
                 const MatchTable &table, bool isInit);

  const wasm::Module &app;
  std::vector<ProbeMatchCount> *counts;
  const MatchOptions &options;
  std::vector<Work> works;
  std::vector<MatchProbe> matches;
};

} // namespace whamm

#endif // WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_CONVERTER_H
