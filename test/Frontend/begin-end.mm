// RUN: whamm-frontend-test --dump-checked %s | FileCheck %s --match-full-lines

var n: u32;
fn twice(x: u32) -> u32 { return x * 2; }
// CHECK: Probe 0.0 wasm:begin
// CHECK-NEXT: Match begin:: number 0
// CHECK: Local 'start' u32
wasm:begin { var start: u32 = mem_size(APP_MEMID); n = twice(start); }
// CHECK: Probe 1.0 wasm:end
// CHECK-NEXT: Match end:: number 1
// CHECK-NEXT: Predicate
wasm:end / n > 3 / { n++; return; }
// CHECK: Probe 2.0 wasm:report
// CHECK-NEXT: Match report:: number 2
wasm:report { var t: (u32, str) = (n, "end"); n = t.0; }
