// What table.get, table.set and ref.func bind.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/references.wat %s | FileCheck %s --match-full-lines

wasm:opcode:table.get:before { report var r: i32; r = resolved_fid; report var i: (u32, i32); i = (imm0, table_entry_idx); }
wasm:opcode:table.set:before { report var r: i32; r = resolved_fid; report var rs: i32 = resolved_fid; }
wasm:opcode:table.set(arg1: i32):before { report var i: i32; i = arg1; }
wasm:opcode:ref.func:before { report var r: i32 = resolved_fid; report var i: u32 = imm0; }

// CHECK: 3_wasm:opcode:ref.func:before #5 5:17 i: u32 = 2
// CHECK-NEXT: 3_wasm:opcode:ref.func:before #5 5:77 i: u32 = 1
// CHECK-NEXT: 3_wasm:opcode:ref.func:before #5 5:94 i: u32 = 2
// CHECK-NEXT: 3_wasm:opcode:ref.func:before #5 5:17 r: i32 = 2
// CHECK-NEXT: 1_wasm:opcode:table.set:before #5 5:19 r: i32 = 2
// CHECK-NEXT: 1_wasm:opcode:table.set:before #5 5:19 rs: i32 = 2
// CHECK-NEXT: 2_wasm:opcode:table.set:before #5 5:19 i: i32 = 0
// CHECK-NEXT: 0_wasm:opcode:table.get:before #5 5:32 r: i32 = 0
// CHECK-NEXT: 1_wasm:opcode:table.set:before #5 5:34 r: i32 = -1
// CHECK-NEXT: 1_wasm:opcode:table.set:before #5 5:34 rs: i32 = -1
// CHECK-NEXT: 2_wasm:opcode:table.set:before #5 5:34 i: i32 = 3
// CHECK-NEXT: 3_wasm:opcode:ref.func:before #5 5:77 r: i32 = 1
// CHECK-NEXT: 3_wasm:opcode:ref.func:before #5 5:94 r: i32 = 2
// CHECK-NEXT: 0_wasm:opcode:table.get:before #5 5:117 r: i32 = -1
// CHECK-NEXT: 0_wasm:opcode:table.get:before #5 5:32 i: (u32,i32) = (0; 1)
// CHECK-NEXT: 0_wasm:opcode:table.get:before #5 5:117 i: (u32,i32) = (1; 0)
