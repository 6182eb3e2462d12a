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

/// The op is named, not linked: the probe dialect is built on this one.
Operation *PredicateDialect::materializeConstant(OpBuilder &builder,
                                                 Attribute value, Type type,
                                                 Location loc) {
  constexpr StringLiteral name = "probe.constant";
  if (!isa<BoolAttr>(value) ||
      !RegisteredOperationName::lookup(name, builder.getContext()))
    return nullptr;
  OperationState state(loc, name);
  state.addTypes(type);
  state.addAttribute("value", value);
  return builder.create(state);
}

void PredicateDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "whamm/Dialect/Predicate/IR/PredicateOps.cpp.inc"
      >();
}
