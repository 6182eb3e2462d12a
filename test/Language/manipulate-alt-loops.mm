// A loop goes as a whole; what follows it stays.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/control.wat %s | FileCheck %s --match-full-lines

var n: i32;

wasm:opcode:loop:alt { n = n + 10; }
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

// CHECK: 1_wasm:func:entry:<no-mode> see 0:0 seen: map<i32,i32> = 11->0;22->200;23->2;24->100;25->1;26->8;27->7;38->30;49->30
