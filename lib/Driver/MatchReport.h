//===- MatchReport.h - What matched, and what did not -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_DRIVER_MATCHREPORT_H
#define WHAMM_LIB_DRIVER_MATCHREPORT_H

#include "whamm/Conversion/ProbeToWasmInject/ProbeToWasmInject.h"
#include "whamm/Frontend/Sema.h"
#include "whamm/Target/Rewrite/InjectionPlan.h"

#include "llvm/Support/SourceMgr.h"

namespace whamm {

/// A script with its place among those of the command line.
struct NumberedScript {
  const frontend::CheckedScript &script;
  const llvm::SourceMgr &sources;
  int32_t index;
};

/// Warns of probes without sites, with the nearest rule that would have some.
/// With `listAll`, says of every probe how many sites it has, beginning with
/// `label`.
void reportMatches(const NumberedScript &script,
                   llvm::ArrayRef<ProbeMatchCount> counts,
                   const wasm::Module &app, bool listAll,
                   llvm::StringRef label = "");

/// Names the templates that have sites in the function of the output that
/// holds the byte at `offset`.
std::string describeProbesAt(const wasm::Module &output, size_t offset,
                             const wasm::Module &app,
                             const rewrite::InjectionPlan &plan);

} // namespace whamm

#endif // WHAMM_LIB_DRIVER_MATCHREPORT_H
