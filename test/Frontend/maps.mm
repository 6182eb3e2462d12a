// RUN: whamm-frontend-test --dump-checked %s | FileCheck %s --match-full-lines

// CHECK: Global report 'm' map<u32, u32>
report var m: map<u32, u32>;
// CHECK: Global 'nested' map<(str, (u8, bool)), (i64, f32)>
var nested: map<(str, (u8, bool)), (i64, f32)>;
var names: map<str, str>;

// An element is stored at start.
// CHECK: Init
// CHECK-NEXT: Assign
// CHECK-NEXT: MapGet : u32
// CHECK-NEXT: Ident 'm' global : map<u32, u32>
// CHECK-NEXT: Int 1 : u32
// CHECK-NEXT: Int 2 : u32
m[1] = 2;

// CHECK: SiteVar report 'perSite' map<i32, f64>
// CHECK-NEXT: Local 'scratch' map<bool, i8>
wasm:opcode:call:before {
  report var perSite: map<i32, f64>;
  // A plain local is a fresh map each time: an assignment without a value.
  // CHECK: Assign
  // CHECK-NEXT: Ident 'scratch' local : map<bool, i8>
  // CHECK-NEXT: Assign
  var scratch: map<bool, i8>;
  // Increments read and write.
  // CHECK-NEXT: MapGet : u32
  // CHECK-NEXT: Ident 'm' global : map<u32, u32>
  // CHECK-NEXT: Ident 'imm0' static : u32
  // CHECK-NEXT: Binary + : u32
  // CHECK-NEXT: MapGet : u32
  // CHECK-NEXT: Ident 'm' global : map<u32, u32>
  // CHECK-NEXT: Ident 'imm0' static : u32
  // CHECK-NEXT: Int 1 : u32
  m[imm0]++;
  // Keys and values take the types that the map demands.
  // CHECK: MapGet : (i64, f32)
  // CHECK-NEXT: Ident 'nested' global : map<(str, (u8, bool)), (i64, f32)>
  // CHECK-NEXT: Tuple : (str, (u8, bool))
  // CHECK-NEXT: Ident 'fname' static : str
  // CHECK-NEXT: Tuple : (u8, bool)
  // CHECK-NEXT: Int 255 : u8
  // CHECK-NEXT: Bool true : bool
  // CHECK-NEXT: Tuple : (i64, f32)
  // CHECK-NEXT: Int -1 : i64
  // CHECK-NEXT: Float 0.5 : f32
  nested[(fname, (255, true))] = (-1, 0.5);
  // CHECK: MapGet : str
  // CHECK: MapGet : str
  names["a"] = names[fname];
  // CHECK: MapGet : f64
  // CHECK: Cast f64 : f64
  // CHECK: MapGet : i8
  perSite[0] = scratch[m[3] == 4] as f64;
}

// A branch opens no scope: a map that is used outside of the one that declares
// it exists in any case.
// CHECK: Local 'inner' map<u8, u8>
// CHECK-NEXT: Local 'leaked' map<u8, u8>
// CHECK-NEXT: Body
// CHECK-NEXT: Assign
// CHECK-NEXT: Ident 'leaked' local : map<u8, u8>
// CHECK-NEXT: If
wasm:func:entry {
  if (fid == 1) {
    var inner: map<u8, u8>;
    inner[0]++;
    var leaked: map<u8, u8>;
  }
  leaked[0]++;
}
