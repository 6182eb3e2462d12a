// Static calls are made once per site, in the order of the program; what an `||` or
// `&&` does not need is not called. The running library starts afresh.
// RUN: python3 %S/Inputs/e2e.py -u tally=%S/Inputs/tally.wat %S/Inputs/calls.wat %s | FileCheck %s --match-full-lines

use tally;
report var s: i32;
wasm:opcode:call:before / (fname == "fact" || @static tally.add(1) == 3) && s < 100 / { s = s + 1 + @static tally.get() * 10; }
wasm:end { report_at_end = tally.get(); }
report var report_at_end: i32 = 7;

// CHECK: report_at_end: i32 = 0
// CHECK-NEXT: s: i32 = 35
