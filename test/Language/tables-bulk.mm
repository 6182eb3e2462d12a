// What operations on whole tables bind.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/references.wat %s | FileCheck %s --match-full-lines

wasm:opcode:table.grow(arg0: i32, res0: i32):after { report var g: (i32, i32); g = (arg0, res0); }
wasm:opcode:table.size(res0: i32):after { report var s: i32; s = res0; report var i: u32 = imm0; }
wasm:opcode:table.copy|table.init:before { report var a: (i32, i32, i32); a = (arg0, arg1, arg2); report var i: (u32, u32) = (imm0, imm1); }
wasm:opcode:table.fill(arg0: i32, arg2: i32):before { report var a: (i32, i32); a = (arg0, arg2); report var i: u32 = imm0; }
wasm:opcode:elem.drop:before { report var i: u32 = imm0; }
wasm:opcode:ref.is_null(arg0: funcref, res0: i32):after { report var n: i32; n = res0; }

// CHECK: 4_wasm:opcode:table.fill:before #5 5:98 i: u32 = 0
// CHECK-NEXT: 1_wasm:opcode:table.size:after #5 5:108 i: u32 = 0
// CHECK-NEXT: 5_wasm:opcode:elem.drop:before #5 5:112 i: u32 = 1
// CHECK-NEXT: 1_wasm:opcode:table.size:after #5 5:108 s: i32 = 8
// CHECK-NEXT: 6_wasm:opcode:ref.is_null:after #5 5:119 n: i32 = 1
// CHECK-NEXT: 0_wasm:opcode:table.grow:after #5 5:81 g: (i32,i32) = (2; 6)
// CHECK-NEXT: 4_wasm:opcode:table.fill:before #5 5:98 a: (i32,i32) = (2; 1)
// CHECK-NEXT: 3_wasm:opcode:table.init:before #5 5:49 a: (i32,i32,i32) = (2; 0; 4)
// CHECK-NEXT: 2_wasm:opcode:table.copy:before #5 5:66 a: (i32,i32,i32) = (2; 1; 4)
// CHECK-NEXT: 3_wasm:opcode:table.init:before #5 5:49 i: (u32,u32) = (1; 0)
// CHECK-NEXT: 2_wasm:opcode:table.copy:before #5 5:66 i: (u32,u32) = (0; 0)
