// A block goes as a whole, where a static predicate says so.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/control.wat %s | FileCheck %s --match-full-lines

var n: i32;

wasm:opcode:block:alt / fname != "early" / { n = n + 50; }
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

// CHECK: 1_wasm:func:entry:<no-mode> see 0:0 seen: map<i32,i32> = 51->0;52->200;53->2;54->100;55->1;56->8;57->7;108->30;159->30
