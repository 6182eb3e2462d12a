// Every operation of the dialect survives printing.
// RUN: whamm-opt %s | whamm-opt | FileCheck %s
// RUN: whamm-opt %s --mlir-print-op-generic | whamm-opt | FileCheck %s

probe.script @script0 index 0 {
  // CHECK: predicate {
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    %a = probe.bound "at_func_end" : i1
    %arg0 = probe.bound "arg0" : ui32
    %zero = probe.constant 0 : ui32
    %b = probe.cmp ne %arg0, %zero : ui32
    // CHECK: %[[AND:.*]] = predicate.and %[[A:.*]], %[[B:.*]]
    %and = predicate.and %a, %b
    // CHECK: %[[OR:.*]] = predicate.or %[[A]], %[[B]]
    %or = predicate.or %a, %b
    // CHECK: %[[NOT:.*]] = predicate.not %[[OR]]
    %not = predicate.not %or
    // CHECK: predicate.and_then %[[A]] {
    %then = predicate.and_then %a {
      // CHECK-NEXT: predicate.yield %[[B]]
      predicate.yield %b
    }
    // CHECK: predicate.or_else %[[AND]] {
    %else = predicate.or_else %and {
      // CHECK-NEXT: predicate.yield %[[NOT]]
      predicate.yield %not
    }
    // CHECK: %[[STAGED:.*]] = predicate.staged static {
    %staged = predicate.staged static {
      // CHECK-NEXT: predicate.yield %[[A]]
      predicate.yield %a
    // CHECK: } dynamic {
    } dynamic {
      // CHECK-NEXT: predicate.yield %[[B]]
      predicate.yield %b
    }
    // CHECK: predicate.yield %[[STAGED]]
    predicate.yield %staged
  } body {
  }
}
