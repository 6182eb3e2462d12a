// Assigned results are what the program sees.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/calls-seen.wat %s | FileCheck %s --match-full-lines

var n: i32;

wasm:opcode:call(res0: i32):after / target_fn_name == "sub" / { res0 = res0 - 100; }
wasm:opcode:call(res0: i64, res1: i32):after / target_fn_name == "two" / { res0 = 70; res1++; }
wasm:opcode:local.tee(res0: i32):after { res0 = 12; }
wasm:opcode:global.get(res0: i32):after { res0++; res0 = res0 * 2; }
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

// CHECK: 4_wasm:func:entry:<no-mode> see 5:0 seen: map<i32,i32> = 1->7;2->-101;4->4;5->17;6->2;7->1;8->11;9->-1;10->44;12->12;13->94;14->2
// CHECK-NEXT: 5_wasm:func:entry:<no-mode> see64 6:0 seen: map<i32,i64> = 3->70;11->55
