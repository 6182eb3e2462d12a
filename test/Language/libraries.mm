// Calls of libraries at every time: at start, once per site, while instrumenting,
// while running; memories of libraries, also where another one has none.
// RUN: python3 %S/Inputs/e2e.py -u tally=%S/Inputs/tally.wat -u other=%S/Inputs/other.wat %S/Inputs/calls.wat %s | FileCheck %s --match-full-lines

use tally;
use other;
report var g0: i32 = tally.add(1);
var g1: i32;
report var g2: i32;
@init tally.add(10);
tally.add(100);
g2 = tally.get();
wasm:opcode:call:before { @init tally.add(fid as i32 * 1000); unshared var x: i32 = tally.get(); report var y: i32 = tally.add(10000); report var z: i32; z = x; report var w: i32; w = tally.get(); }
wasm:opcode:call_indirect:before /@static tally.dup(@static tally.dup(5)) == 20/ { report var w: i32; w = @static tally.dup(pc as i32) + other.add(tally.get()); report var q: f64; q = tally.addf(1.5, 2.25); report var r: i64; r = tally.add64(-5); }
wasm:opcode:br_table:before /@static tally.add(5) == 5/ { report var w: i32; w = @static tally.get(); }
wasm:opcode:memory.grow:before { write_str(memid(tally), 8, "abc"); tally.put(9, 66); report var s: str; s = read_str(memid(tally), 8, 3); }

// CHECK: 0_wasm:opcode:call:before fact 3:18 y: i32 = 13111
// CHECK-NEXT: 0_wasm:opcode:call:before fact 3:18 z: i32 = 3111
// CHECK-NEXT: 0_wasm:opcode:call:before fact 3:18 w: i32 = 200111
// CHECK-NEXT: 2_wasm:opcode:br_table:before switch 6:9 w: i32 = 5
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:5 y: i32 = 30111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:5 z: i32 = 20111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:5 w: i32 = 200111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:12 y: i32 = 47111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:12 z: i32 = 37111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:12 w: i32 = 200111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:17 y: i32 = 64111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:17 z: i32 = 54111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:17 w: i32 = 200111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:24 y: i32 = 81111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:24 z: i32 = 71111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:24 w: i32 = 200111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:29 y: i32 = 98111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:29 z: i32 = 88111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:29 w: i32 = 200111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:34 y: i32 = 115111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:34 z: i32 = 105111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:34 w: i32 = 200111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:39 y: i32 = 132111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:39 z: i32 = 122111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:39 w: i32 = 200111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:44 y: i32 = 149111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:44 z: i32 = 139111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:44 w: i32 = 200111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:49 y: i32 = 166111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:49 z: i32 = 156111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:49 w: i32 = 200111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:55 y: i32 = 183111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:55 z: i32 = 173111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:55 w: i32 = 200111
// CHECK-NEXT: 1_wasm:opcode:call_indirect:before #7 7:64 w: i32 = 1128
// CHECK-NEXT: 1_wasm:opcode:call_indirect:before #7 7:74 w: i32 = 1148
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:108 y: i32 = 200111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:108 z: i32 = 190111
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:108 w: i32 = 200111
// CHECK-NEXT: 1_wasm:opcode:call_indirect:before #7 7:64 r: i64 = -4
// CHECK-NEXT: 1_wasm:opcode:call_indirect:before #7 7:74 r: i64 = -4
// CHECK-NEXT: 1_wasm:opcode:call_indirect:before #7 7:64 q: f64 = +3.75e0
// CHECK-NEXT: 1_wasm:opcode:call_indirect:before #7 7:74 q: f64 = +3.75e0
// CHECK-NEXT: 3_wasm:opcode:memory.grow:before #7 7:96 s: str = aBc
// CHECK-NEXT: 3_wasm:opcode:memory.grow:before #7 7:103 s: str = aBc
// CHECK-NEXT: g0: i32 = 1
// CHECK-NEXT: g2: i32 = 111
