// How often is each address read and written?
report var accesses: map<(u32, bool), u32>;
wasm:opcode:*.load*|*.store*:before { accesses[(effective_addr, is_write)]++; }
