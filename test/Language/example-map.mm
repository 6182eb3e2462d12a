// Calls per callee, as a map.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/calls.wat %s | FileCheck %s --match-full-lines

report var hits: map<u32, u32>;
wasm:opcode:call:before { hits[imm0]++; }

// CHECK: hits: map<u32,u32> = 0->1;1->1;2->1;3->5;4->1;5->1;6->5
