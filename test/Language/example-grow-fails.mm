// Each memory.grow fails.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/memory.wat %s | FileCheck %s --match-full-lines

wasm:opcode:memory.grow:alt { drop_args(); return -1; }
wasm:opcode:drop(arg0: i32):before { report var d: i32; d = arg0; }

// CHECK: 1_wasm:opcode:drop:before #1 1:5 d: i32 = 101
// CHECK-NEXT: 1_wasm:opcode:drop:before #1 1:43 d: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:drop:before #1 1:48 d: i32 = -1
// CHECK-NEXT: 1_wasm:opcode:drop:before #1 1:53 d: i32 = -1
// CHECK-NEXT: 1_wasm:opcode:drop:before #1 1:60 d: i32 = 1818585203
