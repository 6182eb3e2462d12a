// Ways into and out of functions.
report var depth: i64;
report var deepest: i64;
wasm:func:entry { report var entries: u32; entries++; depth++; if (depth > deepest) { deepest = depth; } }
wasm:func:exit { report var exits: u32; exits++; depth--; }
wasm:opcode:call|call_indirect|return_call*:before { report var calls: u32; calls++; }
wasm:opcode:call|call_indirect:after { report var returns: u32; returns++; }
