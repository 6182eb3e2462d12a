// wasm-inject-hoist-invariants computes once per site what depends on the site.
// RUN: whamm-opt %s -wasm-inject-hoist-invariants -split-input-file | FileCheck %s
// RUN: whamm-opt %s -wasm-inject-hoist-invariants=max-values=2 -split-input-file \
// RUN:   | FileCheck %s --check-prefix=FEW
// RUN: whamm-opt %s -wasm-inject-hoist-invariants -wasm-inject-specialize \
// RUN:   -split-input-file | FileCheck %s --check-prefix=THEN
// RUN: whamm-opt %s -wasm-inject-hoist-invariants -split-input-file \
// RUN:   -mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=STATS

// STATS: wasm-inject-hoist-invariants
// STATS-NEXT: (S) 1 hoisted

wasm_inject.state @n : ui32 program name "n" script 0

// A chain of operations becomes the hole of its last result; the hole that it
// began with goes.
// CHECK-LABEL: wasm_inject.template @condition
// CHECK-SAME: params [#wasm_inject.param<hole 0>]
// CHECK-NEXT: ^bb0(%[[C:.*]]: i1):
// CHECK-NOT: arith.muli
// CHECK: scf.if %[[C]]
// CHECK: wasm_inject.sites @condition {{.*}} holes [array<i64: 0, 1, 1>]
// THEN: wasm_inject.sites {{.*}} func [1, 1] opidx [3, 5]
// THEN-NOT: wasm_inject.sites
// THEN: {{-----}}
// FEW-LABEL: wasm_inject.template @condition
// FEW: arith.muli
// FEW: wasm_inject.sites @condition {{.*}} holes [array<i64: 7, 13, 20>]
wasm_inject.template @condition params [#wasm_inject.param<hole 0>] states [] body {
^bb0(%pc: i32):
  %c8 = arith.constant 8 : i32
  %c100 = arith.constant 100 : i32
  %0 = arith.muli %pc, %c8 : i32
  %1 = arith.cmpi ugt, %0, %c100 : i32
  scf.if %1 {
    wasm_inject.state_set @n, %c8 : i32
  }
}
wasm_inject.sites @condition at before rank 0 instances ["a"]
    func [1, 1, 1] opidx [0, 3, 5] pc [7, 13, 20] instance [0, 0, 0]
    slot [-1, -1, -1] holes [array<i64: 7, 13, 20>]

// -----

// STATS: wasm-inject-hoist-invariants
// STATS-NEXT: (S) 1 hoisted

// A result that is read twice is one hole; what depends on an operand stays, and
// so does the hole that it reads.
// CHECK-LABEL: wasm_inject.template @mixed
// CHECK-SAME: params [#wasm_inject.param<arg 0>, #wasm_inject.param<hole 0>, #wasm_inject.param<hole 1>]
// CHECK-NEXT: ^bb0(%[[A:.*]]: i32, %[[H:.*]]: i32, %[[S:.*]]: i64):
// CHECK-NEXT: %[[D:.*]] = arith.addi %[[A]], %[[H]] : i32
// CHECK-NEXT: call @use(%[[D]], %[[S]], %[[S]])
// CHECK: wasm_inject.sites @mixed {{.*}} holes [array<i64: 5, -6>, array<i64: 10, -12>]
wasm_inject.import @use from "lib" "use" : (i32, i64, i64) -> ()
wasm_inject.template @mixed
    params [#wasm_inject.param<arg 0>, #wasm_inject.param<hole 0>] states [] body {
^bb0(%a: i32, %h: i32):
  %wide = arith.extsi %h : i32 to i64
  %twice = arith.addi %wide, %wide : i64
  %sum = arith.addi %a, %h : i32
  wasm_inject.call @use(%sum, %twice, %twice) : (i32, i64, i64) -> ()
}
wasm_inject.sites @mixed at before rank 0 instances ["a"]
    func [1, 1] opidx [0, 3] pc [1, 4] instance [0, 0] slot [-1, -1]
    holes [array<i64: 5, -6>]

// -----

// STATS: wasm-inject-hoist-invariants
// STATS-NEXT: (S) 2 hoisted

// Holes with a value per instance give holes with a value per instance; together
// with one per site they give one per site. Each table has its own values.
// CHECK-LABEL: wasm_inject.template @instances
// CHECK: wasm_inject.sites @instances {{.*}} instance [0, 1, 0]
// CHECK-SAME: holes [array<i64: 2, 4>, array<i64: 11, 22, 31>]
// CHECK: wasm_inject.sites @instances {{.*}} instance [0]
// CHECK-SAME: holes [array<i64: 10>, array<i64: 55>]
wasm_inject.import @use from "lib" "use" : (i32, i32) -> ()
wasm_inject.template @instances
    params [#wasm_inject.param<hole 0>, #wasm_inject.param<hole 1>] states [] body {
^bb0(%each: i32, %row: i32):
  %c2 = arith.constant 2 : i32
  %0 = arith.muli %each, %c2 : i32
  %1 = arith.addi %each, %row : i32
  wasm_inject.call @use(%0, %1) : (i32, i32) -> ()
}
wasm_inject.sites @instances at before rank 0 instances ["a", "b"]
    func [1, 1, 1] opidx [0, 3, 4] pc [1, 4, 5] instance [0, 1, 0]
    slot [-1, -1, -1] holes [array<i64: 1, 2>, array<i64: 10, 20, 30>]
wasm_inject.sites @instances at after rank 0 instances ["c"]
    func [1] opidx [0] pc [1] instance [0]
    slot [-1] holes [array<i64: 5>, array<i64: 50>]

// -----

// STATS: wasm-inject-hoist-invariants
// STATS-NEXT: (S) 2 hoisted

// Floats, with their bits as a hole has them; division by a constant. A division
// that would trap at some site, and one by a hole, stay.
// CHECK-LABEL: wasm_inject.template @numbers
// CHECK-NEXT: ^bb0(%[[H:.*]]: i32, %[[F:.*]]: f64, %[[Q:.*]]: i32):
// CHECK-NEXT: %[[C:.*]] = arith.constant 12 : i32
// CHECK-NEXT: %[[D:.*]] = wasm_inject.div %[[C]], %[[H]] : i32
// CHECK-NEXT: call @use(%[[F]], %[[Q]], %[[D]])
// CHECK: wasm_inject.sites @numbers
// CHECK-SAME: holes [array<i64: 0, 9>, array<i64: 0, 4616752568008179712>, array<i64: 0, 2>]
wasm_inject.import @use from "lib" "use" : (f64, i32, i32) -> ()
wasm_inject.template @numbers params [#wasm_inject.param<hole 0>] states [] body {
^bb0(%h: i32):
  %half = arith.constant 0.5 : f64
  %c4 = arith.constant 4 : i32
  %c12 = arith.constant 12 : i32
  %0 = arith.uitofp %h : i32 to f64
  %1 = arith.mulf %0, %half : f64
  %2 = wasm_inject.div %h, %c4 : i32
  %3 = wasm_inject.div %c12, %h : i32
  wasm_inject.call @use(%1, %2, %3) : (f64, i32, i32) -> ()
}
wasm_inject.sites @numbers at before rank 0 instances ["a"]
    func [1, 1] opidx [0, 3] pc [0, 9] instance [0, 0] slot [-1, -1]
    holes [array<i64: 0, 9>]
