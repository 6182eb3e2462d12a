// Where probes of `if` run: exit belongs to the then arm, after to both.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/control.wat %s | FileCheck %s --match-full-lines

wasm:opcode:if:before { report var a: i32; a++; }
wasm:opcode:if:entry { report var a: i32; a++; }
wasm:opcode:if:exit { report var a: i32; a++; }
wasm:opcode:if:after { report var a: i32; a++; }

// CHECK: 0_wasm:opcode:if:before ifs 3:3 a: i32 = 2
// CHECK-NEXT: 1_wasm:opcode:if:entry ifs 3:3 a: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:if:exit ifs 3:3 a: i32 = 1
// CHECK-NEXT: 3_wasm:opcode:if:semantic_after ifs 3:3 a: i32 = 2
// CHECK-NEXT: 0_wasm:opcode:if:before ifs 3:19 a: i32 = 2
// CHECK-NEXT: 1_wasm:opcode:if:entry ifs 3:19 a: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:if:exit ifs 3:19 a: i32 = 0
// CHECK-NEXT: 3_wasm:opcode:if:semantic_after ifs 3:19 a: i32 = 1
// CHECK-NEXT: 0_wasm:opcode:if:before switch2 5:19 a: i32 = 5
// CHECK-NEXT: 1_wasm:opcode:if:entry switch2 5:19 a: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:if:exit switch2 5:19 a: i32 = 0
// CHECK-NEXT: 3_wasm:opcode:if:semantic_after switch2 5:19 a: i32 = 4
