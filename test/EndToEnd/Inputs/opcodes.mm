// Executions of every instruction.
wasm:opcode:*:before { report var count: u64; count++; }
