// Taken and not taken per conditional branch.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/control.wat %s | FileCheck %s --match-full-lines

wasm:opcode:br_if:before {
    report var yes: u32;
    report var no: u32;
    if (arg0 != 0) { yes++; } else { no++; }
}

// CHECK: 0_wasm:opcode:br_if:before loop 1:10 yes: u32 = 1
// CHECK-NEXT: 0_wasm:opcode:br_if:before loop 1:10 no: u32 = 3
// CHECK-NEXT: 0_wasm:opcode:br_if:before dowhile 2:12 yes: u32 = 4
// CHECK-NEXT: 0_wasm:opcode:br_if:before dowhile 2:12 no: u32 = 1
// CHECK-NEXT: 0_wasm:opcode:br_if:before early 4:5 yes: u32 = 1
// CHECK-NEXT: 0_wasm:opcode:br_if:before early 4:5 no: u32 = 1
