//===- MonitorPlan.h - From matched rules to a plan -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_WEI_APPLY_MONITORPLAN_H
#define WHAMM_LIB_TARGET_WEI_APPLY_MONITORPLAN_H

#include "Match.h"

namespace whamm::wei {

/// The name under which a function of the monitor is exported for the program.
std::string getProbeExportName(uint32_t function);

struct MonitorPlan {
  rewrite::InjectionPlan plan;
  /// Functions of the monitor that the program imports, ascending.
  std::vector<uint32_t> functions;
};

/// A template per rule, which calls the monitor's function with what differs
/// from site to site as holes. Where `removesProbes`, sites whose probe has a
/// number ask the host whether it is still there.
MonitorPlan makeMonitorPlan(const wasm::Module &monitor,
                            const MonitorContract &contract,
                            const MatchResult &matches, bool removesProbes);

} // namespace whamm::wei

#endif // WHAMM_LIB_TARGET_WEI_APPLY_MONITORPLAN_H
