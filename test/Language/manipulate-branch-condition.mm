// The condition of a branch is turned around.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/control.wat %s | FileCheck %s --match-full-lines

var n: i32;

wasm:opcode:br_if:before / fname == "early" / { arg0 = arg0 == 0 ? 1 : 0; }
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

// CHECK: 1_wasm:func:entry:<no-mode> see 0:0 seen: map<i32,i32> = 1->6;2->200;3->2;4->100;5->1;6->7;7->8;8->30;9->4
