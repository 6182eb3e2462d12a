// Instructions replaced by what does the same.
wasm:opcode:nop:alt { }
wasm:opcode:i32.const:alt { return imm0; }
wasm:opcode:i64.const:alt { return imm0; }
wasm:opcode:i32.add:alt { return arg1 + arg0; }
wasm:opcode:i32.sub:alt { return arg1 - arg0; }
wasm:opcode:i64.xor:alt { return arg1 ^ arg0; }
wasm:opcode:i32.and:alt { report var n: u32; n++; return arg0 & arg1; }
wasm:opcode:f64.add:alt / arg0 == arg0 && arg1 == arg1 / { return arg1 + arg0; }
wasm:opcode:i32.eqz:alt { var zero: i32 = 0; if (arg0 == 0) { zero = 1; } return zero; }
wasm:opcode:drop:alt { drop_args(); }
wasm(local0: i32):opcode:local.get:alt / imm0 == 0 / { return local0; }
wasm(local1: i64):opcode:local.get:alt / imm0 == 1 / { return local1; }
