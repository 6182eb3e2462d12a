// The arm of an else goes; the body ends the arm before.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/control.wat %s | FileCheck %s --match-full-lines

var n: i32;

wasm:opcode:else:alt { n = n + 50; }
wasm:opcode:else:before { report var before: i32; before++; }
wasm:opcode:else:after { report var behind: i32; behind++; }
wasm:opcode:else:entry { report var inside: i32; inside++; }
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

// CHECK: 1_wasm:opcode:else:before ifs 3:10 before: i32 = 1
// CHECK-NEXT: 2_wasm:opcode:else:semantic_after ifs 3:10 behind: i32 = 2
// CHECK-NEXT: 3_wasm:opcode:else:entry ifs 3:10 inside: i32 = 0
// CHECK-NEXT: 4_wasm:func:entry:<no-mode> see 0:0 seen: map<i32,i32> = 1->6;2->2;3->100;54->1;55->8;56->7;57->30;58->4
