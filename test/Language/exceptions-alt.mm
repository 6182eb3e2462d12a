// A throw that does not happen.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/exceptions.wat %s | FileCheck %s --match-full-lines

wasm:opcode:throw:alt { }
wasm:opcode:drop(arg0: i32):before { report var d: i32; d = arg0; }
wasm:func:exit { report var n: u32; n++; }

// CHECK: 2_wasm:func:exit:<no-mode> thrower 0:1 n: u32 = 2
// CHECK-NEXT: 2_wasm:func:exit:<no-mode> mid 1:1 n: u32 = 2
// CHECK-NEXT: 2_wasm:func:exit:<no-mode> catcher 2:1 n: u32 = 2
// CHECK-NEXT: 2_wasm:func:exit:<no-mode> #3 3:1 n: u32 = 1
// CHECK-NEXT: 1_wasm:opcode:drop:before #3 3:5 d: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:drop:before #3 3:10 d: i32 = 1
