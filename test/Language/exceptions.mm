// Functions that exceptions leave, thrown values, code behind calls that do not return.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/exceptions.wat %s | FileCheck %s --match-full-lines

wasm:func:exit { report var n: u32; n++; }
wasm:func:entry { report var n: u32; n++; }
wasm:opcode:throw(arg0: i32):before { report var a: i32; a = a * 10 + arg0; arg0 = arg0 + 1000; }
wasm:opcode:call:after { report var c: u32; c++; }
wasm:opcode:drop(arg0: i32):before { report var d: i32; d = arg0; }

// CHECK: 0_wasm:func:exit:<no-mode> thrower 0:1 n: u32 = 2
// CHECK-NEXT: 1_wasm:func:entry:<no-mode> thrower 0:0 n: u32 = 2
// CHECK-NEXT: 0_wasm:func:exit:<no-mode> mid 1:1 n: u32 = 2
// CHECK-NEXT: 1_wasm:func:entry:<no-mode> mid 1:0 n: u32 = 2
// CHECK-NEXT: 3_wasm:opcode:call:after mid 1:3 c: u32 = 0
// CHECK-NEXT: 0_wasm:func:exit:<no-mode> catcher 2:1 n: u32 = 2
// CHECK-NEXT: 1_wasm:func:entry:<no-mode> catcher 2:0 n: u32 = 2
// CHECK-NEXT: 3_wasm:opcode:call:after catcher 2:5 c: u32 = 0
// CHECK-NEXT: 0_wasm:func:exit:<no-mode> #3 3:1 n: u32 = 1
// CHECK-NEXT: 1_wasm:func:entry:<no-mode> #3 3:0 n: u32 = 1
// CHECK-NEXT: 3_wasm:opcode:call:after #3 3:3 c: u32 = 1
// CHECK-NEXT: 3_wasm:opcode:call:after #3 3:8 c: u32 = 1
// CHECK-NEXT: 2_wasm:opcode:throw:before thrower 0:3 a: i32 = 56
// CHECK-NEXT: 4_wasm:opcode:drop:before #3 3:5 d: i32 = 1105
// CHECK-NEXT: 4_wasm:opcode:drop:before #3 3:10 d: i32 = 1106
