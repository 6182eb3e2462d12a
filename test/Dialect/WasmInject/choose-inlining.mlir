// wasm-inject-choose-inlining marks templates that are small or have one place.
// RUN: whamm-opt %s -wasm-inject-choose-inlining | FileCheck %s
// RUN: whamm-opt %s -wasm-inject-choose-inlining=limit=61 | FileCheck %s --check-prefix=LIMIT

// Run again with another limit, it takes back what it said.
// RUN: whamm-opt %s -wasm-inject-choose-inlining=limit=61 -wasm-inject-choose-inlining \
// RUN:   | FileCheck %s

wasm_inject.import @log from "host" "log" : (i32, i32, i32) -> ()

// 14 calls with three arguments and the block around them.
// CHECK: wasm_inject.template @small params [{{.*}}] states [] inline body {
// LIMIT: wasm_inject.template @small params [{{.*}}] states [] inline body {
wasm_inject.template @small params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: i32):
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
}
wasm_inject.sites @small at before rank 0 instances ["a"]
    func [1, 1] opidx [0, 1] pc [0, 1] instance [0, 0] slot [-1, -1] holes []

// 61 instructions.
// CHECK: wasm_inject.template @large params [{{.*}}] states [] body {
// LIMIT: wasm_inject.template @large params [{{.*}}] states [] inline body {
wasm_inject.template @large params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: i32):
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
}
wasm_inject.sites @large at before rank 1 instances ["a"]
    func [1, 1] opidx [0, 1] pc [0, 1] instance [0, 0] slot [-1, -1] holes []

// One place, in all.
// CHECK: wasm_inject.template @once params [{{.*}}] states [] inline body {
// LIMIT: wasm_inject.template @once params [{{.*}}] states [] inline body {
wasm_inject.template @once params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: i32):
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
}
wasm_inject.sites @once at before rank 2 instances ["a"]
    func [1] opidx [0] pc [0] instance [0] slot [-1] holes []
wasm_inject.sites @once at after rank 3 instances ["a"]
    func [] opidx [] pc [] instance [] slot [] holes []

// One place in each of two tables.
// CHECK: wasm_inject.template @twice params [{{.*}}] states [] body {
// LIMIT: wasm_inject.template @twice params [{{.*}}] states [] inline body {
wasm_inject.template @twice params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: i32):
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
}
wasm_inject.sites @twice at before rank 4 instances ["a"]
    func [1] opidx [0] pc [0] instance [0] slot [-1] holes []
wasm_inject.sites @twice at after rank 5 instances ["a"]
    func [1] opidx [0] pc [0] instance [0] slot [-1] holes []

// A function is left at several places, and branches come from several.
// CHECK: wasm_inject.template @exit params [] states [] body {
// CHECK: wasm_inject.template @target params [] states [] body {
// LIMIT: wasm_inject.template @exit params [] states [] inline body {
// LIMIT: wasm_inject.template @target params [] states [] inline body {
wasm_inject.template @exit params [] states [] body {
  %a = arith.constant 1 : i32
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
}
wasm_inject.sites @exit at func_exit rank 6 instances ["a"]
    func [1] opidx [0] pc [0] instance [0] slot [-1] holes []
wasm_inject.template @target params [] states [] body {
  %a = arith.constant 1 : i32
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
}
wasm_inject.sites @target at at_target rank 7 instances ["a"]
    func [1] opidx [0] pc [0] instance [0] slot [-1] holes []

// What has no code, and what goes nowhere, is no matter.
// CHECK: wasm_inject.template @empty params [] states [] body {
// CHECK: wasm_inject.template @nowhere params [{{.*}}] states [] body {
// LIMIT: wasm_inject.template @empty params [] states [] body {
// LIMIT: wasm_inject.template @nowhere params [{{.*}}] states [] body {
wasm_inject.template @empty params [] states [] body {
}
wasm_inject.sites @empty at before rank 8 instances ["a"]
    func [1] opidx [0] pc [0] instance [0] slot [-1] holes []
wasm_inject.template @nowhere params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: i32):
  wasm_inject.call @log(%a, %a, %a) : (i32, i32, i32) -> ()
}
