// Locals, read everywhere.
wasm(local0: i32):opcode:*:before { report var a: i32; a = a ^ local0; }
wasm(local1: i64):opcode:*:before { report var b: i64; b = b ^ local1; }
wasm(local2: f32):opcode:local.*:after { report var c: u32; if (local2 != local2) { c++; } }
wasm(local1: f64):opcode:end:before { report var d: u32; if (local1 == local1) { d++; } }
wasm(local0: i32, local1: i32):func:entry { report var e: i32; e = local0 - local1; }
