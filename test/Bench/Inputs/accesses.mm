report var count: u32;
wasm:opcode:*.load*|*.store*:before { count++; }
