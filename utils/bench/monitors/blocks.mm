// How often does each basic block run, and how long is it?
wasm:block:end {
  report var runs: u64;
  report var size: u32 = instr_count;
  runs++;
}
