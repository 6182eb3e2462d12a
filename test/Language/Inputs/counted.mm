// Of each kind of count one: per instruction, block, way of a branch, static key,
// flag and function.
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
