// Operands, holes and state reach linked functions as they reach imported ones:
// with and without Binaryen, and at -O0.
// RUN: python3 %source/test/Language/Inputs/e2e.py -u lib=%S/Inputs/arith.wat %source/test/Language/Inputs/calls.wat %s | FileCheck %s --match-full-lines

use lib;
report var all: i64;
report var f: f64;
wasm:opcode:i32.add(arg0: i32, arg1: i32):before {
  all = lib.collatz(lib.wide(arg0, pc as i32)) + lib.wide(arg1, fid as i32) + all;
  f = lib.blend(f, arg0 as f32);
  report var n: i32;
  n = lib.pick(n, arg1, opidx as i32);
}
wasm:opcode:call:before { report var big: i32; big = lib.pick(lib.pick(big, 7, pc as i32), 3, lib.pick(1, 2, 3)); }

// CHECK: 0_wasm:opcode:i32.add:before add 1:5 n: i32 = 0
// CHECK-NEXT: 1_wasm:opcode:call:before fact 3:18 big: i32 = 40
// CHECK-NEXT: 0_wasm:opcode:i32.add:before loop 5:16 n: i32 = 10
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:5 big: i32 = 10
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:12 big: i32 = 10
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:17 big: i32 = 10
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:24 big: i32 = 10
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:29 big: i32 = 10
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:34 big: i32 = 10
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:39 big: i32 = 10
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:44 big: i32 = 10
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:49 big: i32 = 10
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:55 big: i32 = 10
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:108 big: i32 = 10
// CHECK-NEXT: all: i64 = 9534
// CHECK-NEXT: f: f64 = +3.7695495635271072e0
