// at_target: heads of loops, ends of blocks and functions, and where a
// conditional branch is not taken; operands are those of the branch.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/control.wat %s | FileCheck %s --match-full-lines

wasm:opcode:br:at_target { report var a: i32; a++; }
wasm:opcode:br_if:at_target { report var a: i32; a++; report var k: i32; k = k * 10 + arg0 as i32; }
wasm:opcode:br_table:at_target { report var a: i32; a++; }
wasm:opcode:br_if:at_target / arg0 != 0 / { report var taken: i32; taken++; }

// CHECK: 1_wasm:opcode:br_if:semantic_after loop 1:10 a: i32 = 4
// CHECK-NEXT: 1_wasm:opcode:br_if:semantic_after loop 1:10 k: i32 = 1
// CHECK-NEXT: 3_wasm:opcode:br_if:semantic_after loop 1:10 taken: i32 = 1
// CHECK-NEXT: 0_wasm:opcode:br:semantic_after loop 1:26 a: i32 = 3
// CHECK-NEXT: 1_wasm:opcode:br_if:semantic_after dowhile 2:12 a: i32 = 5
// CHECK-NEXT: 1_wasm:opcode:br_if:semantic_after dowhile 2:12 k: i32 = 43210
// CHECK-NEXT: 3_wasm:opcode:br_if:semantic_after dowhile 2:12 taken: i32 = 4
// CHECK-NEXT: 1_wasm:opcode:br_if:semantic_after early 4:5 a: i32 = 2
// CHECK-NEXT: 1_wasm:opcode:br_if:semantic_after early 4:5 k: i32 = 1
// CHECK-NEXT: 3_wasm:opcode:br_if:semantic_after early 4:5 taken: i32 = 1
// CHECK-NEXT: 0_wasm:opcode:br:semantic_after early 4:12 a: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:br_table:semantic_after switch2 5:27 a: i32 = 4
