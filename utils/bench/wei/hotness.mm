// How often each instruction is executed.
wasm:opcode:*:before {
  unshared var count: u64;
  count++;
}
