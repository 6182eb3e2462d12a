// wasm-inject-eliminate-dead-state removes state that nobody sees, its updates and
// what only they needed; what may trap stays.
// RUN: whamm-opt %s -wasm-inject-eliminate-dead-state -split-input-file | FileCheck %s
// RUN: whamm-opt %s -wasm-inject-eliminate-dead-state=keep-program -split-input-file \
// RUN:   | FileCheck %s --check-prefix=KEEP
// RUN: whamm-opt %s -wasm-inject-eliminate-dead-state -split-input-file \
// RUN:   -mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=STATS

// STATS: wasm-inject-eliminate-dead-state
// STATS-NEXT: (S) 2 states
// STATS-NEXT: (S) 3 updates

// An update of its own, a store, and a division that may trap. The declarations
// stay: reports number variables by them.
// CHECK: wasm_inject.state @hidden
// CHECK: wasm_inject.state @last
// CHECK: wasm_inject.init {
// CHECK-NEXT: }
// CHECK: wasm_inject.template @t params [#wasm_inject.param<arg 0>] states [] body {
// CHECK-NEXT: ^bb0(%[[A:.*]]: i32):
// CHECK-NEXT: wasm_inject.div %[[A]], %[[A]]
// CHECK-NEXT: }
// KEEP: wasm_inject.state @hidden
// KEEP: wasm_inject.state @last
// KEEP: wasm_inject.state_set @last
wasm_inject.state @hidden : ui32 program name "hidden" script 0
wasm_inject.state @last : i32 program name "last" script 0
wasm_inject.init {
  %c = arith.constant 3 : i32
  wasm_inject.state_set @hidden, %c : i32
}
wasm_inject.template @t params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: i32):
  %c1 = arith.constant 1 : i32
  %old = wasm_inject.state_get @hidden : i32
  %sum = arith.addi %old, %c1 : i32
  wasm_inject.state_set @hidden, %sum : i32
  %d = wasm_inject.div %a, %a : i32
  wasm_inject.state_set @last, %d : i32
}
wasm_inject.sites @t at before rank 0 instances ["a"]
    func [1] opidx [0] pc [1] instance [0] slot [-1] holes []

// -----

// STATS: wasm-inject-eliminate-dead-state
// STATS-NEXT: (S) 1 states
// STATS-NEXT: (S) 1 updates

// State that a report shows, that a condition asks, that goes into state that is
// seen; and the sites' own, which keeps its slots.
// CHECK: wasm_inject.state @shown
// CHECK: wasm_inject.state @asked
// CHECK: wasm_inject.state @copied
// CHECK: wasm_inject.state @own
// CHECK: wasm_inject.template @t
// CHECK: state_set @asked
// CHECK: state_get @asked
// CHECK: scf.if
// CHECK: state_get @copied
// CHECK: state_set @shown
// CHECK: state_set @copied
// CHECK-NOT: @own,
wasm_inject.state @shown : ui32 program report name "shown" script 0
wasm_inject.state @asked : ui32 program name "asked" script 0
wasm_inject.state @copied : ui32 program name "copied" script 0
wasm_inject.state @own : ui32 site name "own" script 0
wasm_inject.template @t params [#wasm_inject.param<arg 0>] states [@own] body {
^bb0(%a: i32):
  wasm_inject.state_set @asked, %a : i32
  %c7 = arith.constant 7 : i32
  %now = wasm_inject.state_get @asked : i32
  %is = arith.cmpi eq, %now, %c7 : i32
  scf.if %is {
    %copy = wasm_inject.state_get @copied : i32
    wasm_inject.state_set @shown, %copy : i32
  }
  wasm_inject.state_set @copied, %a : i32
  wasm_inject.state_set @own, %a : i32
}
wasm_inject.sites @t at before rank 0 instances ["a"]
    func [1] opidx [0] pc [1] instance [0] slot [0] holes []

// -----

// STATS: wasm-inject-eliminate-dead-state
// STATS-NEXT: (S) 0 states
// STATS-NEXT: (S) 0 updates

// What is counted stays.
// CHECK: wasm_inject.state @n
// CHECK: wasm_inject.tally @n
wasm_inject.state @n : ui32 program name "n" script 0
wasm_inject.tally @n at enter func [1] opidx [0] slot [] amount [1]
