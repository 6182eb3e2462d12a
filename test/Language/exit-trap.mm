// A trap: the function that executes `unreachable` is left, its callers are not.
// RUN: python3 %S/Inputs/e2e.py --exit 134 --precise-traps %S/Inputs/trap.wat %s | FileCheck %s --match-full-lines

report var g: i32;
wasm:opcode:call:before { g = g * 10 + 1; }
wasm:func:exit { g = g * 10 + 2; report var n: u32; n++; }
wasm:opcode:unreachable:before { g = g * 10 + 3; }

// CHECK: 1_wasm:func:exit:<no-mode> bad 0:1 n: u32 = 1
// CHECK-NEXT: 1_wasm:func:exit:<no-mode> #1 1:1 n: u32 = 0
// CHECK-NEXT: g: i32 = 132
// CHECK-NEXT: whamm run: trap: unreachable
