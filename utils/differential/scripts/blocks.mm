// Basic blocks, and the five places of block-like constructs.
report var instructions: u64;
wasm:block:start { report var starts: u32; starts++; }
wasm:block:end { report var ends: u32; ends++; instructions = instructions + instr_count as u64; }
wasm:opcode:block|loop|if|else|try_table:before { report var b: u32; b++; }
wasm:opcode:block|loop|if|else|try_table:after { report var a: u32; a++; }
wasm:opcode:block|loop|if|else|try_table:entry { report var e: u32; e++; }
wasm:opcode:block|loop|if|else|try_table:exit { report var x: u32; x++; }
wasm:opcode:end:before { report var f: u32; f++; }
wasm:opcode:end:after { report var g: u32; g++; }
