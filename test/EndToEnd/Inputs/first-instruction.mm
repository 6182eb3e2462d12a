// What is seen in which order: `begin` behind all initialisers, the probes of the
// first instruction in front of those of its function's entry.
var step: u32 = 1;
report var begun: u32;
wasm:begin { begun = step; step = step + 10; }
wasm:func:entry { report var entered: u32; entered = step; step++; }
wasm:opcode:local.get|i32.const|global.get|block|call|nop:before {
  report var reached: u32;
  reached = step;
  step++;
}
report var edges: map<(u32, u32), u32>;
wasm:opcode:call:before { edges[(fid, imm0)]++; }
