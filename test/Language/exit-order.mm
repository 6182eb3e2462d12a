// proc_exit: probes at the call, exits of functions, then the end of the program.
// RUN: python3 %S/Inputs/e2e.py --exit 3 %S/Inputs/proc-exit.wat %s | FileCheck %s --match-full-lines

report var g: i32;
wasm:opcode:call:before { g = g * 10 + 1; }
wasm:func:exit { g = g * 10 + 2; report var n: u32; n++; }
wasm:opcode:call:after { g = g * 10 + 3; }
wasm:end { g = g * 10 + 5; }

// CHECK: 1_wasm:func:exit:<no-mode> inner 1:1 n: u32 = 1
// CHECK-NEXT: 1_wasm:func:exit:<no-mode> noret 2:1 n: u32 = 0
// CHECK-NEXT: 1_wasm:func:exit:<no-mode> #3 3:1 n: u32 = 0
// CHECK-NEXT: g: i32 = 1125
