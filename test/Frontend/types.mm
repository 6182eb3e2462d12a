// RUN: whamm-frontend-test --dump-checked %s | FileCheck %s --match-full-lines

// Literals take the type they meet and are cut to its width.
// CHECK: Int 44 : u8
// CHECK: Int -65536 : i32
// CHECK: Float 1 : f32
// CHECK: Float 0.10000000149011612 : f32
// CHECK: Float 0.10000000000000001 : f64
var a: u8 = 300;
var b: i32 = 0xFFFF0000;
var c: f32 = 1;
var d: f32 = 0.1;
var e: f64 = 0.1;

// The expected type goes through operators and conditionals.
// CHECK: Binary + : u8
// CHECK-NEXT: Int 255 : u8
// CHECK-NEXT: Binary * : u8
// CHECK-NEXT: Unary ~ : u8
// CHECK-NEXT: Int 1 : u8
// CHECK-NEXT: Ternary : u8
// CHECK-NEXT: Bool true : bool
// CHECK-NEXT: Int 2 : u8
// CHECK-NEXT: Int 3 : u8
a = -1 + ~1 * (true ? 2 : 3);

// Not into operands of comparisons and casts: there the default holds. A
// literal that meets a variable takes its type.
// CHECK: Cast u8 : u8
// CHECK-NEXT: Binary + : i64
// CHECK-NEXT: Int 4294967296 : i64
// CHECK-NEXT: Int 1 : i64
a = (0x100000000 + 1) as u8;
// CHECK: Ternary : u8
// CHECK-NEXT: Binary < : bool
// CHECK-NEXT: Int 0 : i32
// CHECK-NEXT: Binary + : i32
// CHECK-NEXT: Ident 'b' global : i32
// CHECK-NEXT: Int 1 : i32
a = 0 < b + 1 ? 1 : 2;
// CHECK: Binary == : bool
// CHECK-NEXT: Ident 'e' global : f64
// CHECK-NEXT: Float 3 : f64
a = e == 3 ? 1 : 2;

// A cast to the operand's own type is nothing.
// CHECK: Ident 'b' global : i32
// CHECK-NEXT: Ident 'b' global : i32
b = b as i32;

wasm:opcode:i32.store8:before {
  // Names that stand for literals convert like those.
  // CHECK: SiteVar report 'i' i16
  // CHECK-NEXT: Cast i16 implicit : i16
  // CHECK-NEXT: Ident 'bytecode' static literal : u16
  report var i: i16 = bytecode;
  // CHECK: SiteVar 'j' u64
  // CHECK-NEXT: Binary + : u64
  // CHECK-NEXT: Cast u64 implicit : u64
  // CHECK-NEXT: Ident 'data_size' static literal : u32
  // CHECK-NEXT: Ident 'offset' static : u64
  unshared var j: u64 = data_size + offset;
  // A local starts at its default value each time.
  // CHECK: Local 'k' bool
  // CHECK: Assign
  // CHECK-NEXT: Ident 'k' local : bool
  // CHECK-NEXT: Bool false : bool
  var k: bool;
  // CHECK: Binary && : bool
  // CHECK-NEXT: Binary == : bool
  // CHECK-NEXT: Ident 'is_write' static literal : bool
  // CHECK-NEXT: Bool true : bool
  // CHECK-NEXT: Binary == : bool
  // CHECK-NEXT: Cast i32 implicit : i32
  // CHECK-NEXT: Ident 'category_id' static literal : u32
  // CHECK-NEXT: Int 15 : i32
  k = is_write == true && category_id == 15;
  // CHECK: StrMethod starts_with : bool
  // CHECK-NEXT: Ident 'fname' static : str
  // CHECK-NEXT: String "x" : str
  k = fname.starts_with("x");
  // CHECK: StrMethod len : u32
  // CHECK-NEXT: Ident 'opname' static literal : str
  k = opname.len() != 3 ;
  // CHECK: If
  // CHECK-NEXT: Ident 'k' local : bool
  // CHECK-NEXT: Then
  // CHECK-NEXT: Return
  // CHECK-NEXT: Else
  // CHECK-NEXT: Assign
  // CHECK-NEXT: Ident 'c' global : f32
  // CHECK-NEXT: Binary - : f32
  // CHECK-NEXT: Ident 'c' global : f32
  // CHECK-NEXT: Float 1 : f32
  if (k) { return; } else { c--; }
}
