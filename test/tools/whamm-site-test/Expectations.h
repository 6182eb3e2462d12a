//===- Expectations.h - What the site module has to say ---------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Facts about all instructions of a function as the compiler's own analyses
/// find them.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_SITE_TEST_EXPECTATIONS_H
#define WHAMM_SITE_TEST_EXPECTATIONS_H

#include "whamm/Wasm/Module.h"
#include "whamm/Wasm/Opcodes.h"

#include "llvm/ADT/StringRef.h"

#include <map>
#include <vector>

/// The immediates that the language offers, by number.
using ImmValues = std::vector<int64_t>;

/// What is expected at one instruction. Offsets are -1 where there is none.
struct SiteExpectation {
  whamm::wasm::Opcode opcode;
  int64_t pc, pcBefore = -1, pcAfter = -1;
  int64_t opener = -1, endOf = -1, elseOf = -1;
  bool isFunctionEnd = false, followsOnly = false, isReachable = false;
  int64_t event = -1;
  std::vector<uint32_t> args; // type bytes, top first
  ImmValues imms;
  bool isTable = false;
  int64_t memory = 0, align = 0, offset = 0;
  int64_t resolvedFid = -1;
  bool isProcExit = false;
  bool blockStart = false, blockEnd = false;
  uint32_t blockCount = 0;
};

/// One function.
struct FunctionExpectation {
  std::vector<SiteExpectation> sites; // by opidx
  std::vector<uint32_t> locals;       // type bytes
};

/// The byte by which the site module names a type.
uint32_t getTypeByte(const whamm::wasm::Module &module,
                     whamm::wasm::ValType type);

/// Walks a defined function of a valid module.
llvm::Expected<FunctionExpectation>
getExpectation(const whamm::wasm::Module &module, uint32_t defined);

#endif // WHAMM_SITE_TEST_EXPECTATIONS_H
