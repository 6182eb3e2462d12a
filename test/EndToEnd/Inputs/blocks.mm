// Executions and lengths of basic blocks.
wasm:block:start { report var starts: u64; starts++; }
wasm:block:end {
  report var length: u32 = instr_count;
  report var ends: u64;
  report var instructions: u64;
  ends++;
  instructions = instructions + (instr_count as u64);
}
