// Parameters are values: assigned ones change nothing outside.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/one.wat %s | FileCheck %s --match-full-lines

fn f(s: str, t: (i32, i32)) -> i32 { t.0 = t.0 + 1; return t.0 + t.1 + s.len() as i32; }
fn wrap(a: u8) -> u8 { return a + 1; }
wasm:opcode:nop:before {
  report var x: i32;
  x = f("abc", (1, 2));
  var s: str = "zz";
  var t: (i32, i32) = (x, x);
  x = x + f(s, t);
  report var same: (i32, i32);
  same = t;
  report var y: u8;
  y = wrap(255);
  report var z: u8;
  z = wrap(254) - 1;
}

// CHECK: 0_wasm:opcode:nop:before f 0:1 y: u8 = 0
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 z: u8 = 254
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 x: i32 = 24
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 same: (i32,i32) = (7; 7)
