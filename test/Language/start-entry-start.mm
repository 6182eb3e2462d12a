// Initial values, then statements, then the program. Its entry is the start function.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/entry-start.wat %s | FileCheck %s --match-full-lines

report var g: u32;
g = 3;
g++;
wasm:opcode:nop:before { report var n: u32 = 10; n++; g++; }

// CHECK: 0_wasm:opcode:nop:before f 0:1 n: u32 = 11
// CHECK-NEXT: g: u32 = 5
