// How often each function calls each other one directly.
var edges: map<(u32, u32), u64>;
wasm:opcode:call:before {
  edges[(fid, imm0)]++;
}
