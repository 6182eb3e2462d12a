// Bounds of 8 bits and bool: values are cut when read and whole when assigned.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/calls-seen.wat %s | FileCheck %s --match-full-lines

wasm:opcode:call(arg0: u8):before / target_fn_name == "add" / { report var q: u8; q = arg0; arg0 = 255; }
wasm:opcode:call(res0: i8):after / target_fn_name == "add" / { report var q: i8; q = res0; }
wasm:opcode:call(arg0: bool):before / target_fn_name == "sub" && arg0 / { report var b: bool; b = arg0; }

// CHECK: 0_wasm:opcode:call:before #7 7:9 q: u8 = 4
// CHECK-NEXT: 1_wasm:opcode:call:after #7 7:9 q: i8 = 2
// CHECK-NEXT: 2_wasm:opcode:call:before #7 7:17 b: bool = true
