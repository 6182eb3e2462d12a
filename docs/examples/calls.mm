// What does the program call, and how much memory does it ask for, where?
report var calls: u64;
wasm:opcode:call|call_indirect:before { calls++; }
wasm:func:entry / fname == "hash" || fname.starts_with("by") / { report var runs: u64; runs++; }
wasm:opcode:call(arg0: u32):before / target_fn_name == "malloc" / { report var bytes: u32; bytes = bytes + arg0; }
