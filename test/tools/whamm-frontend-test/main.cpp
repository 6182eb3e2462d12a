//===- main.cpp - The front end alone -------------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Frontend/Frontend.h"

int main(int argc, char **argv) {
  return whamm::frontend::runCheckTool(argc, argv);
}
