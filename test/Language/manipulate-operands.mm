// Assigned operands, in one probe and in the next, are what the instruction gets.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/calls-seen.wat %s | FileCheck %s --match-full-lines

var n: i32;

wasm:opcode:call(arg0: i32):before / target_fn_name == "add" / { arg0 = arg0 * 10; }
wasm:opcode:call(arg0: i32):before / target_fn_name == "add" / { arg0++; }
wasm:opcode:call(arg0: i32, arg1: i32):before / target_fn_name == "sub" / {
  var t: i32 = arg0;
  arg0 = arg1;
  arg1 = t;
}
wasm:opcode:call_indirect:before { arg0 = 1 - arg0; }
wasm:opcode:if:before { arg0 = arg0 == 0 ? 1 : 0; }
wasm:opcode:local.set(arg0: i32):before { arg0 = arg0 + 1; }
wasm:opcode:local.set(arg0: i64):before { arg0 = arg0 + 100; }
wasm:opcode:select(arg0: i32, arg1: i32, arg2: i32):before { arg0 = 1; arg2 = arg1; arg1 = 77; }
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

// CHECK: 8_wasm:func:entry:<no-mode> see 5:0 seen: map<i32,i32> = 1->44;2->1;4->3;5->17;6->1;7->2;8->-1;9->11;10->45;12->45;13->46;14->2
// CHECK-NEXT: 9_wasm:func:entry:<no-mode> see64 6:0 seen: map<i32,i64> = 3->4;11->155
