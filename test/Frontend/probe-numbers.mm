// RUN: whamm-frontend-test --dump-checked %s | FileCheck %s

// Each expanded probe has the next number, over the whole script.
// CHECK: Probe 0.0
// CHECK: Match opcode:i32.const:before number 51
// CHECK: number 309
wasm:opcode:*:before {}
// CHECK: Probe 1.0
// CHECK-NEXT: number 310
// CHECK: Match opcode:i32.const:before number 361
// CHECK: number 619
// CHECK-NOT: number
wasm:opcode:*:before { report var n: i32; n++; }
