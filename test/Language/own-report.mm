// Bodies of wasm:report stand in for the report; they use libraries and globals.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/calls.wat %s | FileCheck %s --match-full-lines

use whamm_core;
var n: u32;
report var m: map<u32, u32>;
wasm:opcode:call:before { n++; m[n % 3]++; }
wasm:report / n > 3 / {
  whamm_core.putu32(n as i32);
  whamm_core.putc(32);
  whamm_core.puti64(-5);
  whamm_core.putf32(1.5);
  whamm_core.putf64(-2.5e-7);
  whamm_core.putc(32);
  whamm_core.putbool(1);
  whamm_core.puti8(255);
  whamm_core.puti16(65535);
  whamm_core.putu64(-1);
  whamm_core.putc(10);
  whamm_core.print_map(0);
  whamm_core.putc(10);
  whamm_core.print_map_as_csv(0);
}
wasm:report / n == 0 / { whamm_core.putu32(0); }

// CHECK: 15 -5+1.5e0-2.5e-7 true-1-118446744073709551615
// CHECK-NEXT: 0->5;1->5;2->5
// CHECK-NEXT: == map0 CSV FLUSH ==
// CHECK-NEXT: key (i32), val (i32)
// CHECK-NEXT: 0, 5
// CHECK-NEXT: 1, 5
// CHECK-NEXT: 2, 5
