// Branches open no scope; names of packages, events and methods are free.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/one.wat %s | FileCheck %s --match-full-lines

wasm:opcode:nop:before {
  var x: i32;
  x = 1;
  if (x == 1) { var y: i32 = 2; x = y; } else { var z: i32; z++; x = z; }
  var opcode: i32 = 3; var wasm: i32 = 4; var nop: i32 = 5; var strcmp: i32; var len: i32;
  report var r: i32;
  r = x + y + opcode + wasm + nop + strcmp + len;
}
wasm:opcode:nop:before { var x: str = "again"; report var r: u32; r = x.len(); }

// CHECK: 1_wasm:opcode:nop:before f 0:1 r: u32 = 5
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 r: i32 = 16
