//===- EventDocsGen.cpp - Reference page ------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Generators.h"

using namespace llvm;

namespace whamm::tblgen {

void emitEventDocs(const RecordKeeper &records, raw_ostream &os) {}

} // namespace whamm::tblgen
