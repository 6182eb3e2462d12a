// RUN: whamm-frontend-test --dump-checked %s | FileCheck %s --match-full-lines

// CHECK: Global report 't' (u8, (str, f64))
report var t: (u8, (str, f64));
var u: (u8, (str, f64));
// CHECK: Init
// CHECK-NEXT: Assign
// CHECK-NEXT: Ident 't' global : (u8, (str, f64))
// CHECK-NEXT: Tuple : (u8, (str, f64))
// CHECK-NEXT: Int 255 : u8
// CHECK-NEXT: Tuple : (str, f64)
// CHECK-NEXT: String "x" : str
// CHECK-NEXT: Float 1 : f64
t = (-1, ("x", 1));
// CHECK-NEXT: Assign
// CHECK-NEXT: TupleGet.1.1 : f64
// CHECK-NEXT: Ident 't' global : (u8, (str, f64))
// CHECK-NEXT: Binary + : f64
// CHECK-NEXT: TupleGet.1.1 : f64
// CHECK-NEXT: Ident 'u' global : (u8, (str, f64))
// CHECK-NEXT: Float 2 : f64
t.1.1 = u.1.1 + 2;
// CHECK-NEXT: Assign
// CHECK-NEXT: TupleGet.1 : (str, f64)
// CHECK: TupleGet.1 : (str, f64)
t.1 = u.1;
// CHECK: Assign
// CHECK-NEXT: Ident 't' global : (u8, (str, f64))
// CHECK-NEXT: Ident 'u' global : (u8, (str, f64))
t = u;

wasm:opcode:call:before {
  // The default of a tuple is left to others.
  // CHECK: Body
  // CHECK-NEXT: Assign
  // CHECK-NEXT: Ident 'v' local : (i32, u32)
  // CHECK-NEXT: If
  var v: (i32, u32);
  // A literal takes the type of what it is compared with, on both sides.
  // CHECK-NEXT: Binary == : bool
  // CHECK-NEXT: Ident 'v' local : (i32, u32)
  // CHECK-NEXT: Tuple : (i32, u32)
  // CHECK-NEXT: Int 1 : i32
  // CHECK-NEXT: Int 2 : u32
  if (v == (1, 2)) {}
  // CHECK: Binary != : bool
  // CHECK-NEXT: Tuple : (i32, u32)
  // CHECK-NEXT: Int 1 : i32
  // CHECK-NEXT: Ident 'fid' static : u32
  // CHECK-NEXT: Ident 'v' local : (i32, u32)
  if ((1, fid) != v) {}
  // CHECK: Ternary : (i32, u32)
  v = t == u ? v : (3, 4);
}
