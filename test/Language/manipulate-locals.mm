// Locals of the program are written, parameters among them.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/calls-seen.wat %s | FileCheck %s --match-full-lines

var n: i32;

wasm(local0: i32):opcode:local.get:before / fname == "" / { local0 = 99; }
wasm(local0: i32, local1: i32):func:entry / fname == "add" / { local0 = 1; local1 = local1 + local0; }
wasm(local0: i32):func:entry / fname == "see" / {
  report var seen: map<i32, i32>;
  n++;
  seen[n] = local0;
}
wasm(local0: i64):func:entry / fname == "see64" / {
  report var seen: map<i32, i64>;
  n++;
  seen[n] = local0;
}

// CHECK: 2_wasm:func:entry:<no-mode> see 5:0 seen: map<i32,i32> = 1->6;2->-1;4->3;5->11;6->2;7->1;8->8;9->-1;10->99;12->45;13->46;14->2
// CHECK-NEXT: 3_wasm:func:entry:<no-mode> see64 6:0 seen: map<i32,i64> = 3->4;11->55
