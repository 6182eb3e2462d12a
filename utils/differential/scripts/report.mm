// The script prints for itself.
use whamm_core;
var counted: u32;
var added: u64;
wasm:begin { counted = 5; }
wasm:opcode:*:before { counted++; }
wasm:opcode:i32.const:before { added = added + imm0 as u64; }
wasm:end { counted = counted + 1; }
wasm:report { whamm_core.putu32(counted as i32); whamm_core.putc(10); whamm_core.putu64(added as i64); whamm_core.putc(10); }
