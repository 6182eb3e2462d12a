//===- whamm-translate.cpp - Formats in and out -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Driver/Pipelines.h"

#include "mlir/Tools/mlir-translate/MlirTranslateMain.h"

int main(int argc, char **argv) {
  whamm::registerAllTranslations();
  return mlir::failed(
      mlir::mlirTranslateMain(argc, argv, "whamm translations"));
}
