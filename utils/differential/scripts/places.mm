// Many probes at one instruction, that read, write and replace.
report var crowd: u64;
wasm:opcode:i32.add|i32.sub|i32.and(arg0: i32, arg1: i32):before { report var a: i32; a = arg1; arg0 = arg0 + 1; }
wasm:opcode:i32.*:before { crowd++; }
wasm:opcode:i32.add:alt { return arg0 + arg1; }
wasm:opcode:i32.sub:alt / arg0 != 3 / { return arg1 - arg0; }
wasm:opcode:i32.add(res0: i32):after { report var r: i32; r = res0; res0 = res0 - 1; }
wasm:opcode:i32.sub(res0: i32):after { res0 = res0 + 1; }
wasm:opcode:i32.and(arg0: i32, arg1: i32):before { arg0 = arg0 - 1; }
wasm:opcode:i32.store*|i64.store*:before { report var at: u32; at = effective_addr; arg0 = arg0; }
wasm:opcode:i32.store*|i64.store*:after { report var v: u32; v = arg1; }
wasm:opcode:call(arg0: i32, arg1: i32):before { var t: i32 = arg0; arg0 = arg1; arg1 = t; t = arg0; arg0 = arg1; arg1 = t; }
wasm:opcode:call:after { crowd++; }
wasm:opcode:br_if|br_table:before { arg0 = arg0 + 1; report var w: u32; w = arg0; }
wasm:opcode:br_if|br_table:before { arg0 = arg0 - 1; crowd++; }
wasm:opcode:br_if|br|br_table:at_target { crowd++; }
wasm:opcode:if:before { var was: u32 = arg0; arg0 = was; }
wasm:opcode:block|loop|if|else|try_table:entry { report var e: u32; e++; }
wasm:opcode:block|loop|if|else|try_table:after { report var f: u32; f++; }
wasm(local0: i32):func:entry { local0 = local0 ^ 5; local0 = local0 ^ 5; }
wasm:func:exit { crowd++; }
wasm:block:start { crowd++; }
wasm:block:end { crowd = crowd + instr_count as u64; }
wasm:opcode:*:after { report var n: u32; n++; }
