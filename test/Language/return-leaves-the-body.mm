// `return;` leaves the body, not the function.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/one.wat %s | FileCheck %s --match-full-lines

report var c: i32;
wasm:opcode:nop:before { if (c == 0) { return; } c = 5; }
wasm:opcode:nop:alt { report var a: i32; a = 1; if (a == 1) { return; } a = 2; }
wasm:func:exit { c++; }

// CHECK: 1_wasm:opcode:nop:alt f 0:1 a: i32 = 1
// CHECK-NEXT: c: i32 = 1
