// Invocations, and calls by their kinds.
wasm:func:entry { report var entries: u64; entries++; }
wasm:func:exit { report var exits: u64; exits++; }
wasm:opcode:call|return_call:before {
  report var callee: u32 = imm0;
  report var calls: u64;
  calls++;
}
wasm:opcode:call_indirect|return_call_indirect:before {
  report var indirect: u64;
  indirect++;
}
