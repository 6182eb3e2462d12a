// A library of the script's: called at run time, and asked at match time.
use tally;
wasm:opcode:call:before { tally.add(imm0 as i32); }
wasm:opcode:i32.*(arg0: i32):before { report var seen: i32; seen = tally.mix(arg0, pc as i32); }
wasm:opcode:i64.*(arg0: i64):before { report var wide: i64; wide = tally.wide(arg0); }
wasm:opcode:*:before / @static tally.chosen(opidx as i32) != 0 / { report var chosen: u32; chosen++; }
wasm:func:entry { @init tally.add(fid as i32); report var total: i32; total = tally.total(); }
