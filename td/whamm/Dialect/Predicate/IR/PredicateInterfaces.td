//===- PredicateInterfaces.td - Stages of values -----------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PREDICATE_IR_PREDICATEINTERFACES_TD
#define WHAMM_DIALECT_PREDICATE_IR_PREDICATEINTERFACES_TD

include "mlir/IR/OpBase.td"

def StagedLeafOpInterface : OpInterface<"StagedLeafOpInterface"> {
  let cppNamespace = "::whamm::predicate";
  let description = [{
    An operation whose result enters a computation from outside: a bound name,
    a variable. It says whether the value is known at match time.
  }];
  let methods = [
    InterfaceMethod<"True where the result is known at match time.",
                    "bool", "isStatic", (ins)>,
  ];
}

#endif // WHAMM_DIALECT_PREDICATE_IR_PREDICATEINTERFACES_TD
