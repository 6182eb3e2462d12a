// A program without memory: strings and maps live elsewhere.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/no-memory.wat %s | FileCheck %s --match-full-lines

use whamm_core;
report var s: str = "text";
report var m: map<str, u32>;
wasm:opcode:nop:before {
  m["a"]++;
  var t: str = fname;
  m[t]++;
  var p: i32 = whamm_core.mem_alloc(5);
  write_str(memid(whamm_core), p, s);
  report var x: str;
  x = read_str(memid(whamm_core), p, 4);
}

// CHECK: 0_wasm:opcode:nop:before f 0:1 x: str = text
// CHECK-NEXT: s: str = text
// CHECK-NEXT: m: map<str,u32> = a->1;f->1
