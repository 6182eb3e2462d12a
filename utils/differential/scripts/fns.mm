// Functions of the script, recursive ones among them.
report var mixed: u64;
report var deep: u32;
fn parity(x: i32) -> bool { if (x == 0) { return true; } return odd((x as u32 >> 1) as i32, x); }
fn odd(x: i32, of: i32) -> bool { if ((of & 1) != 0) { return !parity(x); } return parity(x); }
fn mix(a: u64, b: i32) -> u64 { return (a << 3) ^ (b as u64); }
fn bump() { deep++; }
wasm:opcode:i32.*(arg0: i32):before { if (parity(arg0)) { bump(); } mixed = mix(mixed, arg0); }
wasm:opcode:call:before { bump(); }
