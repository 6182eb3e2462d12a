// What is read is written back unchanged, or changed and changed back.
wasm:opcode:*(arg0: i32):before { arg0 = arg0; }
wasm:opcode:*(arg0: i64):before { arg0 = arg0 ^ 1; arg0 = arg0 ^ 1; }
wasm:opcode:*(arg1: f32):before { arg1 = arg1; }
wasm:opcode:*(arg0: f64):before { arg0 = arg0; }
wasm:opcode:*(res0: i32):after { res0 = res0 + 1; res0 = res0 - 1; }
wasm:opcode:*(res0: i64):after { res0 = res0; }
wasm(local0: i32):opcode:*:before { local0 = local0; }
wasm(local1: f64):opcode:*:after { local1 = local1; }
wasm:opcode:br_if:before { if (arg0 != 0) { arg0 = 1; } }
wasm:opcode:i32.add|i32.mul|i32.xor:before { var t: i32 = arg0; arg0 = arg1; arg1 = t; }
