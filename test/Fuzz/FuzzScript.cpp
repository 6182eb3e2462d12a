//===- FuzzScript.cpp - Fuzz target: the front end --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Any bytes: parsing and checking them as a script, and printing the trees and
/// the messages, ends without a crash. What is refused has a message.
///
//===----------------------------------------------------------------------===//

#include "whamm/Frontend/Frontend.h"

using namespace whamm::frontend;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::StringRef text(reinterpret_cast<const char *>(data), size);
  Frontend frontend(llvm::MemoryBuffer::getMemBufferCopy(text, "script.mm"),
                    getNoLibraries());
  const CheckedScript *checked = frontend.run();
  dump(frontend.getScript(), llvm::nulls());
  if (checked)
    dump(*checked, llvm::nulls());
  frontend.getDiagnostics().print(llvm::nulls());
  if (!checked && !frontend.getDiagnostics().getNumErrors())
    std::abort();
  return 0;
}
