//===- PredicateDialect.cpp - The dialect -----------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/Predicate/IR/PredicateDialect.h"

#include "whamm/Dialect/Predicate/IR/PredicateOps.h"


using namespace mlir;
using namespace whamm::predicate;

#include "whamm/Dialect/Predicate/IR/PredicateDialect.cpp.inc"

void PredicateDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "whamm/Dialect/Predicate/IR/PredicateOps.cpp.inc"
      >();
}
