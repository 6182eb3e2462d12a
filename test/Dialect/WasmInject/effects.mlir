// Division that can trap is an effect and stays; by a harmless constant it is
// none. Truncation always may trap.
// RUN: whamm-opt %s -canonicalize | FileCheck %s

// CHECK-LABEL: wasm_inject.template @effects
wasm_inject.template @effects params [#wasm_inject.param<arg 0>, #wasm_inject.param<arg 1>] states [] body {
// CHECK: ^bb0(%[[A:.*]]: i32, %[[F:.*]]: f64):
^bb0(%a: i32, %f: f64):
  %zero = arith.constant 0 : i32
  %three = arith.constant 3 : i32
  %minus1 = arith.constant -1 : i32
  // CHECK-DAG: %[[ZERO:.*]] = arith.constant 0
  // CHECK-DAG: %[[M1:.*]] = arith.constant -1
  // CHECK: wasm_inject.div signed %[[A]], %[[A]]
  %0 = wasm_inject.div signed %a, %a : i32
  // CHECK-NEXT: wasm_inject.div %[[A]], %[[ZERO]]
  %1 = wasm_inject.div %a, %zero : i32
  // CHECK-NEXT: wasm_inject.div signed %[[A]], %[[M1]]
  %2 = wasm_inject.div signed %a, %minus1 : i32
  // CHECK-NEXT: wasm_inject.rem %[[A]], %[[A]]
  %3 = wasm_inject.rem %a, %a : i32
  // CHECK-NEXT: wasm_inject.trunc %[[F]]
  %4 = wasm_inject.trunc %f : f64 to i32
  // CHECK-NEXT: }
  %5 = wasm_inject.div signed %a, %three : i32
  %6 = wasm_inject.div %a, %minus1 : i32
  %7 = wasm_inject.rem signed %a, %minus1 : i32
}
