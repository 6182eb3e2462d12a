// Counts of a loop that only proc_exit ends.
// RUN: python3 %S/Inputs/e2e.py --exit 4 %S/Inputs/counted-loop.wat %s | FileCheck %s --match-full-lines

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

// CHECK: {{[0-9]+}}_wasm:func:entry:<no-mode> #1 1:0 entries: u32 = 1
// CHECK: {{[0-9]+}}_wasm:opcode:if:before #1 1:17 taken: u32 = 6667
// CHECK: {{[0-9]+}}_wasm:opcode:if:before #1 1:17 not: u32 = 3333
// CHECK: {{[0-9]+}}_wasm:opcode:if:before #1 1:31 taken: u32 = 1
// CHECK: {{[0-9]+}}_wasm:opcode:if:before #1 1:31 not: u32 = 6666
// CHECK: reached: bool = true
// CHECK: total: u64 = 130004
// CHECK: calls: map<(u32,u32),u32> = (1,0)->1
