// What is counted per block instead of per place, and on the ways of branches.
report var everything: u64;
report var weighted: i32 = -7;
report var summary: (u8, u8);
report var called: bool;
report var newest: u16 = 3;
var hidden: u32;

wasm:opcode:*:before { everything++; }
wasm:opcode:local.*|global.*:before {
  weighted = weighted + 3;
  report var here: u8 = 250;
  here = here + 3;
}
wasm:opcode:call|call_indirect:before { report var before: u16; before++; called = true; hidden++; }
wasm:opcode:call|call_indirect:after { report var behind: i8 = 120; behind++; }
wasm:opcode:br_if:before {
  report var taken: u32;
  report var not: u32 = 5;
  if (arg0 != 0) { taken++; everything = everything + 2; } else { not++; }
}
wasm:opcode:if:before {
  report var chosen: u32;
  report var other: bool;
  if (arg0 == 0) { other = true; newest = 9; } else { chosen = chosen + (opidx as u32); }
}
wasm:opcode:if|else|loop|block:entry { report var entered: u64; entered++; }
wasm:opcode:*:after / opidx % 5 == 2 / { report var done: u32; done = done + opidx; }
wasm:opcode:end|else:before { report var fell: u32; fell++; }
wasm:func:entry { report var calls: u32; report var first: u32; calls++; first = fid; }
wasm:func:exit { report var exits: u32; exits++; }
wasm:block:start { report var runs: u64; runs++; }
wasm:block:end { report var size: u32; size = size + instr_count; }
wasm:opcode:i32.add(arg0: i32):before / arg0 > 0 / { report var positive: u32; positive++; everything++; }
wasm:end { summary.0 = hidden as u8; summary.1 = (everything % 256) as u8; }
