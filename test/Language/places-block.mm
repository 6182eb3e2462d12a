// Where probes of `block` run: exit runs on falling through, after also on branches to the block.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/control.wat %s | FileCheck %s --match-full-lines

wasm:opcode:block:before { report var a: i32; a++; }
wasm:opcode:block:entry { report var a: i32; a++; }
wasm:opcode:block:exit { report var a: i32; a++; }
wasm:opcode:block:after { report var a: i32; a++; }

// CHECK: 0_wasm:opcode:block:before loop 1:3 a: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:block:entry loop 1:3 a: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:block:exit loop 1:3 a: i32 = 0
// CHECK-NEXT: 3_wasm:opcode:block:semantic_after loop 1:3 a: i32 = 1
// CHECK-NEXT: 0_wasm:opcode:block:before early 4:8 a: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:block:entry early 4:8 a: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:block:exit early 4:8 a: i32 = 0
// CHECK-NEXT: 3_wasm:opcode:block:semantic_after early 4:8 a: i32 = 0
// CHECK-NEXT: 0_wasm:opcode:block:before switch2 5:5 a: i32 = 5
// CHECK-NEXT: 1_wasm:opcode:block:entry switch2 5:5 a: i32 = 5
// CHECK-NEXT: 2_wasm:opcode:block:exit switch2 5:5 a: i32 = 0
// CHECK-NEXT: 3_wasm:opcode:block:semantic_after switch2 5:5 a: i32 = 1
