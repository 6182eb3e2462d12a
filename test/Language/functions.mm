// Functions of scripts: recursion, tuples and strings in and out, early returns.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/one.wat %s | FileCheck %s --match-full-lines

fn fib(n: i32) -> i32 { if (n < 2) { return n; } return fib(n - 1) + fib(n - 2); }
fn swap(t: (i32, str)) -> (str, i32) { return (t.1, t.0); }
fn pick(a: bool, x: f32, y: f64) -> f64 { var r: f64 = a ? (x as f64) : y; return r; }
fn noop() { glob++; }
fn shout(s: str, n: u8) -> str { if (s.len() > 3) { return s; } elif (n == 7) { return "seven"; } else { return "short"; } }
fn early(n: i32) { if (n > 3) { return; } glob = glob + n; }
var glob: i32 = 5;
fn usesglob() -> i32 { return glob * 2; }
wasm:opcode:nop:before / fib(3) == 2 / {
  report var a: i32; a = fib(10);
  report var b: (str, i32); b = swap((4, "four"));
  report var c: f64; c = pick(true, 1.5, 2.5) + pick(false, 1.5, 2.5);
  noop(); noop(); early(2); early(10);
  report var d: i32; d = usesglob();
  report var e: (str, str, str); e = (shout("abc", 7), shout("abc", 1), shout("abcd", 0));
  var tt: (i32, (u8, str)) = (1, (2, "x"));
  report var in: (u8, str); in = tt.1;
  tt.1.1 = "changed"; tt.1.0 = 255; tt.1.0 = tt.1.0 + 3;
  report var t2: (i32, (u8, str)); t2 = tt;
  report var eq: (bool, bool, bool); eq = (tt == (1, (2, "changed")), tt == t2, tt != (1,(2,"x")));
}

// CHECK: 0_wasm:opcode:nop:before f 0:1 a: i32 = 55
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 d: i32 = 18
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 c: f64 = +4e0
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 eq: (bool,bool,bool) = (true; true; true)
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 t2: (i32,(u8,str)) = (1; (2; changed))
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 b: (str,i32) = (four; 4)
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 e: (str,str,str) = (seven; short; abcd)
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 in: (u8,str) = (2; x)
