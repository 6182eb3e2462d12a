// Functions call each other and libraries; they run in predicates, bodies and
// when variables of sites get their first values.
// RUN: python3 %S/Inputs/e2e.py -u tally=%S/Inputs/tally.wat %S/Inputs/one.wat %s | FileCheck %s --match-full-lines

use tally;
var m: map<str, i32>;
fn even(n: u32) -> bool { if (n == 0) { return true; } return odd(n - 1); }
fn odd(n: u32) -> bool { if (n == 0) { return false; } return even(n - 1); }
fn count(k: str) -> i32 { m[k]++; tally.add(1); return m[k]; }
wasm:opcode:nop:before / even(10) && count("p") == 1 / {
  report var a: (bool, bool);
  a = (even(7), odd(7));
  report var b: i32;
  b = count("x") + count("x");
  report var c: i32;
  c = tally.get();
  report var f: i32 = count("init");
}

// CHECK: 0_wasm:opcode:nop:before f 0:1 b: i32 = 3
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 c: i32 = 4
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 f: i32 = 1
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 a: (bool,bool) = (false; true)
