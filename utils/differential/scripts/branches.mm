// Branches: whether taken, where they land, what they test.
wasm:opcode:br_if:before { report var taken: u32; if (arg0 != 0) { taken++; } }
wasm:opcode:br_table:before { report var index: u64; index = index + target as u64; }
wasm:opcode:br|br_if|br_table:at_target { report var landed: u32; landed++; }
wasm:opcode:br_if:after { report var passed: u32; passed++; }
wasm:opcode:if:before { report var yes: u32; if (arg0 != 0) { yes++; } }
wasm:opcode:br_if:at_target / arg0 != 0 / { report var jumps: u32; jumps++; }
