// RUN: whamm-frontend-test --dump-checked %s 2>/dev/null | FileCheck %s --match-full-lines

// An assignment implies the bound, as a use does.
// CHECK: Probe 0.0 wasm:opcode:i64.store:before
// CHECK: Bound 'arg1' u32
// CHECK: Bound 'arg0' i64
// CHECK: Assign
// CHECK-NEXT: Ident 'arg1' dynamic : u32
// CHECK-NEXT: Int 8 : u32
// CHECK: Assign
// CHECK-NEXT: Ident 'arg0' dynamic : i64
// CHECK-NEXT: Binary + : i64
// CHECK-NEXT: Ident 'arg0' dynamic : i64
// CHECK-NEXT: Int 1 : i64
wasm:opcode:i64.store:before { arg1 = 8; arg0++; }

// CHECK: Probe 1.0 wasm:opcode:call:after
// CHECK: Assign
// CHECK-NEXT: Ident 'res0' dynamic : f32
// CHECK-NEXT: Float 2 : f32
// CHECK: Assign
// CHECK-NEXT: Ident 'local0' dynamic : u8
wasm(local0: u8):opcode:call(res0: f32):after { res0 = 2; local0 = 3; }

// CHECK: Probe 2.0 wasm:opcode:f64.const:before
// CHECK: Assign
// CHECK-NEXT: Ident 'imm0' static : f64
// CHECK-NEXT: Binary * : f64
wasm:opcode:f64.const:before / fname == "f" / { imm0 = imm0 * 2; }

// Each class has its type.
// CHECK: Probe 3.0 {{.*}}
// CHECK: Ident 'arg0' dynamic : i32
// CHECK: Int 0 : i32
// CHECK: Probe 3.1 {{.*}}
// CHECK: Ident 'arg0' dynamic : f32
// CHECK: Float 0 : f32
wasm:opcode:i32.add|f32.add:before { arg0 = 0; }
// CHECK: Probe 4.0 wasm:opcode:i32.add:alt
// CHECK: Assign
// CHECK-NEXT: Ident 'arg0' dynamic : i32
wasm:opcode:i32.add:alt { arg0 = 1; return arg0; }
