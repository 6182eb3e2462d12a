// `end` and branches: falling through, branching out, not taken.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/control.wat %s | FileCheck %s --match-full-lines

wasm:opcode:br:after { report var a: i32; a++; }
wasm:opcode:br_if:after { report var a: i32; a++; }
wasm:opcode:end:before { report var a: i32; a++; }
wasm:opcode:end:after { report var a: i32; a++; }

// CHECK: 2_wasm:opcode:end:before see 0:1 a: i32 = 9
// CHECK-NEXT: 1_wasm:opcode:br_if:after loop 1:10 a: i32 = 3
// CHECK-NEXT: 0_wasm:opcode:br:after loop 1:26 a: i32 = 0
// CHECK-NEXT: 3_wasm:opcode:end:after loop 1:28 a: i32 = 0
// CHECK-NEXT: 2_wasm:opcode:end:before loop 1:28 a: i32 = 0
// CHECK-NEXT: 3_wasm:opcode:end:after loop 1:29 a: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:end:before loop 1:29 a: i32 = 0
// CHECK-NEXT: 2_wasm:opcode:end:before loop 1:32 a: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:br_if:after dowhile 2:12 a: i32 = 1
// CHECK-NEXT: 3_wasm:opcode:end:after dowhile 2:14 a: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:end:before dowhile 2:14 a: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:end:before dowhile 2:15 a: i32 = 1
// CHECK-NEXT: 3_wasm:opcode:end:after ifs 3:16 a: i32 = 2
// CHECK-NEXT: 2_wasm:opcode:end:before ifs 3:16 a: i32 = 1
// CHECK-NEXT: 3_wasm:opcode:end:after ifs 3:24 a: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:end:before ifs 3:24 a: i32 = 0
// CHECK-NEXT: 2_wasm:opcode:end:before ifs 3:27 a: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:br_if:after early 4:5 a: i32 = 1
// CHECK-NEXT: 0_wasm:opcode:br:after early 4:12 a: i32 = 0
// CHECK-NEXT: 3_wasm:opcode:end:after early 4:14 a: i32 = 0
// CHECK-NEXT: 2_wasm:opcode:end:before early 4:14 a: i32 = 0
// CHECK-NEXT: 2_wasm:opcode:end:before early 4:15 a: i32 = 0
// CHECK-NEXT: 3_wasm:opcode:end:after switch2 5:24 a: i32 = 4
// CHECK-NEXT: 2_wasm:opcode:end:before switch2 5:24 a: i32 = 0
// CHECK-NEXT: 3_wasm:opcode:end:after switch2 5:31 a: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:end:before switch2 5:31 a: i32 = 0
// CHECK-NEXT: 3_wasm:opcode:end:after switch2 5:32 a: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:end:before switch2 5:32 a: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:end:before switch2 5:35 a: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:end:before #6 6:47 a: i32 = 1
