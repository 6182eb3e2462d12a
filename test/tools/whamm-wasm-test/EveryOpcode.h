//===- EveryOpcode.h - Probes on every instruction --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Plans for the splicer that put the same code at every instruction.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_TEST_TOOLS_WHAMM_WASM_TEST_EVERYOPCODE_H
#define WHAMM_TEST_TOOLS_WHAMM_WASM_TEST_EVERYOPCODE_H

#include "whamm/Target/Rewrite/Splice.h"

namespace whamm::test {

/// What each site gets: nothing, the increment of one i64 global, or the call
/// of a new import, which moves the indices of all functions.
enum class ProbeBody { Empty, Counter, Call };

/// Instruments every instruction of a valid module at these positions. Fails
/// where the splicer does.
llvm::Expected<rewrite::SpliceResult>
probeEveryOpcode(const wasm::Module &app,
                 llvm::ArrayRef<rewrite::Position> positions, ProbeBody body);

} // namespace whamm::test

#endif // WHAMM_TEST_TOOLS_WHAMM_WASM_TEST_EVERYOPCODE_H
