// Globs, empty parts, alternatives, any case.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/one.wat %s | FileCheck %s --match-full-lines

wasm::*:before { report var a: i32 = 1; }
w*:o*:N[ao]p:Bef?re { report var b: i32 = 1; }
::nop:after { report var c: i32 = 1; }
wasm:opcode:end|nop:before|after { report var d: i32 = 1; }
wasm(local0: i32):opcode:*:before { report var e: i32 = 1; }

// CHECK: 1_wasm:opcode:nop:before f 0:1 a: i32 = 1
// CHECK-NEXT: 310_wasm:opcode:nop:before f 0:1 b: i32 = 1
// CHECK-NEXT: 312_wasm:opcode:nop:before f 0:1 d: i32 = 1
// CHECK-NEXT: 311_wasm:opcode:nop:after f 0:1 c: i32 = 1
// CHECK-NEXT: 313_wasm:opcode:nop:after f 0:1 d: i32 = 1
// CHECK-NEXT: 9_wasm:opcode:end:before f 0:2 a: i32 = 1
// CHECK-NEXT: 314_wasm:opcode:end:before f 0:2 d: i32 = 1
