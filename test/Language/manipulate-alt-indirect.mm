// An indirect call is replaced by a value; where a predicate on its operands does
// not hold, it is made.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/calls-seen.wat %s | FileCheck %s --match-full-lines

var n: i32;

wasm:opcode:call_indirect(arg1: i32):alt / arg0 == 1 / { return arg1 * 100; }
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

// CHECK: 1_wasm:func:entry:<no-mode> see 5:0 seen: map<i32,i32> = 1->7;2->-1;4->3;5->17;6->2;7->1;8->11;9->600;10->44;12->45;13->46;14->2
// CHECK-NEXT: 2_wasm:func:entry:<no-mode> see64 6:0 seen: map<i32,i64> = 3->4;11->55
