// Variables of a body start at their default each time, whoever had the local before.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/calls.wat %s | FileCheck %s --match-full-lines

wasm:opcode:call:before { var i: i32; i++; report var x: i32; x = x + i; }
wasm:opcode:call:before {
  var j: i32;
  j = j + 5;
  report var y: i32;
  y = y + j;
  var s: str;
  var t: (i32, f64);
  report var z: (u32, i32, f64);
  z = (s.len() + z.0, t.0, t.1);
  s = "abc";
  t = (4, 4.0);
}
wasm:opcode:call:before / target_fn_name == "fact" / { var m: map<i32, i32>; m[1]++; report var w: i32; w = m[1]; }

// CHECK: 0_wasm:opcode:call:before fact 3:18 x: i32 = 4
// CHECK-NEXT: 1_wasm:opcode:call:before fact 3:18 y: i32 = 20
// CHECK-NEXT: 2_wasm:opcode:call:before fact 3:18 w: i32 = 1
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:5 x: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:5 y: i32 = 5
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:12 x: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:12 y: i32 = 5
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:17 x: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:17 y: i32 = 5
// CHECK-NEXT: 2_wasm:opcode:call:before #7 7:17 w: i32 = 1
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:24 x: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:24 y: i32 = 5
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:29 x: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:29 y: i32 = 5
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:34 x: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:34 y: i32 = 5
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:39 x: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:39 y: i32 = 5
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:44 x: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:44 y: i32 = 5
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:49 x: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:49 y: i32 = 5
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:55 x: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:55 y: i32 = 5
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:108 x: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:108 y: i32 = 5
// CHECK-NEXT: 1_wasm:opcode:call:before fact 3:18 z: (u32,i32,f64) = (0; 0; +0e0)
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:5 z: (u32,i32,f64) = (0; 0; +0e0)
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:12 z: (u32,i32,f64) = (0; 0; +0e0)
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:17 z: (u32,i32,f64) = (0; 0; +0e0)
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:24 z: (u32,i32,f64) = (0; 0; +0e0)
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:29 z: (u32,i32,f64) = (0; 0; +0e0)
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:34 z: (u32,i32,f64) = (0; 0; +0e0)
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:39 z: (u32,i32,f64) = (0; 0; +0e0)
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:44 z: (u32,i32,f64) = (0; 0; +0e0)
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:49 z: (u32,i32,f64) = (0; 0; +0e0)
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:55 z: (u32,i32,f64) = (0; 0; +0e0)
// CHECK-NEXT: 1_wasm:opcode:call:before #7 7:108 z: (u32,i32,f64) = (0; 0; +0e0)
