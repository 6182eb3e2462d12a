// Where probes of `loop` run: before runs once, entry in every round; branches out pass by exit and after.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/control.wat %s | FileCheck %s --match-full-lines

wasm:opcode:loop:before { report var a: i32; a++; }
wasm:opcode:loop:entry { report var a: i32; a++; }
wasm:opcode:loop:exit { report var a: i32; a++; }
wasm:opcode:loop:after { report var a: i32; a++; }

// CHECK: 0_wasm:opcode:loop:before loop 1:5 a: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:loop:entry loop 1:5 a: i32 = 4
// CHECK-NEXT: 2_wasm:opcode:loop:exit loop 1:5 a: i32 = 0
// CHECK-NEXT: 3_wasm:opcode:loop:semantic_after loop 1:5 a: i32 = 0
// CHECK-NEXT: 0_wasm:opcode:loop:before dowhile 2:1 a: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:loop:entry dowhile 2:1 a: i32 = 5
// CHECK-NEXT: 2_wasm:opcode:loop:exit dowhile 2:1 a: i32 = 1
// CHECK-NEXT: 3_wasm:opcode:loop:semantic_after dowhile 2:1 a: i32 = 1
// CHECK-NEXT: 0_wasm:opcode:loop:before switch2 5:3 a: i32 = 2
// CHECK-NEXT: 1_wasm:opcode:loop:entry switch2 5:3 a: i32 = 5
// CHECK-NEXT: 2_wasm:opcode:loop:exit switch2 5:3 a: i32 = 1
// CHECK-NEXT: 3_wasm:opcode:loop:semantic_after switch2 5:3 a: i32 = 1
