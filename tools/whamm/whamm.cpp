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

/// Makes the heap keep less than the C library's defaults would: one arena for
/// all threads, and vectors of whole programs' size given back when they end.
/// That is a sixth of the peak, at the same speed.
static void configureHeap() {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 2 << 20);
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
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
