// An assigned slot is the one that is called and resolved.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/references.wat %s | FileCheck %s --match-full-lines

wasm:opcode:call_indirect:before {
  arg0 = 2;
  report var r: i32;
  r = resolved_fid;
  report var t: i32;
  t = table_entry_idx;
}
wasm:opcode:drop(arg0: i32):before { report var d: i32; d = arg0; }

// CHECK: 0_wasm:opcode:call_indirect:before go 3:5 r: i32 = -1
// CHECK-NEXT: 0_wasm:opcode:call_indirect:before go 3:5 t: i32 = 2
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:7 d: i32 = 12
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:14 d: i32 = 12
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:27 d: i32 = 12
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:42 d: i32 = 12
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:59 d: i32 = 12
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:76 d: i32 = 12
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:84 d: i32 = 6
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:91 d: i32 = 12
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:107 d: i32 = 13
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:111 d: i32 = 8
// CHECK-NEXT: 1_wasm:opcode:drop:before #5 5:120 d: i32 = 1
