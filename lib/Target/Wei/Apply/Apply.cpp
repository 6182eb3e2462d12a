//===- Apply.cpp - A monitor put into a program -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Target/Wei/Apply.h"

#include "MonitorPlan.h"

#include "llvm/ADT/BitVector.h"

using namespace llvm;
using namespace whamm;
using namespace whamm::wei;

/// What runs when the program has ended takes and gives nothing.
static Error checkExit(const wasm::Module &monitor,
                       const MonitorContract &contract) {
  if (!contract.exit)
    return Error::success();
  const wasm::FuncType &type = monitor.getFunctionType(*contract.exit);
  if (type.params.empty() && type.results.empty())
    return Error::success();
  return createStringError("the function '" + exitExportName +
                           "' has parameters or results, which the engine "
                           "does not survive");
}

/// The exports of the monitor that the program with probes imports.
static std::vector<std::pair<std::string, uint32_t>>
getFunctionExports(const MonitorContract &contract) {
  std::vector<std::pair<std::string, uint32_t>> exports;
  BitVector seen;
  for (const ExportedRule &rule : contract.rules) {
    if (rule.function >= seen.size())
      seen.resize(rule.function + 1);
    if (seen.test(rule.function))
      continue;
    seen.set(rule.function);
    exports.emplace_back(getProbeExportName(rule.function), rule.function);
  }
  return exports;
}

Expected<ApplyResult> wei::applyMonitor(const ApplyInput &input) {
  const wasm::Module &monitor = *input.group.front().module;
  Expected<MonitorContract> contract = readContract(monitor);
  if (!contract)
    return contract.takeError();
  if (Error error = checkExit(monitor, *contract))
    return std::move(error);
  Group group(input);
  if (Error error = group.start())
    return std::move(error);
  Expected<MatchResult> matches = matchRules(input.app, *contract, group);
  if (group.getHosts().insertsProbes) {
    if (!matches)
      consumeError(matches.takeError());
    return createStringError(
        "the monitor inserts probes while matching (insert_new_probe), which "
        "works on an engine only");
  }
  if (!matches)
    return matches.takeError();
  ApplyResult result;
  result.plan = makeMonitorPlan(monitor, *contract, *matches,
                                group.imports(dynInstrModule, "remove_probe"));
  result.modules = group.capture();
  result.modules.front().functionExports = getFunctionExports(*contract);
  result.matchOutput = group.getOutput();
  result.warnings = std::move(contract->warnings);
  append_range(result.warnings, group.warnings);
  result.numRules = contract->rules.size();
  result.numSites = matches->numSites;
  return result;
}
