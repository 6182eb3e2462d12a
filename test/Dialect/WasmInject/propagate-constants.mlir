// wasm-inject-propagate-constants replaces state that keeps its initial value.
// RUN: whamm-opt %s -wasm-inject-propagate-constants -split-input-file \
// RUN:   | FileCheck %s
// RUN: whamm-opt %s -wasm-inject-propagate-constants -split-input-file \
// RUN:   -mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=STATS

// STATS: wasm-inject-propagate-constants
// STATS-NEXT: (S) 2 states

wasm_inject.state @limit : ui32 program name "limit" script 0 = 10 : i32
wasm_inject.state @scale : f64 program report name "scale" script 0
wasm_inject.state @n : ui32 program report name "n" script 0 = 3 : i32
wasm_inject.state @text : !probe.str program name "text" script 0

// The initial value, and the one that is there where none is given. State that is
// stored to, and state of several components, stays.
// CHECK-LABEL: wasm_inject.template @t
// CHECK-NEXT: ^bb0(%[[A:.*]]: i32):
// CHECK-NEXT: %[[L:.*]] = arith.constant 10 : i32
// CHECK-NEXT: %[[S:.*]] = arith.constant 0.000000e+00 : f64
// CHECK-NEXT: %[[N:.*]] = wasm_inject.state_get @n : i32
// CHECK-NEXT: %[[P:.*]] = wasm_inject.state_get @text : i32
// CHECK-NEXT: call @use(%[[L]], %[[S]], %[[P]])
wasm_inject.import @use from "lib" "use" : (i32, f64, i32) -> ()
wasm_inject.template @t params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: i32):
  %l = wasm_inject.state_get @limit : i32
  %s = wasm_inject.state_get @scale : f64
  %n = wasm_inject.state_get @n : i32
  %p = wasm_inject.state_get @text : i32
  wasm_inject.call @use(%l, %s, %p) : (i32, f64, i32) -> ()
  %m = arith.addi %n, %a : i32
  wasm_inject.state_set @n, %m : i32
}

// -----

// STATS: wasm-inject-propagate-constants
// STATS-NEXT: (S) 0 states

// What any function, or program start, stores is not what it began with.
// CHECK-LABEL: @start
// CHECK: wasm_inject.template @t
// CHECK-NEXT: = wasm_inject.state_get @start
wasm_inject.state @start : ui32 program name "start" script 0 = 1 : i32
wasm_inject.import @use from "lib" "use" : (i32) -> ()
wasm_inject.init {
  %c = arith.constant 2 : i32
  wasm_inject.state_set @start, %c : i32
}
wasm_inject.template @t params [] states [] body {
  %0 = wasm_inject.state_get @start : i32
  wasm_inject.call @use(%0) : (i32) -> ()
}

// -----

// STATS: wasm-inject-propagate-constants
// STATS-NEXT: (S) 1 states

// State of sites that all begin with the same; not where each has its own value,
// or where a tally counts.
// CHECK-LABEL: wasm_inject.template @t params [] states [@same
// CHECK-NEXT: %[[A:.*]] = arith.constant 4 : i32
// CHECK-NEXT: %[[B:.*]] = wasm_inject.state_get @own : i32
// CHECK-NEXT: %[[C:.*]] = wasm_inject.state_get @counted : i32
// CHECK-NEXT: call @use(%[[A]], %[[B]], %[[C]])
wasm_inject.state @same : ui32 site name "same" script 0 = 4 : i32
wasm_inject.state @own : ui32 site name "own" script 0 = 4 : i32
wasm_inject.state @counted : ui32 site name "counted" script 0
wasm_inject.import @use from "lib" "use" : (i32, i32, i32) -> ()
wasm_inject.template @t params [] states [@same, @own, @counted] body {
  %0 = wasm_inject.state_get @same : i32
  %1 = wasm_inject.state_get @own : i32
  %2 = wasm_inject.state_get @counted : i32
  wasm_inject.call @use(%0, %1, %2) : (i32, i32, i32) -> ()
}
wasm_inject.sites @t at before rank 0 instances ["a"]
    func [1, 1] opidx [0, 3] pc [1, 4] instance [0, 0] slot [0, 3]
    holes [] inits [array<i64>, array<i64: 8, 9>, array<i64>]
wasm_inject.tally @counted at enter func [1] opidx [0] slot [2] amount [1]
