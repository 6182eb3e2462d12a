// Several alt probes, each for its own calls.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/calls-seen.wat %s | FileCheck %s --match-full-lines

var n: i32;

wasm:opcode:call:alt / target_fn_name == "add" / { alt_call_by_name("sub"); }
wasm:opcode:call:alt / target_fn_name == "sub" / { alt_call_by_id(0); }
wasm:opcode:call:alt / target_fn_name == "cond" / { drop_args(); return 8; }
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

// CHECK: 3_wasm:func:entry:<no-mode> see 5:0 seen: map<i32,i32> = 1->-1;2->7;4->3;5->17;6->8;7->8;8->11;9->-1;10->44;12->45;13->46;14->2
// CHECK-NEXT: 4_wasm:func:entry:<no-mode> see64 6:0 seen: map<i32,i64> = 3->4;11->55
