//===- PredicateOps.td - Operations of predicates ----------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PREDICATE_IR_PREDICATEOPS_TD
#define WHAMM_DIALECT_PREDICATE_IR_PREDICATEOPS_TD

include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "whamm/Dialect/Predicate/IR/PredicateDialect.td"

class Predicate_Op<string mnemonic, list<Trait> traits = []>
    : Op<Predicate_Dialect, mnemonic, traits>;

class Predicate_BinaryOp<string mnemonic, string symbol>
    : Predicate_Op<mnemonic, [Pure, Commutative, SameOperandsAndResultType]> {
  let summary = "Eager Boolean `" # symbol # "`";
  let description = [{
    Both operands are evaluated; neither has effects. Canonicalisation knows
    identities, idempotence, complements, absorption and De Morgan's laws.

    ```mlir
    %c = predicate.}] # mnemonic # [{ %a, %b
    ```
  }];
  let arguments = (ins I1:$lhs, I1:$rhs);
  let results = (outs I1:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict";
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Predicate_AndOp : Predicate_BinaryOp<"and", "&&">;
def Predicate_OrOp : Predicate_BinaryOp<"or", "||">;

def Predicate_NotOp
    : Predicate_Op<"not", [Pure, Involution, SameOperandsAndResultType]> {
  let summary = "Boolean negation";
  let description = [{
    ```mlir
    %c = predicate.not %a
    ```
  }];
  let arguments = (ins I1:$operand);
  let results = (outs I1:$result);
  let assemblyFormat = "$operand attr-dict";
  let hasFolder = 1;
}

class Predicate_ShortCircuitOp<string mnemonic, string symbol, string when>
    : Predicate_Op<mnemonic, [RecursiveMemoryEffects, RecursivelySpeculatable,
                              SingleBlock]> {
  let summary = "Short-circuit `" # symbol # "`";
  let description = [{
    The region runs, and gives the result, only where the left-hand side is
    }] # when # [{. A region without effects is folded into the eager form.

    ```mlir
    %c = predicate.}] # mnemonic # [{ %a {
      predicate.yield %b
    }
    ```
  }];
  let arguments = (ins I1:$lhs);
  let regions = (region SizedRegion<1>:$rhs);
  let results = (outs I1:$result);
  let assemblyFormat = "$lhs $rhs attr-dict";
  let hasFolder = 1;
  let hasCanonicalizer = 1;
  let hasRegionVerifier = 1;
}

def Predicate_AndThenOp : Predicate_ShortCircuitOp<"and_then", "&&", "true">;
def Predicate_OrElseOp : Predicate_ShortCircuitOp<"or_else", "||", "false">;

def Predicate_StagedOp
    : Predicate_Op<"staged", [RecursiveMemoryEffects]> {
  let summary = "A predicate split by stage";
  let description = [{
    The conjunction of a static and a dynamic part. The static region reads
    static values only; it decides at match time. The dynamic one may read
    both; it is evaluated where the probe runs. Either defaults to `true`.

    ```mlir
    %c = predicate.staged static {
      predicate.yield %same_function
    } dynamic {
      predicate.yield %operand_is_zero
    }
    ```
  }];
  let regions = (region SizedRegion<1>:$staticPart,
                        SizedRegion<1>:$dynamicPart);
  let results = (outs I1:$result);
  let assemblyFormat = "`static` $staticPart `dynamic` $dynamicPart attr-dict";
  let hasRegionVerifier = 1;
}

def Predicate_YieldOp
    : Predicate_Op<"yield", [Pure, Terminator, ReturnLike]> {
  let summary = "The value of a predicate region";
  let description = [{
    ```mlir
    predicate.yield %c
    ```
  }];
  let arguments = (ins I1:$value);
  let assemblyFormat = "$value attr-dict";
}

#endif // WHAMM_DIALECT_PREDICATE_IR_PREDICATEOPS_TD
