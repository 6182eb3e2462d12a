// RUN: whamm-frontend-test --dump-checked %s | FileCheck %s --match-full-lines

// CHECK: Global 'depth' u32
var depth: u32;

// Functions see each other and globals, wherever those are declared; a
// parameter can have the name of a bound variable, which is none here.
// CHECK: Function 'even' -> bool
// CHECK-NEXT: Param 'fid' u32
// CHECK-NEXT: Body
// CHECK-NEXT: If
// CHECK-NEXT: Binary == : bool
// CHECK-NEXT: Ident 'fid' param : u32
// CHECK-NEXT: Int 0 : u32
// CHECK-NEXT: Then
// CHECK-NEXT: Return
// CHECK-NEXT: Bool true : bool
// CHECK-NEXT: Else
// CHECK-NEXT: Return
// CHECK-NEXT: Call 'odd' function : bool
// CHECK-NEXT: Binary - : u32
fn even(fid: u32) -> bool {
  if (fid == 0) { return true; } else { return odd(fid - 1); }
}
fn odd(n: u32) -> bool { depth = late; return n == 0 ? false : even(n - 1); }

// No result: `return;`, and nothing at all.
// CHECK: Function 'log' -> ()
// CHECK-NEXT: Param 'what' (str, u8)
// CHECK-NEXT: Param 'm' f64
// CHECK-NEXT: Local 'copy' (str, u8)
// CHECK-NEXT: Local 'table' map<str, u32>
// CHECK: Return
// CHECK-NOT: Tuple :{{.*}}
fn log(what: (str, u8), m: f64) {
  var copy: (str, u8) = what;
  var table: map<str, u32>;
  table[copy.0]++;
  m = m + 1;
  if (m > 2) { return; }
  what.1 = 3;
  if (m > 3) { return (); }
}

// CHECK: Function 'pair' -> (u8, str)
// CHECK: Tuple : (u8, str)
// CHECK-NEXT: Int 200 : u8
fn pair() -> (u8, str) { return (200, "x"); }

var late: u32 = 7;

// CHECK: Predicate
// CHECK-NEXT: Call 'even' function : bool
wasm:opcode:call:before / even(imm0) / {
  unshared var isOdd: bool = odd(fid);
  // CHECK: Expr
  // CHECK-NEXT: Call 'log' function : ()
  // CHECK-NEXT: Tuple : (str, u8)
  // CHECK-NEXT: Ident 'fname' static : str
  // CHECK-NEXT: Int 1 : u8
  // CHECK-NEXT: Float 2 : f64
  log((fname, 1), 2);
  // A result can be dropped.
  // CHECK: Expr
  // CHECK-NEXT: Call 'pair' function : (u8, str)
  pair();
  if (isOdd) {}
}
