// Operands of every type, at whatever reads them.
wasm:opcode:*(arg0: i32):before { report var i: i32; i = (i << 1) ^ arg0; }
wasm:opcode:*(arg0: i64):before { report var l: i64; l = (l << 1) ^ arg0; }
wasm:opcode:*(arg0: f32):before { report var f: u32; if (arg0 >= 1.0) { f++; } }
wasm:opcode:*(arg0: f64):before { report var d: u32; if (arg0 < 1.0) { d++; } }
wasm:opcode:*(arg1: i32):before { report var i1: u32; i1 = i1 + arg1 as u32; }
wasm:opcode:*(arg1: i64):before { report var l1: u64; l1 = l1 + arg1 as u64; }
wasm:opcode:*(arg1: f32):after { report var f1: u32; if (arg1 != arg1) { f1++; } }
wasm:opcode:*(arg1: f64):after { report var d1: u32; if (arg1 != arg1) { d1++; } }
wasm:opcode:select(arg0: u32, arg1: i32, arg2: i32):before { report var s: i32; var x: i32 = arg0 != 0 ? arg2 : arg1; s = s ^ x; }
wasm:opcode:call(arg2: i32):before { report var c: i32; c = c + arg2; }
