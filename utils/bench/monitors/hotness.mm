// How often is each instruction executed?
wasm:opcode:*:before {
  report var count: u64;
  count++;
}
