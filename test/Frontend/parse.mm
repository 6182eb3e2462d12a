// RUN: whamm-frontend-test --parse-only --dump-ast %s | FileCheck %s --match-full-lines --strict-whitespace

use lib;

// Words that are not reserved, or only begin with a reserved one.
// CHECK:Use 'lib'
// CHECK-NEXT:Decl 'mapx' i32
// CHECK-NEXT:Decl 'iff' u8
// CHECK-NEXT:  Int 255
// CHECK-NEXT:Decl report unshared 'truex' map<u32, map<(i32, str), bool>>
// CHECK-NEXT:Decl unshared '_' (i32, (u8))
var mapx: i32;
var iff: u8 = 255;
report unshared var truex: map<u32, map<(i32,str),bool>>;
unshared var _: (i32, (u8));

// CHECK-NEXT:Assign
// CHECK-NEXT:  Ident 'report'
// CHECK-NEXT:  Ident 'truex'
report = truex;

// CHECK-NEXT:Expr
// CHECK-NEXT:  LibCall @init 'lib'
// CHECK-NEXT:    Call 'f'
// CHECK-NEXT:      Binary +
// CHECK-NEXT:        Ident 'a'
// CHECK-NEXT:        Int 1
// CHECK-NEXT:      Tuple
// CHECK-NEXT:        Int 1
// CHECK-NEXT:        Int 2
// CHECK-NEXT:      Tuple
@ init lib.f((a) + 1, (1, 2), ());

// CHECK-NEXT:Function 'f' -> (i32, str)
// CHECK-NEXT:  Param 'a' i32
// CHECK-NEXT:  Param 'b' map<u32, str>
// CHECK-NEXT:  Body
// CHECK-NEXT:    Return
// CHECK-NEXT:      Tuple
// CHECK-NEXT:        Ident 'a'
// CHECK-NEXT:        MapGet
// CHECK-NEXT:          Ident 'b'
// CHECK-NEXT:          Int 0
// CHECK-NEXT:Function 'g' -> ()
// CHECK-NEXT:  Body
fn f(a: i32, b: map<u32, str>) -> (i32, str) { return (a, b[0]); }
fn g() {}

// Bounds behind every part, also an empty one; comments /* nest /* here */ */.
// CHECK-NEXT:Probe wasm::*.load|call_[!abc]?:
// CHECK-NEXT:  Bound 'local0' i32
// CHECK-NEXT:  Bound 'arg0' f64
// CHECK-NEXT:  Bound 'arg1' i32
// CHECK-NEXT:  Bound 'res0' u8
// CHECK-NEXT:  Predicate
// CHECK-NEXT:    Binary /
// CHECK-NEXT:      Ident 'a'
// CHECK-NEXT:      Ident 'b'
// CHECK-NEXT:  Body
// CHECK-NEXT:    If
// CHECK-NEXT:      Ident 'a'
// CHECK-NEXT:      Then
// CHECK-NEXT:        Return
// CHECK-NEXT:      Else
// CHECK-NEXT:        If
// CHECK-NEXT:          Ident 'b'
// CHECK-NEXT:          Then
// CHECK-NEXT:            Increment
// CHECK-NEXT:              Ident 'x'
// CHECK-NEXT:          Else
// CHECK-NEXT:            Decrement
// CHECK-NEXT:              MapGet
// CHECK-NEXT:                Ident 'm'
// CHECK-NEXT:                Ident 'k'
wasm(local0: i32) : (arg0: f64, arg1: i32) /* skipped */ :*.load|call_[!abc]?:(res0: u8)
/ a / b / // the predicate
{
  if (a) { return; } elif (b) { x++; } else { m[k]--; }
}

// CHECK-NEXT:Probe wasm:report
// CHECK-NEXT:  Body
wasm:report{}
// CHECK-NEXT:Probe ::
// CHECK-NEXT:  Predicate
// CHECK-NEXT:    Bool true : bool
// CHECK-NEXT:  Body
::/true/{}
// CHECK-NEXT:Probe wasm:opcode:*:*
// CHECK-NEXT:  Predicate
// CHECK-NEXT:    Bool true : bool
// CHECK-NEXT:  Body
wasm:opcode:*:*/ true / {}

// CHECK-NOT:{{.}}
