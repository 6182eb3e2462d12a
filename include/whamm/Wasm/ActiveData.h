//===- ActiveData.h - What memories hold at first ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_ACTIVEDATA_H
#define WHAMM_WASM_ACTIVEDATA_H

#include "whamm/Wasm/Module.h"

namespace whamm::wasm {

/// A span of a memory.
struct DataSpan {
  uint64_t begin = 0, end = 0;
};

/// From the lowest to the highest byte that active data segments with constant
/// offsets put into a memory; empty at 0 where there are none.
DataSpan getActiveData(const Module &module, uint32_t memory);

} // namespace whamm::wasm

#endif // WHAMM_WASM_ACTIVEDATA_H
