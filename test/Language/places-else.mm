// Where probes of `else` run: before is the end of the then arm; after belongs to both arms.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/control.wat %s | FileCheck %s --match-full-lines

wasm:opcode:else:before { report var a: i32; a++; }
wasm:opcode:else:entry { report var a: i32; a++; }
wasm:opcode:else:exit { report var a: i32; a++; }
wasm:opcode:else:after { report var a: i32; a++; }

// CHECK: 0_wasm:opcode:else:before ifs 3:10 a: i32 = 1
// CHECK-NEXT: 1_wasm:opcode:else:entry ifs 3:10 a: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:else:exit ifs 3:10 a: i32 = 1
// CHECK-NEXT: 3_wasm:opcode:else:semantic_after ifs 3:10 a: i32 = 2
