// Texts read out of the program's memory.
report var texts: map<str, u32>;
wasm:opcode:i32.load:after { report var word: str; word = read_str(APP_MEMID, effective_addr as i32, 4); }
wasm:opcode:i32.load8_u:after { texts[read_str(APP_MEMID, effective_addr as i32, 1)]++; }
