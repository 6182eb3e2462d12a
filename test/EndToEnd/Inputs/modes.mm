// The other places around instructions.
wasm:opcode:call|call_indirect:after { report var returned: u64; returned++; }
wasm:opcode:br_if:after { report var passed: u64; passed++; }
wasm:opcode:br_if|br_table|br:at_target { report var arrived: u64; arrived++; }
wasm:opcode:block|loop|if|else:entry { report var entered: u64; entered++; }
wasm:opcode:block|loop|if|else:exit { report var left: u64; left++; }
wasm:opcode:block|loop|if|else:after { report var behind: u64; behind++; }
