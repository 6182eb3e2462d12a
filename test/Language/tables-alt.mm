// Operations on tables and references are replaced.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/references.wat %s | FileCheck %s --match-full-lines

wasm:opcode:table.set:alt { }
wasm:opcode:table.fill:alt { }
wasm:opcode:elem.drop:alt { }
wasm:opcode:table.grow:alt { return 6; }
wasm:opcode:ref.is_null:alt { return 77; }
wasm:opcode:call_indirect:alt { return 0; }
wasm:opcode:drop(arg0: i32):before { report var d: i32; d = arg0; }

// CHECK: 6_wasm:opcode:drop:before #5 5:7 d: i32 = 0
// CHECK-NEXT: 6_wasm:opcode:drop:before #5 5:14 d: i32 = 12
// CHECK-NEXT: 6_wasm:opcode:drop:before #5 5:27 d: i32 = 0
// CHECK-NEXT: 6_wasm:opcode:drop:before #5 5:42 d: i32 = 0
// CHECK-NEXT: 6_wasm:opcode:drop:before #5 5:59 d: i32 = 0
// CHECK-NEXT: 6_wasm:opcode:drop:before #5 5:76 d: i32 = 0
// CHECK-NEXT: 6_wasm:opcode:drop:before #5 5:84 d: i32 = 6
// CHECK-NEXT: 6_wasm:opcode:drop:before #5 5:91 d: i32 = 0
// CHECK-NEXT: 6_wasm:opcode:drop:before #5 5:107 d: i32 = 0
// CHECK-NEXT: 6_wasm:opcode:drop:before #5 5:111 d: i32 = 6
// CHECK-NEXT: 6_wasm:opcode:drop:before #5 5:120 d: i32 = 77
