//===- PredicateDialect.td - When a probe fires ------------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PREDICATE_IR_PREDICATEDIALECT_TD
#define WHAMM_DIALECT_PREDICATE_IR_PREDICATEDIALECT_TD

include "mlir/IR/OpBase.td"

def Predicate_Dialect : Dialect {
  let name = "predicate";
  let cppNamespace = "::whamm::predicate";
  let summary = "When a probe fires: Boolean algebra in two stages";
  let description = [{
    A predicate is a region that yields one `i1`. What it reads belongs to one
    of two stages:

    - *static*: known at match time (facts of the event, the function and the
      module, immediates, names);
    - *dynamic*: known at run time (operands, locals, globals).

    A predicate starts as the script has it. `predicate-fold` simplifies it,
    `predicate-split` divides it into a conjunction of a static part, which
    decides whether there is a site at all, and a dynamic part, which guards the
    body. `predicate.and_then` and `predicate.or_else` keep the short-circuit
    order where the right-hand side has effects or can trap; the others become
    `predicate.and` and `predicate.or`, which are free to be reordered.

    Predicates belong to probes and share their constants, `probe.constant`.
  }];
  let hasConstantMaterializer = 1;
}

#endif // WHAMM_DIALECT_PREDICATE_IR_PREDICATEDIALECT_TD
