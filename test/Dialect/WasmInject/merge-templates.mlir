// wasm-inject-merge-templates makes one template of those that read the same
// operands at a place.
// RUN: whamm-opt %s -wasm-inject-merge-templates -cse -split-input-file | FileCheck %s
// RUN: whamm-opt %s -wasm-inject-merge-templates -split-input-file \
// RUN:   -mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=STATS

// STATS: wasm-inject-merge-templates
// STATS-NEXT: (S) 2 merged
// STATS-NEXT: (S) 1 sites

// At the place that both have: the operand once, equal holes once, in the order
// of ranks. Elsewhere each keeps its own.
// CHECK: wasm_inject.template @[[M:a_[0-9]+]]
// CHECK-SAME: params [#wasm_inject.param<arg 0>, #wasm_inject.param<hole 0>, #wasm_inject.param<arg 1>]
// CHECK-NEXT: ^bb0(%[[X:.*]]: i32, %[[H:.*]]: i32, %[[Y:.*]]: i32):
// CHECK-NEXT: %[[S:.*]] = arith.addi %[[X]], %[[H]] : i32
// CHECK-NEXT: call @first(%[[S]])
// CHECK-NEXT: call @second(%[[S]], %[[Y]])
// CHECK-NEXT: }
// CHECK: wasm_inject.sites @[[M]] at before rank 0 instances ["a"]
// CHECK-SAME: func [3] opidx [9] pc [19] instance [0] slot [-1] holes [array<i64: 7>]
// CHECK: wasm_inject.sites @a at before rank 0
// CHECK-SAME: func [3] opidx [8] pc [17] instance [0] slot [-1] holes [array<i64: 5>]
// CHECK: wasm_inject.sites @b at before rank 1 instances ["b"]
// CHECK-SAME: func [4] opidx [9] pc [20] instance [0] slot [-1] holes [array<i64: 8>]
// CHECK-NOT: wasm_inject.sites
wasm_inject.import @first from "lib" "first" : (i32) -> ()
wasm_inject.import @second from "lib" "second" : (i32, i32) -> ()
wasm_inject.template @a
    params [#wasm_inject.param<arg 0>, #wasm_inject.param<hole 0>] states [] body {
^bb0(%x: i32, %h: i32):
  %0 = arith.addi %x, %h : i32
  wasm_inject.call @first(%0) : (i32) -> ()
}
wasm_inject.sites @a at before rank 0 instances ["a"]
    func [3, 3] opidx [8, 9] pc [17, 19] instance [0, 0] slot [-1, -1]
    holes [array<i64: 5, 7>]
wasm_inject.template @b
    params [#wasm_inject.param<hole 0>, #wasm_inject.param<arg 0>, #wasm_inject.param<arg 1>] states [] body {
^bb0(%h: i32, %x: i32, %y: i32):
  %0 = arith.addi %x, %h : i32
  wasm_inject.call @second(%0, %y) : (i32, i32) -> ()
}
wasm_inject.sites @b at before rank 1 instances ["b"]
    func [3, 4] opidx [9, 9] pc [19, 20] instance [0, 0] slot [-1, -1]
    holes [array<i64: 7, 8>]

// -----

// STATS: wasm-inject-merge-templates
// STATS-NEXT: (S) 2 merged
// STATS-NEXT: (S) 1 sites

// State of sites: the merged template has that of the one that uses it. Rows of
// the other, which are counted otherwise, stay where they were, without code.
// CHECK: wasm_inject.template @[[E:a_[0-9]+]] params [] states [@n] body {
// CHECK-NEXT: }
// CHECK: wasm_inject.sites @[[E]] at after rank 2 instances ["a"]
// CHECK-SAME: slot [0]
// CHECK: wasm_inject.template @[[M:b_[0-9]+]] params [#wasm_inject.param<res 0>] states [@most]
// CHECK-NEXT: ^bb0(%[[X:.*]]: i32):
// CHECK-NEXT: call @use(%[[X]])
// CHECK-NEXT: wasm_inject.state_set @most, %[[X]]
// CHECK: wasm_inject.sites @[[M]] at after rank 2 instances ["b"]
// CHECK-SAME: slot [1]
// CHECK-NOT: wasm_inject.sites
wasm_inject.import @use from "lib" "use" : (i32) -> ()
wasm_inject.state @n : ui32 site report name "n" script 0
wasm_inject.state @most : ui32 site report name "most" script 0
wasm_inject.template @a params [#wasm_inject.param<res 0>] states [@n] body {
^bb0(%x: i32):
  wasm_inject.call @use(%x) : (i32) -> ()
}
wasm_inject.sites @a at after rank 2 instances ["a"]
    func [3] opidx [8] pc [17] instance [0] slot [0] holes []
wasm_inject.template @b params [#wasm_inject.param<res 0>] states [@most] body {
^bb0(%x: i32):
  wasm_inject.state_set @most, %x : i32
}
wasm_inject.sites @b at after rank 3 instances ["b"]
    func [3] opidx [8] pc [17] instance [0] slot [1] holes []
wasm_inject.tally @n at enter func [3] opidx [8] slot [0] amount [1]

// -----

// STATS: wasm-inject-merge-templates
// STATS-NEXT: (S) 0 merged
// STATS-NEXT: (S) 0 sites

// Not merged: another probe between two of them; a template that leaves early;
// other operands; state of both; a template that assigns.
// CHECK-COUNT-10: wasm_inject.sites
// CHECK-NOT: wasm_inject.sites
wasm_inject.import @use from "lib" "use" : (i32) -> ()
wasm_inject.state @n : ui32 site report name "n" script 0
wasm_inject.template @one params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%x: i32):
  wasm_inject.call @use(%x) : (i32) -> ()
}
wasm_inject.template @other params [] states [] body {
  %c = arith.constant 1 : i32
  wasm_inject.call @use(%c) : (i32) -> ()
}
wasm_inject.template @second params [#wasm_inject.param<arg 1>] states [] body {
^bb0(%x: i32):
  wasm_inject.call @use(%x) : (i32) -> ()
}
wasm_inject.template @leaving params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%x: i32):
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.return
}
wasm_inject.template @storing params [#wasm_inject.param<arg 0>] states [@n] body {
^bb0(%x: i32):
  wasm_inject.state_set @n, %x : i32
}
wasm_inject.template @assigning params [#wasm_inject.param<arg 0>] states []
    assigned [#wasm_inject.param<arg 1>] types [i32] body {
^bb0(%x: i32):
  wasm_inject.operand_set <arg 1>, %x : i32
}
wasm_inject.sites @one at before rank 0 instances ["a"]
    func [0, 1, 2, 4] opidx [0, 0, 0, 0] pc [1, 1, 1, 1] instance [0, 0, 0, 0] slot [-1, -1, -1, -1] holes []
wasm_inject.sites @other at before rank 1 instances ["a"]
    func [0] opidx [0] pc [1] instance [0] slot [-1] holes []
wasm_inject.sites @one at before rank 2 instances ["a"]
    func [0] opidx [0] pc [1] instance [0] slot [-1] holes []
wasm_inject.sites @second at before rank 3 instances ["a"]
    func [1] opidx [0] pc [1] instance [0] slot [-1] holes []
wasm_inject.sites @one at after rank 3 instances ["a"]
    func [2] opidx [0] pc [1] instance [0] slot [-1] holes []
wasm_inject.sites @leaving at before rank 4 instances ["a"]
    func [3] opidx [0] pc [1] instance [0] slot [-1] holes []
wasm_inject.sites @one at before rank 5 instances ["a"]
    func [3] opidx [0] pc [1] instance [0] slot [-1] holes []
wasm_inject.sites @assigning at before rank 6 instances ["a"]
    func [4] opidx [0] pc [1] instance [0] slot [-1] holes []
wasm_inject.sites @storing at before rank 7 instances ["a"]
    func [5] opidx [0] pc [1] instance [0] slot [0] holes []
wasm_inject.sites @storing at before rank 8 instances ["a"]
    func [5] opidx [0] pc [1] instance [0] slot [1] holes []

// -----

// STATS: wasm-inject-merge-templates
// STATS-NEXT: (S) 3 merged
// STATS-NEXT: (S) 2 sites

// Three in a row become one.
// CHECK: wasm_inject.template @[[T:one_[0-9]+]]
// CHECK-COUNT-3: call @use
// CHECK: wasm_inject.sites @[[T]] at before rank 0
// CHECK-NOT: wasm_inject.sites
wasm_inject.import @use from "lib" "use" : (i32) -> ()
wasm_inject.template @one params [#wasm_inject.param<local 2>] states [] body {
^bb0(%x: i32):
  wasm_inject.call @use(%x) : (i32) -> ()
}
wasm_inject.sites @one at before rank 0 instances ["a"]
    func [0, 1] opidx [0, 3] pc [1, 5] instance [0, 0] slot [-1, -1] holes []
wasm_inject.sites @one at before rank 1 instances ["a"]
    func [0, 1] opidx [0, 3] pc [1, 5] instance [0, 0] slot [-1, -1] holes []
wasm_inject.sites @one at before rank 2 instances ["a"]
    func [0, 1] opidx [0, 3] pc [1, 5] instance [0, 0] slot [-1, -1] holes []

// -----

// Two that are inlined would be one that is not: they stay. One that is not
// inlined takes up another.
// CHECK: wasm_inject.sites @half at before rank 0 {{.*}} func [0]
// CHECK: wasm_inject.sites @half at before rank 1 {{.*}} func [0]
// CHECK: wasm_inject.sites @{{.*}} at before rank 2 {{.*}} func [1]
// CHECK-NOT: wasm_inject.sites
wasm_inject.import @use from "lib" "use" : (i32) -> ()
wasm_inject.template @half params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%x: i32):
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
}
wasm_inject.template @large params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%x: i32):
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
  wasm_inject.call @use(%x) : (i32) -> ()
}
wasm_inject.sites @half at before rank 0 instances ["a"]
    func [0] opidx [0] pc [1] instance [0] slot [-1] holes []
wasm_inject.sites @half at before rank 1 instances ["a"]
    func [0] opidx [0] pc [1] instance [0] slot [-1] holes []
wasm_inject.sites @half at before rank 2 instances ["a"]
    func [1] opidx [0] pc [1] instance [0] slot [-1] holes []
wasm_inject.sites @large at before rank 3 instances ["a"]
    func [1] opidx [0] pc [1] instance [0] slot [-1] holes []
