// Blocks partition the instructions: executions times sizes is what runs.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/control.wat %s | FileCheck %s --match-full-lines

report var instructions: u32;
report var in_blocks: u32;
report var starts: u32;
report var ends: u32;
wasm:opcode:*:before { instructions++; }
wasm:block:start { starts++; }
wasm:block:end { in_blocks = in_blocks + instr_count; ends++; }

// CHECK: ends: u32 = 50
// CHECK-NEXT: in_blocks: u32 = 197
// CHECK-NEXT: instructions: u32 = 197
// CHECK-NEXT: starts: u32 = 50
