//===- ProbeToMonitor.h - Scripts to monitors -------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_CONVERSION_PROBETOMONITOR_PROBETOMONITOR_H
#define WHAMM_CONVERSION_PROBETOMONITOR_PROBETOMONITOR_H

#include "whamm/Support/PassStatistics.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace whamm {

#define GEN_PASS_DECL_CONVERTPROBETOMONITOR
#include "whamm/Conversion/ConversionPasses.h.inc"

} // namespace whamm

#endif // WHAMM_CONVERSION_PROBETOMONITOR_PROBETOMONITOR_H
