//===- whamm.cpp - The driver -----------------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Driver/Driver.h"

#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/raw_ostream.h"

#include <unistd.h>

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  int status = whamm::runDriver(argc, argv);
  // The libraries' static objects, thousands of options among them, need no
  // orderly end; the process ends several milliseconds earlier without it.
  llvm::outs().flush();
  llvm::errs().flush();
  _exit(status);
}
