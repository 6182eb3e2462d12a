//===- reading.cpp - How fast modules are read and validated ----*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Prints the least milliseconds of several runs of two things with a module in
/// memory: a scan (sections, and all instructions with block boundaries) on one
/// thread, and validation on as many as there are cores.
///
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/Blocks.h"
#include "whamm/Wasm/TypeStack.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/MemoryBuffer.h"

#include <chrono>

using namespace whamm::wasm;

static llvm::Error scan(Bytes bytes) {
  llvm::Expected<Module> module = Module::parse(bytes);
  if (!module)
    return module.takeError();
  BlockTracker blocks(*module);
  for (uint32_t i = 0; i != module->bodies.size(); ++i) {
    FunctionCursor cursor(*module, i);
    blocks.enter();
    while (cursor.next())
      blocks.step(cursor.get());
    if (llvm::Error error = cursor.takeError())
      return error;
  }
  return llvm::Error::success();
}

static llvm::Error validate(Bytes bytes) {
  llvm::Expected<Module> module = Module::parse(bytes);
  if (!module)
    return module.takeError();
  return validateModule(*module);
}

/// The least time of several runs, in milliseconds.
static llvm::Expected<double> measure(llvm::Error (*run)(Bytes), Bytes bytes) {
  using Clock = std::chrono::steady_clock;
  double best = 1e9;
  for (unsigned i = 0; i != 20; ++i) {
    auto begin = Clock::now();
    if (llvm::Error error = run(bytes))
      return std::move(error);
    std::chrono::duration<double, std::milli> time = Clock::now() - begin;
    best = std::min(best, time.count());
  }
  return best;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    llvm::errs() << "usage: whamm-bench-reading MODULE\n";
    return 2;
  }
  auto buffer = llvm::MemoryBuffer::getFile(argv[1], /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer) {
    llvm::errs() << "cannot read " << argv[1] << '\n';
    return 1;
  }
  Bytes bytes(reinterpret_cast<const uint8_t *>((*buffer)->getBuffer().data()),
              (*buffer)->getBufferSize());
  for (auto *run : {scan, validate}) {
    llvm::Expected<double> time = measure(run, bytes);
    if (!time) {
      llvm::errs() << llvm::toString(time.takeError()) << '\n';
      return 1;
    }
    llvm::outs() << llvm::format("%.3f\n", *time);
  }
  return 0;
}
