// Constants and variables are replaced.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/calls-seen.wat %s | FileCheck %s --match-full-lines

var n: i32;

wasm:opcode:i32.const:alt / imm0 == 44 / { return 4; }
wasm:opcode:global.set(arg0: i32):alt { }
wasm:opcode:select:alt { return 33; }
wasm:opcode:local.tee(arg0: i32):alt { return arg0 - 1; }
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

// CHECK: 4_wasm:func:entry:<no-mode> see 5:0 seen: map<i32,i32> = 1->7;2->-1;4->3;5->17;6->2;7->1;8->11;9->-1;10->4;12->44;13->0;14->33
// CHECK-NEXT: 5_wasm:func:entry:<no-mode> see64 6:0 seen: map<i32,i64> = 3->4;11->55
