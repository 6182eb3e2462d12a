// Results of every type, in programs' own order.
wasm:opcode:*(res0: i32):after { report var i: i32; i = (i << 1) ^ res0; }
wasm:opcode:*(res0: i64):after { report var l: i64; l = (l << 1) ^ res0; }
wasm:opcode:*(res0: f32):after { report var f: u32; if (res0 > 1.0) { f++; } }
wasm:opcode:*(res0: f64):after { report var d: u32; if (res0 == res0) { d++; } }
wasm:opcode:call(res1: i32):after { report var r: i32; r = r + res1; }
