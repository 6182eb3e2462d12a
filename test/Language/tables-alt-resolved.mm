// A body in place of an indirect call knows what it would have called.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/references.wat %s | FileCheck %s --match-full-lines

wasm:opcode:call_indirect:alt { var r: i32 = resolved_fid; drop_args(); return r * 100; }
wasm:opcode:drop(arg0: i32):before { report var d: i32; d = arg0; }

// CHECK: 1_wasm:opcode:drop:before #5 5:7 d: i32 = 0
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:14 d: i32 = 12
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:27 d: i32 = 200
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:42 d: i32 = -100
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:59 d: i32 = -100
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:76 d: i32 = 0
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:84 d: i32 = 6
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:91 d: i32 = -100
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:107 d: i32 = -100
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:111 d: i32 = 8
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:120 d: i32 = 1
