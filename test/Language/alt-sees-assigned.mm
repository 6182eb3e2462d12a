// A dynamic alt predicate sees what a probe in front has assigned.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/references.wat %s | FileCheck %s --match-full-lines

wasm:opcode:return_call_indirect(arg1: i32):before { arg1 = 100; }
wasm:opcode:return_call_indirect(arg1: i32):alt / arg1 == 100 / { return 5; }
wasm:opcode:drop(arg0: i32):before { report var d: i32; d = arg0; }

// CHECK: 2_wasm:opcode:drop:before #5 5:7 d: i32 = 11
// CHECK-NEXT: 2_wasm:opcode:drop:before #5 5:14 d: i32 = 5
// CHECK-NEXT: 2_wasm:opcode:drop:before #5 5:27 d: i32 = 13
// CHECK-NEXT: 2_wasm:opcode:drop:before #5 5:42 d: i32 = 11
// CHECK-NEXT: 2_wasm:opcode:drop:before #5 5:59 d: i32 = 11
// CHECK-NEXT: 2_wasm:opcode:drop:before #5 5:76 d: i32 = 11
// CHECK-NEXT: 2_wasm:opcode:drop:before #5 5:84 d: i32 = 6
// CHECK-NEXT: 2_wasm:opcode:drop:before #5 5:91 d: i32 = 12
// CHECK-NEXT: 2_wasm:opcode:drop:before #5 5:107 d: i32 = 13
// CHECK-NEXT: 2_wasm:opcode:drop:before #5 5:111 d: i32 = 8
// CHECK-NEXT: 2_wasm:opcode:drop:before #5 5:120 d: i32 = 1
