//===- FuzzReader.cpp - Fuzz target: reading modules ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Any bytes: reading them as a module, walking its bodies, dividing them into
/// blocks and listing them ends without a crash. None of it asks whether the
/// module is valid.
///
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/Blocks.h"
#include "whamm/Wasm/Dump.h"

using namespace whamm::wasm;

static void walk(const Module &module) {
  BlockTracker blocks(module);
  for (uint32_t i = 0; i != module.bodies.size(); ++i) {
    FunctionCursor cursor(module, i);
    blocks.enter();
    while (cursor.next())
      blocks.step(cursor.get());
    llvm::consumeError(cursor.takeError());
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::Expected<Module> module = Module::parse(Bytes(data, size));
  if (!module) {
    llvm::consumeError(module.takeError());
    return 0;
  }
  walk(*module);
  llvm::consumeError(dumpListing(*module, llvm::nulls()));
  return 0;
}
