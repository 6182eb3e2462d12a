// Every instruction, and a guard that reads static facts.
wasm:opcode:*:before { report var n: u64; n++; }
wasm:opcode:*:after / opidx % 3 == 1 && category_name != "const" / { report var m: u32; m = m + 1; }
