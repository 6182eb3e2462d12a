// Type bounds and the types of operands that are used choose the sites.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/calls-seen.wat %s | FileCheck %s --match-full-lines

report var n: map<i32, i32>;
wasm:opcode:call(arg0: i32):before / arg0 == 4 || fname == "nope" / { n[arg0]++; }
wasm:opcode:call(arg0: i64):before { report var q: i64; q = arg0; }
wasm:opcode:call(arg0: i64, arg1: i32):after { report var q: i64; q = arg0; report var w: i32; w = arg1; }
wasm(local0: i32):opcode:*(arg0: i32, arg1: i32):before { report var s: i32; s = arg0 + arg1 + local0; }
wasm:opcode:*(arg0: f64):before { report var f: f64; f = arg0; }

// CHECK: 99_wasm:opcode:i32.add:before add 0:5 s: i32 = 16
// CHECK-NEXT: 100_wasm:opcode:i32.sub:before sub 1:5 s: i32 = 16
// CHECK-NEXT: 19_wasm:opcode:return_call:before tail 3:5 s: i32 = 25
// CHECK-NEXT: 17_wasm:opcode:call:before #7 7:9 s: i32 = 7
// CHECK-NEXT: 17_wasm:opcode:call:before #7 7:17 s: i32 = 7
// CHECK-NEXT: 2_wasm:opcode:call:after #7 7:25 w: i32 = 3
// CHECK-NEXT: 17_wasm:opcode:call:before #7 7:35 s: i32 = 17
// CHECK-NEXT: 18_wasm:opcode:call_indirect:before #7 7:57 s: i32 = 6
// CHECK-NEXT: 18_wasm:opcode:call_indirect:before #7 7:68 s: i32 = 7
// CHECK-NEXT: 22_wasm:opcode:select:before #7 7:109 s: i32 = 47
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:25 q: i64 = 4
// CHECK-NEXT: 2_wasm:opcode:call:after #7 7:25 q: i64 = 4
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:27 q: i64 = 4
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:87 q: i64 = 55
// CHECK-NEXT: n: map<i32,i32> = 4->2
