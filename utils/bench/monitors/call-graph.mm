// Which functions call which, how often?
report var calls: map<(u32, u32), u32>;
wasm:opcode:call:before { calls[(fid, imm0)]++; }
