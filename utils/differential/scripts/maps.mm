// Maps of every shape of key.
report var callees: map<u32, u64>;
report var sites: map<(u32, u32), u32>;
report var names: map<str, u32>;
report var kinds: map<u32, str>;
report var wides: map<i64, i64>;
report var triples: map<(i32, bool, u8), i32>;
report var flags: map<bool, u32>;
wasm:opcode:call:before { callees[imm0]++; }
wasm:opcode:*:before { names[opname]++; }
wasm:opcode:br_if|if:before { sites[(fid, pc)]++; flags[arg0 != 0]++; }
wasm:opcode:i64.*(arg0: i64):before { wides[arg0]++; }
wasm:opcode:*.const:before { kinds[bytecode as u32] = opname; }
wasm:opcode:i32.*(arg0: i32):before { triples[(arg0, arg0 > 0, category_id as u8)] = arg0; }
wasm:opcode:loop:entry { report var rounds: map<u32, u32>; rounds[opidx]++; }
wasm:func:entry { var once: map<u32, u32>; once[1] = 2; report var two: u32; two = once[1] + once[7]; }
