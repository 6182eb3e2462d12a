// wasm-inject-specialize makes one copy of a template for each distinct tuple of
// the holes that its control flow depends on; holes that are data stay.
// RUN: whamm-opt %s -wasm-inject-specialize -split-input-file | FileCheck %s
// RUN: whamm-opt %s -wasm-inject-specialize=max-variants=1 -split-input-file \
// RUN:   | FileCheck %s --check-prefix=ONE
// RUN: whamm-opt %s -wasm-inject-specialize -split-input-file \
// RUN:   -mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=STATS

// STATS: wasm-inject-specialize
// STATS-NEXT: (S) 2 variants
// STATS-NEXT: (S) 3 holes-folded
// STATS-NEXT: (S) 0 sites-dropped

wasm_inject.state @n : ui32 program name "n" script 0

// Hole 0 decides, hole 1 is data: two copies for three sites, the first of which
// keeps a column.
// CHECK-NOT: @branch params
// CHECK: wasm_inject.template @branch_0 params [#wasm_inject.param<hole 0>] states [] body {
// CHECK-NEXT: ^bb0(%[[H:.*]]: i32):
// CHECK-NEXT: wasm_inject.state_set @n, %[[H]]
// CHECK-NEXT: }
// CHECK: wasm_inject.sites @branch_0 at before rank 4 instances ["a", "b"]
// CHECK-SAME: func [1, 2] opidx [0, 5] pc [1, 9] instance [0, 1] slot [-1, -1]
// CHECK-SAME: holes [array<i64: 10, 30>]
// CHECK: wasm_inject.template @branch_1 params [] states [] body {
// CHECK-NEXT: %[[C:.*]] = arith.constant 7 : i32
// CHECK-NEXT: wasm_inject.state_set @n, %[[C]]
// CHECK-NEXT: }
// CHECK: wasm_inject.sites @branch_1 {{.*}} func [1] opidx [3] pc [4] instance [0] slot [-1] holes []
wasm_inject.template @branch
    params [#wasm_inject.param<hole 0>, #wasm_inject.param<hole 1>] states [] body {
^bb0(%h: i32, %d: i32):
  %c1 = arith.constant 1 : i32
  %is = arith.cmpi eq, %h, %c1 : i32
  scf.if %is {
    wasm_inject.state_set @n, %d : i32
  } else {
    %c7 = arith.constant 7 : i32
    wasm_inject.state_set @n, %c7 : i32
  }
}
wasm_inject.sites @branch at before rank 4 instances ["a", "b"]
    func [1, 1, 2] opidx [0, 3, 5] pc [1, 4, 9] instance [0, 0, 1]
    slot [-1, -1, -1]
    holes [array<i64: 1, 2, 1>, array<i64: 10, 20, 30>]

// With too many tuples the template stays as it is, but for holes on which all
// sites agree.
// ONE: wasm_inject.template @branch_0
// ONE-SAME: params [#wasm_inject.param<hole 0>, #wasm_inject.param<hole 1>]
// ONE: scf.if
// ONE: wasm_inject.sites @branch_0
// ONE-SAME: holes [array<i64: 1, 2, 1>, array<i64: 10, 20, 30>]
// ONE-NOT: wasm_inject.sites @branch

// -----

// STATS: wasm-inject-specialize
// STATS-NEXT: (S) 1 variants
// STATS-NEXT: (S) 1 holes-folded
// STATS-NEXT: (S) 0 sites-dropped

wasm_inject.state @n : ui32 program name "n" script 0

// Data on which all sites agree becomes a constant; nothing else is divided.
// CHECK: wasm_inject.template @[[D:data_[0-9]+]] params [#wasm_inject.param<hole 0>]
// CHECK: ^bb0(%[[B:.*]]: i32):
// CHECK: %[[A:.*]] = arith.constant 5 : i32
// CHECK: arith.addi %[[B]], %[[A]]
// CHECK: wasm_inject.sites @[[D]] {{.*}} func [1, 2] {{.*}} holes [array<i64: 8, 9>]
// CHECK-NOT: wasm_inject.sites
wasm_inject.template @data
    params [#wasm_inject.param<hole 0>, #wasm_inject.param<hole 1>] states [] body {
^bb0(%a: i32, %b: i32):
  %s = arith.addi %a, %b : i32
  wasm_inject.state_set @n, %s : i32
}
wasm_inject.sites @data at before rank 0 instances ["a"]
    func [1, 2] opidx [0, 0] pc [1, 1] instance [0, 0] slot [-1, -1]
    holes [array<i64: 5, 5>, array<i64: 8, 9>]

// -----

// STATS: wasm-inject-specialize
// STATS-NEXT: (S) 3 variants
// STATS-NEXT: (S) 3 holes-folded
// STATS-NEXT: (S) 2 sites-dropped

wasm_inject.state @n : ui32 program name "n" script 0
wasm_inject.state @s : ui32 site report name "s" script 0

// A copy without effects goes, with its sites; one that owns state stays,
// since its rows are in the report.
// CHECK-NOT: @nothing
// CHECK: wasm_inject.template @[[R0:rows_[0-9]+]] params [] states [@s] body {
// CHECK: wasm_inject.sites @[[R0]] {{.*}} slot [0] holes [] inits [array<i64: 40>]
// CHECK: wasm_inject.template @[[R1:rows_[0-9]+]]
// CHECK: wasm_inject.state_set @s
// CHECK: wasm_inject.sites @[[R1]] {{.*}} slot [1] holes [] inits [array<i64: 50>]
// CHECK-NOT: @nothing
wasm_inject.template @nothing params [#wasm_inject.param<hole 0>, #wasm_inject.param<arg 0>] states [] body {
^bb0(%h: i1, %a: i32):
  scf.if %h {
    wasm_inject.state_set @n, %a : i32
  }
}
wasm_inject.sites @nothing at before rank 0 instances ["a"]
    func [1, 2] opidx [0, 0] pc [1, 1] instance [0, 0] slot [-1, -1]
    holes [array<i64: 0, 0>]
wasm_inject.template @rows params [#wasm_inject.param<hole 0>] states [@s] body {
^bb0(%h: i1):
  scf.if %h {
    %c = arith.constant 1 : i32
    wasm_inject.state_set @s, %c : i32
  }
}
wasm_inject.sites @rows at before rank 0 instances ["a"]
    func [1, 2] opidx [0, 0] pc [1, 1] instance [0, 0] slot [0, 1]
    holes [array<i64: 0, 1>] inits [array<i64: 40, 50>]

// -----

// STATS: wasm-inject-specialize
// STATS-NEXT: (S) 2 variants
// STATS-NEXT: (S) 2 holes-folded
// STATS-NEXT: (S) 0 sites-dropped

wasm_inject.state @n : ui32 program name "n" script 0

// An operand that a copy does not read is not taken; the others keep their
// order. Bit patterns of floats are kept, negative numbers, too.
// CHECK: wasm_inject.template @{{operands_[0-9]+}} params [#wasm_inject.param<arg 2>]
// CHECK: ^bb0(%[[A:.*]]: i32):
// CHECK: wasm_inject.state_set @n, %[[A]]
// CHECK: wasm_inject.template @{{operands_[0-9]+}} params [#wasm_inject.param<arg 1>]
// CHECK: wasm_inject.trunc %{{.*}} : f64 to i32
wasm_inject.template @operands
    params [#wasm_inject.param<arg 1>, #wasm_inject.param<hole 0>, #wasm_inject.param<arg 2>]
    states [] body {
^bb0(%a: f64, %h: f32, %b: i32):
  %c = arith.constant -1.5 : f32
  %is = arith.cmpf oeq, %h, %c : f32
  scf.if %is {
    wasm_inject.state_set @n, %b : i32
  } else {
    %t = wasm_inject.trunc %a : f64 to i32
    wasm_inject.state_set @n, %t : i32
  }
}
wasm_inject.sites @operands at before rank 0 instances ["a"]
    func [1, 2] opidx [0, 0] pc [1, 1] instance [0, 0] slot [-1, -1]
    holes [array<i64: 3217031168, 1065353216>]

// -----

// STATS: wasm-inject-specialize
// STATS-NEXT: (S) 1 variants
// STATS-NEXT: (S) 0 holes-folded
// STATS-NEXT: (S) 0 sites-dropped

// A table without sites goes, and so does the template that nobody uses. What
// traps is an effect.
// CHECK-NOT: @unused
// CHECK: wasm_inject.template @{{trap_[0-9]+}}
// CHECK: wasm_inject.div
// CHECK-NOT: @unused
wasm_inject.template @unused params [] states [] body {
^bb0:
}
wasm_inject.sites @unused at before rank 0 instances [] func [] opidx [] pc [] instance [] slot [] holes []
wasm_inject.template @trap params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: i32):
  %d = wasm_inject.div %a, %a : i32
}
wasm_inject.sites @trap at before rank 0 instances ["a"]
    func [1] opidx [0] pc [1] instance [0] slot [-1] holes []

// -----

// STATS: wasm-inject-specialize
// STATS-NEXT: (S) 2 variants
// STATS-NEXT: (S) 2 holes-folded
// STATS-NEXT: (S) 0 sites-dropped

wasm_inject.state @n : ui32 program name "n" script 0

// Two tables of one template, at two positions.
// CHECK: wasm_inject.template @[[S0:shared_[0-9]+]]
// CHECK: wasm_inject.sites @[[S0]] at before
// CHECK: wasm_inject.template @[[S1:shared_[0-9]+]]
// CHECK: wasm_inject.sites @[[S1]] at after
wasm_inject.template @shared params [#wasm_inject.param<hole 0>] states [] body {
^bb0(%h: i32):
  wasm_inject.state_set @n, %h : i32
}
wasm_inject.sites @shared at before rank 0 instances ["a"]
    func [1] opidx [0] pc [1] instance [0] slot [-1] holes [array<i64: 1>]
wasm_inject.sites @shared at after rank 0 instances ["a"]
    func [1] opidx [0] pc [1] instance [0] slot [-1] holes [array<i64: 2>]

// -----

// STATS: wasm-inject-specialize
// STATS-NEXT: (S) 2 variants
// STATS-NEXT: (S) 3 holes-folded
// STATS-NEXT: (S) 0 sites-dropped

wasm_inject.state @n : ui32 program name "n" script 0

// A column with a value per instance: rows are grouped by what their instances
// say, and what is left of it gets a value per row.
// CHECK: wasm_inject.template @[[A:kind_[0-9]+]] params [#wasm_inject.param<hole 0>]
// CHECK: wasm_inject.sites @[[A]] {{.*}} opidx [0, 1, 4] {{.*}} holes [array<i64: 7, 9, 7>]
// CHECK: wasm_inject.template @[[B:kind_[0-9]+]] params []
// CHECK: arith.constant 8 : i32
// CHECK: wasm_inject.sites @[[B]] {{.*}} opidx [2, 3] {{.*}} holes []
wasm_inject.template @kind
    params [#wasm_inject.param<hole 0>, #wasm_inject.param<hole 1>] states [] body {
^bb0(%h: i1, %d: i32):
  scf.if %h {
    wasm_inject.state_set @n, %d : i32
  } else {
    %twice = arith.addi %d, %d : i32
    wasm_inject.state_set @n, %twice : i32
  }
}
wasm_inject.sites @kind at before rank 0 instances ["a", "b", "c"]
    func [1, 1, 1, 1, 1] opidx [0, 1, 2, 3, 4] pc [1, 2, 3, 4, 5]
    instance [0, 1, 2, 2, 0] slot [-1, -1, -1, -1, -1]
    holes [array<i64: 1, 1, 0>, array<i64: 7, 9, 4>]

// -----

// STATS: wasm-inject-specialize
// STATS-NEXT: (S) 1 variants
// STATS-NEXT: (S) 0 holes-folded
// STATS-NEXT: (S) 0 sites-dropped

wasm_inject.state @n : ui32 program name "n" script 0

// A hole that an operand is compared with decides nothing by itself: one copy.
// CHECK: wasm_inject.template @[[C:compared_[0-9]+]]
// CHECK-SAME: params [#wasm_inject.param<arg 0>, #wasm_inject.param<hole 0>]
// CHECK: wasm_inject.sites @[[C]] {{.*}} holes [array<i64: 8, 9>]
// CHECK-NOT: wasm_inject.sites
wasm_inject.template @compared
    params [#wasm_inject.param<arg 0>, #wasm_inject.param<hole 0>] states [] body {
^bb0(%a: i32, %h: i32):
  %c1 = arith.constant 1 : i32
  %is = arith.cmpi eq, %a, %h : i32
  scf.if %is {
    wasm_inject.state_set @n, %c1 : i32
  }
}
wasm_inject.sites @compared at before rank 0 instances ["a"]
    func [1, 2] opidx [0, 5] pc [1, 9] instance [0, 0] slot [-1, -1]
    holes [array<i64: 8, 9>]

// -----

// An `alt` body whose condition turns out to be false never takes the place of an
// instruction: sites without rows go; others are code in front of it, or rows.
// CHECK-NOT: at alt
// CHECK: wasm_inject.template @[[R:rows_[0-9]+]] params [] states [@n] body {
// CHECK-NEXT: }
// CHECK: wasm_inject.sites @[[R]] at before {{.*}} slot [0]
// CHECK-NOT: wasm_inject.sites
// CHECK: {{-----}}
wasm_inject.state @n : ui32 site report name "n" script 0
wasm_inject.template @none params [] states []
    assigned [#wasm_inject.param<alt_taken 0>, #wasm_inject.param<alt_result 0>]
    types [i32, i32] may_fall_through body {
  %no = arith.constant false
  %c1 = arith.constant 1 : i32
  scf.if %no {
    wasm_inject.operand_set <alt_taken 0>, %c1 : i32
    wasm_inject.operand_set <alt_result 0>, %c1 : i32
  }
}
wasm_inject.sites @none at alt rank 0 instances ["a"]
    func [1] opidx [0] pc [1] instance [0] slot [-1] holes []
wasm_inject.template @rows params [] states [@n]
    assigned [#wasm_inject.param<alt_taken 0>, #wasm_inject.param<alt_result 0>]
    types [i32, i32] body {
  %no = arith.constant false
  %c1 = arith.constant 1 : i32
  scf.if %no {
    wasm_inject.state_set @n, %c1 : i32
    wasm_inject.operand_set <alt_taken 0>, %c1 : i32
    wasm_inject.operand_set <alt_result 0>, %c1 : i32
  }
}
wasm_inject.sites @rows at alt rank 1 instances ["a"]
    func [2] opidx [0] pc [1] instance [0] slot [0] holes []

// -----

// Where the condition may hold, or nothing asks, it stays as it is.
// CHECK-COUNT-2: wasm_inject.sites {{.*}} at alt
wasm_inject.template @some params [#wasm_inject.param<arg 0>] states []
    assigned [#wasm_inject.param<alt_taken 0>] types [i32] body {
^bb0(%a: i32):
  wasm_inject.operand_set <alt_taken 0>, %a : i32
}
wasm_inject.sites @some at alt rank 0 instances ["a"]
    func [1] opidx [0] pc [1] instance [0] slot [-1] holes []
wasm_inject.template @always params [] states [] body {
}
wasm_inject.sites @always at alt rank 1 instances ["a"]
    func [2] opidx [0] pc [1] instance [0] slot [-1] holes []
