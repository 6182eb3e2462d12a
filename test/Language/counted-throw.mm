// Counts where exceptions leave functions, the last of them the program.
// RUN: python3 %S/Inputs/e2e.py --exit 134 %S/Inputs/counted-throw.wat %s | FileCheck %s --match-full-lines

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

// CHECK: {{[0-9]+}}_wasm:func:entry:<no-mode> throwAt 0:0 entries: u32 = 5
// CHECK: {{[0-9]+}}_wasm:opcode:if:before throwAt 0:10 taken: u32 = 5
// CHECK: {{[0-9]+}}_wasm:opcode:if:before throwAt 0:10 not: u32 = 22
// CHECK: {{[0-9]+}}_wasm:func:entry:<no-mode> catch 1:0 entries: u32 = 1
// CHECK: {{[0-9]+}}_wasm:opcode:br_if:before catch 1:29 taken: u32 = 3
// CHECK: {{[0-9]+}}_wasm:opcode:br_if:before catch 1:29 not: u32 = 1
// CHECK: {{[0-9]+}}_wasm:func:entry:<no-mode> #2 2:0 entries: u32 = 1
// CHECK: reached: bool = true
// CHECK: total: u64 = 287
// CHECK: calls: map<(u32,u32),u32> = (1,0)->4;(2,0)->1;(2,1)->1
// CHECK: whamm run: trap: uncaught exception
