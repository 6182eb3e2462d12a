// Assigned operands, immediates and what takes an instruction's place.
// RUN: whamm-translate --script-to-mlir %s | FileCheck %s
// RUN: whamm-translate --script-to-mlir %s | whamm-opt --whamm-script --verify-roundtrip -o /dev/null

// The predicate runs first; the body reads what it assigns, also by way of
// other names.
// CHECK: source 0
// CHECK: predicate {
// CHECK: probe.bound "addr" is "arg0" : ui32
// CHECK: } body {
// CHECK: %[[OLD:.*]] = probe.bound_get "arg0" : ui32
// CHECK: %[[NEW:.*]] = probe.add %[[OLD]]
// CHECK: probe.bound_set "arg0", %[[NEW]] : ui32
// CHECK: %[[ADDR:.*]] = probe.bound_get "arg0" : ui32
// CHECK: %[[OFFSET:.*]] = probe.cast
// CHECK: probe.add %[[ADDR]], %[[OFFSET]]
wasm:opcode:i32.load:before / addr > 8 / {
  report var e: u32;
  arg0 = addr + 4;
  e = effective_addr;
}

// An immediate stays static: what follows sees the value that it got.
// CHECK: source 1
// CHECK: %[[OWN:.*]] = probe.bound "imm0" : ui32
// CHECK: %[[IMM:.*]] = probe.add %[[OWN]]
// CHECK: probe.bound_set "imm0", %[[IMM]] : ui32
// CHECK: %[[IMM2:.*]] = probe.add %[[IMM]]
// CHECK: probe.bound_set "imm0", %[[IMM2]] : ui32
// CHECK: probe.bound_get "local0" : si32
// CHECK: probe.bound_set "local0"
wasm:opcode:local.get(local0: i32):before {
  imm0 = imm0 + 1;
  imm0 = imm0 + 1;
  local0 = local0 + 1;
}

// CHECK: source 2
// CHECK: probe.bound_get "res0" : si32
// CHECK: scf.if
// CHECK: probe.bound_set "res0"
wasm:opcode:call(res0: i32):after { if (res0 < 0) { res0 = 0; } }

// CHECK: source 3
// CHECK: body {
// CHECK-NEXT: %[[A:.*]] = probe.bound "arg0" : si64
// CHECK-NEXT: %[[B:.*]] = probe.bound "arg1" : si64
// CHECK-NEXT: %[[SUB:.*]] = probe.sub %[[A]], %[[B]]
// CHECK-NEXT: probe.return %[[SUB]] : si64
// CHECK-NEXT: }
wasm:opcode:i64.add:alt { drop_args(); return arg0 - arg1; }

// CHECK: source 4
// CHECK: probe.alt_call index 5
wasm:opcode:call:alt / target_fn_name == "f" / { alt_call_by_id(5); }
// CHECK: source 5
// CHECK: probe.alt_call name "mult_all"
wasm:opcode:call:alt / target_fn_name == "g" / { alt_call_by_name("mult_all"); }
