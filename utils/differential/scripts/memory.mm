// Memory accesses and what is derived from their operands.
wasm:opcode:*.load*:before { report var read: u64; read = read + data_size as u64; }
wasm:opcode:*.store*:before { report var last: u32; report var written: u64; last = effective_addr; written = written + offset; }
wasm:opcode:*.load*:after / effective_addr % 2 == 0 / { report var even: u32; even++; }
wasm:opcode:memory.size:after { report var pages: i32; pages = res0; }
wasm:opcode:memory.grow:after { report var no: u32; if (failed) { no++; } }
wasm:opcode:*atomic*:before { report var atomics: u32; atomics++; }
wasm:opcode:global.get|global.set:before { report var globals: u32; globals = globals + imm0; }
