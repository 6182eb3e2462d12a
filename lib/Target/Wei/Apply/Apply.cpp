//===- Apply.cpp - A monitor put into a program -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Target/Wei/Apply.h"

#include "MonitorPlan.h"

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

/// What goes wrong at match time, with what the monitor said before: it may be
/// the reason.
static Error addOutput(Error error, StringRef output) {
  if (output.trim().empty())
    return error;
  return createStringError(toString(std::move(error)) +
                           "\nthe monitor printed: " + output.trim());
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
    return addOutput(matches.takeError(), group.getOutput());
  ApplyResult result;
  MonitorPlan plan =
      makeMonitorPlan(monitor, *contract, *matches,
                      group.imports(dynInstrModule, "remove_probe"));
  result.plan = std::move(plan.plan);
  result.modules = group.capture();
  for (uint32_t function : plan.functions)
    result.modules.front().functionExports.emplace_back(
        getProbeExportName(function), function);
  result.matchOutput = group.getOutput();
  result.warnings = std::move(contract->warnings);
  append_range(result.warnings, group.warnings);
  result.numRules = contract->rules.size();
  result.numSites = matches->numSites;
  return result;
}
