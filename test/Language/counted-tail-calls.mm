// Counts where functions are left by tail calls.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/counted-tail-calls.wat %s | FileCheck %s --match-full-lines

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

// CHECK: {{[0-9]+}}_wasm:func:entry:<no-mode> even 0:0 entries: u32 = 11
// CHECK: {{[0-9]+}}_wasm:opcode:br_if:before even 0:17 taken: u32 = 22
// CHECK: {{[0-9]+}}_wasm:opcode:br_if:before even 0:17 not: u32 = 11
// CHECK: {{[0-9]+}}_wasm:opcode:if:before even 0:23 taken: u32 = 1
// CHECK: {{[0-9]+}}_wasm:opcode:if:before even 0:23 not: u32 = 10
// CHECK: {{[0-9]+}}_wasm:func:entry:<no-mode> odd 1:0 entries: u32 = 10
// CHECK: {{[0-9]+}}_wasm:opcode:if:before odd 1:4 taken: u32 = 0
// CHECK: {{[0-9]+}}_wasm:opcode:if:before odd 1:4 not: u32 = 10
// CHECK: {{[0-9]+}}_wasm:opcode:br_if:before odd 1:22 taken: u32 = 0
// CHECK: {{[0-9]+}}_wasm:opcode:br_if:before odd 1:22 not: u32 = 10
// CHECK: {{[0-9]+}}_wasm:func:entry:<no-mode> #2 2:0 entries: u32 = 1
// CHECK: reached: bool = true
// CHECK: total: u64 = 505
// CHECK: calls: map<(u32,u32),u32> = (2,0)->1
