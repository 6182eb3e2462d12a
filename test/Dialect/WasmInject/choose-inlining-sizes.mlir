// What wasm-inject-choose-inlining takes for the size of a template: a name ends
// in the number of instructions, so that a limit of that inlines it and a limit
// of one less does not.
// RUN: whamm-opt %s -wasm-inject-choose-inlining=limit=2 | FileCheck %s --check-prefix=L2
// RUN: whamm-opt %s -wasm-inject-choose-inlining=limit=3 | FileCheck %s --check-prefix=L3
// RUN: whamm-opt %s -wasm-inject-choose-inlining=limit=4 | FileCheck %s --check-prefix=L4
// RUN: whamm-opt %s -wasm-inject-choose-inlining=limit=5 | FileCheck %s --check-prefix=L5
// RUN: whamm-opt %s -wasm-inject-choose-inlining=limit=6 | FileCheck %s --check-prefix=L6
// RUN: whamm-opt %s -wasm-inject-choose-inlining=limit=7 | FileCheck %s --check-prefix=L7
// RUN: whamm-opt %s -wasm-inject-choose-inlining=limit=8 | FileCheck %s --check-prefix=L8
// RUN: whamm-opt %s -wasm-inject-choose-inlining=limit=9 | FileCheck %s --check-prefix=L9

wasm_inject.import @log from "host" "log" : (i32) -> i32
wasm_inject.state @n : ui32 program name "n" script 0
wasm_inject.state @m : ui32 program name "m" script 0

// Reading, a constant, adding and storing take one each.
// L3: wasm_inject.template @count_4 params [] states [] body {
// L4: wasm_inject.template @count_4 params [] states [] inline body {
wasm_inject.template @count_4 params [] states [] body {
  %one = arith.constant 1 : i32
  %old = wasm_inject.state_get @n : i32
  %new = arith.addi %old, %one : i32
  wasm_inject.state_set @n, %new : i32
}
wasm_inject.sites @count_4 at before rank 0 instances ["a"]
    func [1, 1] opidx [0, 1] pc [0, 1] instance [0, 0] slot [-1, -1] holes []

// So does an argument or hole at each use.
// L5: wasm_inject.template @inputs_6 params {{.*}} states [] body {
// L6: wasm_inject.template @inputs_6 params {{.*}} states [] inline body {
wasm_inject.template @inputs_6
    params [#wasm_inject.param<arg 0>, #wasm_inject.param<hole 0>] states [] body {
^bb0(%a: i32, %h: i32):
  %p = arith.muli %a, %h : i32
  %q = arith.addi %p, %a : i32
  wasm_inject.state_set @n, %q : i32
}
wasm_inject.sites @inputs_6 at before rank 1 instances ["a"]
    func [1, 1] opidx [0, 1] pc [0, 1] instance [0, 0] slot [-1, -1] holes [array<i64: 1, 2>]

// A value with several uses is a local: a tee and a get here.
// L4: wasm_inject.template @square_5 params [] states [] body {
// L5: wasm_inject.template @square_5 params [] states [] inline body {
wasm_inject.template @square_5 params [] states [] body {
  %v = wasm_inject.state_get @n : i32
  %s = arith.muli %v, %v : i32
  wasm_inject.state_set @n, %s : i32
}
wasm_inject.sites @square_5 at before rank 2 instances ["a"]
    func [1, 1] opidx [0, 1] pc [0, 1] instance [0, 0] slot [-1, -1] holes []

// So is one that is read in front of a write: set and get; and the block.
// L6: wasm_inject.template @exchange_7 params {{.*}} states [] body {
// L7: wasm_inject.template @exchange_7 params {{.*}} states [] inline body {
wasm_inject.template @exchange_7 params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: i32):
  %v = wasm_inject.state_get @n : i32
  wasm_inject.state_set @n, %a : i32
  wasm_inject.state_set @m, %v : i32
  // Nobody reads this.
  %w = arith.addi %a, %a : i32
}
wasm_inject.sites @exchange_7 at before rank 3 instances ["a"]
    func [1, 1] opidx [0, 1] pc [0, 1] instance [0, 0] slot [-1, -1] holes []

// A write of something else is no obstacle.
// L4: wasm_inject.template @apart_5 params {{.*}} states [] body {
// L5: wasm_inject.template @apart_5 params {{.*}} states [] inline body {
wasm_inject.template @apart_5 params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: i32):
  %v = wasm_inject.state_get @n : i32
  wasm_inject.state_set @m, %a : i32
  wasm_inject.state_set @n, %v : i32
}
wasm_inject.sites @apart_5 at before rank 4 instances ["a"]
    func [1, 1] opidx [0, 1] pc [0, 1] instance [0, 0] slot [-1, -1] holes []

// A condition needs no comparison with 0, and an extension of a bool is nothing.
// L6: wasm_inject.template @condition_7 params {{.*}} states [] body {
// L7: wasm_inject.template @condition_7 params {{.*}} states [] inline body {
wasm_inject.template @condition_7
    params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: i32):
  %zero = arith.constant 0 : i32
  %is = arith.cmpi ne, %a, %zero : i32
  scf.if %is {
    %less = arith.cmpi slt, %a, %zero : i32
    %bit = arith.extui %less : i1 to i32
    %r = wasm_inject.call @log(%bit) : (i32) -> i32
    wasm_inject.state_set @n, %r : i32
  }
}
wasm_inject.sites @condition_7 at before rank 5 instances ["a"]
    func [1, 1] opidx [0, 1] pc [0, 1] instance [0, 0] slot [-1, -1] holes []

// A result that is not asked for is dropped.
// L2: wasm_inject.template @dropped_3 params {{.*}} states [] body {
// L3: wasm_inject.template @dropped_3 params {{.*}} states [] inline body {
wasm_inject.template @dropped_3 params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: i32):
  %r = wasm_inject.call @log(%a) : (i32) -> i32
}
wasm_inject.sites @dropped_3 at before rank 6 instances ["a"]
    func [1, 1] opidx [0, 1] pc [0, 1] instance [0, 0] slot [-1, -1] holes []

// A variable that stays what an argument is takes nothing, nor does what it was
// before; one that changes is set.
// L3: wasm_inject.template @variable_4 params {{.*}} states [] body {
// L4: wasm_inject.template @variable_4 params {{.*}} states [] inline body {
wasm_inject.template @variable_4 params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: i32):
  %zero = arith.constant 0 : i32
  %l = wasm_inject.local : !wasm_inject.local<i32>
  wasm_inject.local_set %l, %zero : !wasm_inject.local<i32>
  wasm_inject.local_set %l, %a : !wasm_inject.local<i32>
  %v = wasm_inject.local_get %l : !wasm_inject.local<i32>
  %w = wasm_inject.local_get %l : !wasm_inject.local<i32>
  %s = arith.addi %v, %w : i32
  wasm_inject.state_set @n, %s : i32
}
wasm_inject.sites @variable_4 at before rank 7 instances ["a"]
    func [1, 1] opidx [0, 1] pc [0, 1] instance [0, 0] slot [-1, -1] holes []

// L8: wasm_inject.template @changing_9 params {{.*}} states [] body {
// L9: wasm_inject.template @changing_9 params {{.*}} states [] inline body {
wasm_inject.template @changing_9 params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: i32):
  %l = wasm_inject.local : !wasm_inject.local<i32>
  wasm_inject.local_set %l, %a : !wasm_inject.local<i32>
  %v = wasm_inject.local_get %l : !wasm_inject.local<i32>
  wasm_inject.state_set @n, %v : i32
  %five = arith.constant 5 : i32
  wasm_inject.local_set %l, %five : !wasm_inject.local<i32>
  %w = wasm_inject.local_get %l : !wasm_inject.local<i32>
  wasm_inject.state_set @m, %w : i32
}
wasm_inject.sites @changing_9 at before rank 8 instances ["a"]
    func [1, 1] opidx [0, 1] pc [0, 1] instance [0, 0] slot [-1, -1] holes []
