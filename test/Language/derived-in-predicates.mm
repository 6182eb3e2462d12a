// Derived variables stand in predicates.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/calls.wat %s | FileCheck %s --match-full-lines

wasm:opcode:br_table:before / target == 1 / { report var c: u32; c++; }
wasm:opcode:memory.grow:after / failed / { report var c: u32; c++; }
wasm:opcode:call_indirect:before / resolved_fid == 2 / { report var c: u32; c++; }
wasm:opcode:i32.store|i32.load:before / effective_addr == 200 / { report var c: u32; c++; }

// CHECK: 0_wasm:opcode:br_table:before switch 6:9 c: u32 = 1
// CHECK-NEXT: 2_wasm:opcode:call_indirect:before #7 7:64 c: u32 = 0
// CHECK-NEXT: 2_wasm:opcode:call_indirect:before #7 7:74 c: u32 = 1
// CHECK-NEXT: 4_wasm:opcode:i32.store:before #7 7:84 c: u32 = 1
// CHECK-NEXT: 3_wasm:opcode:i32.load:before #7 7:90 c: u32 = 1
// CHECK-NEXT: 1_wasm:opcode:memory.grow:after #7 7:96 c: u32 = 0
// CHECK-NEXT: 1_wasm:opcode:memory.grow:after #7 7:103 c: u32 = 1
