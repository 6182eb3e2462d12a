// RUN: whamm-frontend-test --dump-checked %s | FileCheck %s

// Classes differ in the type of arg0; numbers and order are those of the
// whole rule.
// CHECK: Probe 0.0 wasm:opcode:i32.add|f32.abs|i32.sub:before
// CHECK-NEXT: Match opcode:i32.add:before number 0
// CHECK-NEXT: Match opcode:i32.sub:before number 1
// CHECK-NEXT: Bound 'arg0' i32
// CHECK-NEXT: SiteVar 'same' bool
// CHECK: Ident 'arg0' dynamic : i32
// CHECK-NEXT: Int 1 : i32
// CHECK: Probe 0.1 wasm:opcode:i32.add|f32.abs|i32.sub:before
// CHECK-NEXT: Match opcode:f32.abs:before number 2
// CHECK-NEXT: Bound 'arg0' f32
// CHECK-NEXT: SiteVar 'same' bool
// CHECK: Ident 'arg0' dynamic : f32
// CHECK-NEXT: Float 1 : f32
wasm:opcode:i32.add|f32.abs|i32.sub:before {
  unshared var same: bool;
  same = arg0 == 1;
}

// A bound overrides the event's type, and stands where the event has no
// operand: there, no site matches.
// CHECK: Probe 1.0 wasm:opcode:nop:before
// CHECK-NEXT: Match opcode:nop:before
// CHECK-NEXT: Bound 'arg0' bool
// CHECK: Ident 'arg0' dynamic : bool
wasm:opcode(arg0: bool):nop:before { if (arg0) {} }

// The bound of what a computed variable is made of; of an alias, under its own
// name.
// CHECK: Probe 2.0 wasm:opcode:i32.store:before
// CHECK: Bound 'addr' u32
// CHECK: Probe 3.0 wasm:opcode:memory.grow:after
// CHECK: Bound 'res0' i32
wasm:opcode:i32.store:before / effective_addr > 64 / {}
wasm:opcode:memory.grow:after / failed / {}

// Packages and modes are classes of their own.
// CHECK: Probe 4.0 wasm::e*
// CHECK-NEXT: Match func:entry:
// CHECK-NEXT: Match func:exit:
// CHECK: Probe 4.1 wasm::e*
// CHECK-NEXT: Match block:end:
wasm::e* {}
// CHECK: Probe 5.0 wasm:opcode:loop:before|entry
// CHECK-NEXT: Match opcode:loop:before
// CHECK: Probe 5.1 wasm:opcode:loop:before|entry
// CHECK-NEXT: Match opcode:loop:entry
wasm:opcode:loop:before|entry {}
