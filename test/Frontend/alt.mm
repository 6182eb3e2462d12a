// RUN: whamm-frontend-test --dump-checked %s | FileCheck %s --match-full-lines

// What is returned takes the type of the result that it stands for.
// CHECK: Probe 0.0 wasm:opcode:i64.add|f64.const|i64.sub|i32.load|call:alt
// CHECK-NEXT: Match opcode:call:alt number 0
// CHECK: Return
// CHECK-NEXT: Int 1 : i32
// CHECK: Probe 0.1 wasm:opcode:i64.add|f64.const|i64.sub|i32.load|call:alt
// CHECK-NEXT: Match opcode:i32.load:alt number 1
// CHECK: Return
// CHECK-NEXT: Int 1 : i32
// CHECK: Probe 0.2 wasm:opcode:i64.add|f64.const|i64.sub|i32.load|call:alt
// CHECK-NEXT: Match opcode:f64.const:alt number 2
// CHECK: Return
// CHECK-NEXT: Float 1 : f64
// CHECK: Probe 0.3 wasm:opcode:i64.add|f64.const|i64.sub|i32.load|call:alt
// CHECK-NEXT: Match opcode:i64.add:alt number 3
// CHECK-NEXT: Match opcode:i64.sub:alt number 4
// CHECK: Return
// CHECK-NEXT: Int 1 : i64
wasm:opcode:i64.add|f64.const|i64.sub|i32.load|call:alt { return 1; }

// CHECK: Probe 1.0 wasm:opcode:call:alt
// CHECK: Expr
// CHECK-NEXT: Call 'drop_args' builtin : ()
// CHECK: Expr
// CHECK-NEXT: Call 'alt_call_by_id' builtin : ()
// CHECK-NEXT: Int 2 : i32
// CHECK: Expr
// CHECK-NEXT: Call 'alt_call_by_name' builtin : ()
// CHECK-NEXT: String "mult_all" : str
// CHECK: Return
// CHECK-NEXT: Tuple : (i32, f64)
wasm:opcode:call(arg0: i32):alt / arg0 == 4 / {
  drop_args();
  if (arg0 == 1) { alt_call_by_id(2); return; }
  elif (arg0 == 2) { alt_call_by_name("mult_all"); }
  return (arg0, 2.5);
}

// Types of one representation stand for each other.
// CHECK: Probe 2.0 wasm:opcode:i32.eqz:alt
// CHECK: Return
// CHECK-NEXT: Binary == : bool
wasm:opcode:i32.eqz:alt { return arg0 == 0; }
// CHECK: Probe 3.0 wasm:opcode:nop:alt
// CHECK: Return
// CHECK-NOT: Tuple
wasm:opcode:nop:alt { return (); }
