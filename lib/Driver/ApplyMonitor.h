//===- ApplyMonitor.h - `whamm instr -m` ------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_DRIVER_APPLYMONITOR_H
#define WHAMM_LIB_DRIVER_APPLYMONITOR_H

#include "InstrOptions.h"

#include "mlir/Support/Timing.h"

namespace whamm {

/// Applies the monitor of the options to the application: writes the output,
/// and beside it the folder of the monitor as it is behind matching. Returns
/// the exit status, behind a message where it is not zero.
int applyMonitor(const InstrOptions &options, mlir::TimingScope &timing);

} // namespace whamm

#endif // WHAMM_LIB_DRIVER_APPLYMONITOR_H
