// Probes in front that read operands do not change what an alt body gets.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/calls-seen.wat %s | FileCheck %s --match-full-lines

var n: i32;

report var before: i32;
wasm:opcode:call_indirect(arg2: i32):before { before = arg2; }
wasm:opcode:call_indirect(arg1: i32, arg2: i32):alt { return arg1 * arg2; }
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

// CHECK: 2_wasm:func:entry:<no-mode> see 5:0 seen: map<i32,i32> = 1->7;2->-1;4->3;5->17;6->2;7->1;8->30;9->30;10->44;12->45;13->46;14->2
// CHECK-NEXT: 3_wasm:func:entry:<no-mode> see64 6:0 seen: map<i32,i64> = 3->4;11->55
// CHECK-NEXT: before: i32 = 5
