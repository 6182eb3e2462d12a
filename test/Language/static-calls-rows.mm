// A static predicate that is false leaves no site and no row.
// RUN: python3 %S/Inputs/e2e.py -u tally=%S/Inputs/tally.wat %S/Inputs/calls.wat %s | FileCheck %s --match-full-lines

use tally;
wasm:opcode:call:before / @static tally.add(1) <= 2 && target_fn_name != "zz" / {
  report var n: i32;
  n = @static tally.get();
  report var m: i32 = @static tally.add(0);
}

// CHECK: 0_wasm:opcode:call:before fact 3:18 n: i32 = 1
// CHECK-NEXT: 0_wasm:opcode:call:before fact 3:18 m: i32 = 1
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:5 n: i32 = 2
// CHECK-NEXT: 0_wasm:opcode:call:before #7 7:5 m: i32 = 2
