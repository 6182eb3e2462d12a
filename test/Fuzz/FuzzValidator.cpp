//===- FuzzValidator.cpp - Fuzz target: validation --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Any bytes: validation ends with a verdict. A valid module, instrumented with
/// a probe on every instruction, is valid again.
///
//===----------------------------------------------------------------------===//

#include "EveryOpcode.h"
#include "ModuleMutator.h"

#include "whamm/Wasm/TypeStack.h"

using namespace whamm;
using namespace whamm::test;

/// Ends the process, which is how a fuzz target reports.
static void report(llvm::StringRef what, llvm::Error error) {
  llvm::errs() << what << ": " << llvm::toString(std::move(error)) << '\n';
  std::abort();
}

static void instrument(const wasm::Module &module, ProbeBody body) {
  using rewrite::Position;
  auto result =
      probeEveryOpcode(module, {Position::Before, Position::After}, body);
  if (!result)
    return report("a valid module is refused", result.takeError());
  llvm::Expected<wasm::Module> output = wasm::Module::parse(result->bytes);
  if (!output)
    return report("the output cannot be read", output.takeError());
  if (llvm::Error error = wasm::validateModule(*output))
    report("the output is not valid", std::move(error));
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::Expected<wasm::Module> module =
      wasm::Module::parse(wasm::Bytes(data, size));
  if (!module) {
    llvm::consumeError(module.takeError());
    return 0;
  }
  if (llvm::Error error = wasm::validateModule(*module)) {
    llvm::consumeError(std::move(error));
    return 0;
  }
  instrument(*module, ProbeBody::Counter);
  instrument(*module, ProbeBody::Call);
  return 0;
}

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maxSize);

static size_t copyOut(const ModuleBytes &module, uint8_t *data,
                      size_t maxSize) {
  size_t size = std::min(module.size(), maxSize);
  std::copy_n(module.begin(), size, data);
  return size;
}

/// Mostly changes that know the format; the fuzzer's own now and then.
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size,
                                          size_t maxSize, unsigned seed) {
  if (seed % 8 == 0)
    return LLVMFuzzerMutate(data, size, maxSize);
  wasm::Bytes bytes(data, size);
  return copyOut(ModuleMutator(seed).mutate(bytes, bytes), data, maxSize);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t *first,
                                            size_t firstSize,
                                            const uint8_t *second,
                                            size_t secondSize, uint8_t *out,
                                            size_t maxSize, unsigned seed) {
  return copyOut(
      ModuleMutator(seed).mutate({first, firstSize}, {second, secondSize}), out,
      maxSize);
}
