// Regions of static expressions are evaluated only where they are chosen, and
// calls in the order of the block, each once per site.
// RUN: split-file %s %t
// RUN: whamm-opt %t/input.mlir --convert-probe-to-wasm-inject="app=%t/app.wat libs=l=%t/lib.wat" | FileCheck %t/input.mlir
// Without a library at hand, or with one that is none.
// RUN: not whamm-opt %t/input.mlir --convert-probe-to-wasm-inject=app=%t/app.wat 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: input.mlir:{{.*}}: error: static call of 'l.next' at function 0, pc 2: no libraries are at hand
// RUN: not whamm-opt %t/input.mlir --convert-probe-to-wasm-inject="app=%t/app.wat libs=l=%t/none.wat" 2>&1 | FileCheck %s --check-prefix=FILE
// FILE: error: library 'l': cannot open

//--- lib.wat
(module
  (global $n (mut i32) (i32.const 0))
  (func (export "next") (result i32)
    (global.set $n (i32.add (global.get $n) (i32.const 1)))
    (global.get $n)))
//--- app.wat
(module (func nop nop nop nop))
//--- input.mlir
// The predicate calls at pc 2 to 4 and holds where the number is 2.
// CHECK: wasm_inject.sites @s0.p0 at before
// CHECK-SAME: pc [3] {{.*}} holes [array<i64: 3>, array<i64: 203>, array<i64: 13>]
probe.script @s index 0 {
  probe.library "l" import "l"
  probe.global @a : si32
  probe.global @b : si32
  probe.global @c : si32
  probe.probe rule "wasm:opcode:nop:before" source 0
      instances [#probe.instance<"opcode:nop:before" number 0 order 0>] predicate {
    %0 = predicate.staged static {
      %pc = probe.bound "pc" : ui32
      %1 = probe.constant 1 : ui32
      %p = probe.cmp gt %pc, %1 : ui32
      %q = predicate.and_then %p {
        %n = probe.lib_call static "l" "next"() : () -> si32
        %2 = probe.constant 2 : si32
        %e = probe.cmp eq %n, %2 : si32
        predicate.yield %e
      }
      predicate.yield %q
    } dynamic {
      %t = probe.constant true
      predicate.yield %t
    }
    predicate.yield %0
  } body {
    %n = probe.lib_call static "l" "next"() : () -> si32
    probe.global_set @a, %n : si32
    %hundred = probe.constant 100 : si32
    %two = probe.constant 2 : si32
    %h = probe.mul %two, %hundred : si32
    %m = probe.add %h, %n : si32
    probe.global_set @b, %m : si32
    %ten = probe.constant 10 : si32
    %t = probe.tuple_make %ten, %n : tuple<si32, si32>
    %x = probe.tuple_get %t[0] : tuple<si32, si32> -> si32
    %y = probe.tuple_get %t[1] : tuple<si32, si32> -> si32
    %z = probe.add %x, %y : si32
    probe.global_set @c, %z : si32
  }
}
