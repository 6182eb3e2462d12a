// Counts where a program leaves functions by recursion, and by proc_exit below calls in loops.
// RUN: python3 %S/Inputs/e2e.py --exit 3 %S/Inputs/counted-exits.wat %s | FileCheck %s --match-full-lines

report var total: u64;
report var reached: bool;
report var calls: map<(u32, u32), u32>;
wasm:opcode:*:before { report var n: u64; n++; total = total + 1; }
wasm:block:end { report var runs: u64; runs++; }
wasm:opcode:br_if|if(arg0: i32):before {
  report var taken: u32;
  report var not: u32;
  if (arg0 != 0) { taken++; } else { not++; }
}
wasm:opcode:call:before { calls[(fid, imm0)]++; reached = true; }
wasm:func:entry { report var entries: u32; entries++; }

// CHECK: {{[0-9]+}}_wasm:func:entry:<no-mode> fib 1:0 entries: u32 = 109
// CHECK: {{[0-9]+}}_wasm:opcode:if:before fib 1:6 taken: u32 = 55
// CHECK: {{[0-9]+}}_wasm:opcode:if:before fib 1:6 not: u32 = 54
// CHECK: {{[0-9]+}}_wasm:func:entry:<no-mode> leave 2:0 entries: u32 = 18
// CHECK: {{[0-9]+}}_wasm:opcode:if:before leave 2:6 taken: u32 = 1
// CHECK: {{[0-9]+}}_wasm:opcode:if:before leave 2:6 not: u32 = 17
// CHECK: {{[0-9]+}}_wasm:func:entry:<no-mode> inner 3:0 entries: u32 = 6
// CHECK: {{[0-9]+}}_wasm:opcode:br_if:before inner 3:24 taken: u32 = 12
// CHECK: {{[0-9]+}}_wasm:opcode:br_if:before inner 3:24 not: u32 = 5
// CHECK: {{[0-9]+}}_wasm:func:entry:<no-mode> outer 4:0 entries: u32 = 1
// CHECK: {{[0-9]+}}_wasm:opcode:br_if:before outer 4:13 taken: u32 = 0
// CHECK: {{[0-9]+}}_wasm:opcode:br_if:before outer 4:13 not: u32 = 6
// CHECK: {{[0-9]+}}_wasm:func:entry:<no-mode> #5 5:0 entries: u32 = 1
// CHECK: reached: bool = true
// CHECK: total: u64 = 1539
// CHECK: calls: map<(u32,u32),u32> = (1,1)->108;(2,0)->1;(3,2)->18;(4,3)->6;(5,1)->1;(5,4)->1
