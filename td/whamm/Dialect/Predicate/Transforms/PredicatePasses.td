//===- PredicatePasses.td - Passes over predicates ---------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PREDICATE_TRANSFORMS_PREDICATEPASSES_TD
#define WHAMM_DIALECT_PREDICATE_TRANSFORMS_PREDICATEPASSES_TD

include "mlir/Pass/PassBase.td"

def PredicateFold : Pass<"predicate-fold"> {
  let summary = "Simplify the predicates of probes";
  let description = [{
    Folds each probe's predicate as far as the script alone allows. A probe
    whose predicate is `false` is removed together with its variables: it has no
    sites. A predicate that is `true` stays as its constant, so that what
    follows can tell.

    ```mlir
    probe.probe ... predicate {
      %t = probe.constant true
      %c = predicate.and %a, %t
      predicate.yield %c
    }
    ```
    becomes
    ```mlir
    probe.probe ... predicate {
      predicate.yield %a
    }
    ```
  }];
  let statistics = [
    Statistic<"numFolded", "predicates-folded",
              "Predicates that became constant true">,
    Statistic<"numRemoved", "probes-removed",
              "Probes that can never fire">,
  ];
}

def PredicateSplit : Pass<"predicate-split"> {
  let summary = "Split predicates into a static and a dynamic part";
  let description = [{
    Walks the conjunction that a predicate consists of and sorts its terms by
    stage: terms that read only static values decide at match time, the rest
    guards the body. A term keeps its place relative to the terms of its own
    stage: one that can trap or has effects, a static call among them, runs only
    where those in front of it are true. A static term decides wherever it
    stands: where it is false there is no site, and nothing of the predicate
    runs.

    ```mlir
    %c = predicate.and %static, %dynamic
    predicate.yield %c
    ```
    becomes
    ```mlir
    %c = predicate.staged static {
      predicate.yield %static
    } dynamic {
      predicate.yield %dynamic
    }
    predicate.yield %c
    ```
  }];
  let statistics = [
    Statistic<"numStatic", "static-terms", "Terms that decide at match time">,
    Statistic<"numDynamic", "dynamic-terms", "Terms that guard a body">,
  ];
}

#endif // WHAMM_DIALECT_PREDICATE_TRANSFORMS_PREDICATEPASSES_TD
