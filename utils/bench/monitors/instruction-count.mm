// How many instructions are executed?
report var count: u64;
wasm:opcode:*:before { count++; }
