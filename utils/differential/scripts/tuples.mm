// Tuples, variables of all kinds and sizes, sites' own state.
report var low: u8;
report var pair: (u32, i64);
wasm:opcode:*(arg0: i32):before {
  unshared var seen: u16;
  report var t: (i32, (u8, bool));
  var n: (u32, i32) = (fid, arg0);
  seen++; low = low + 1;
  if (t.0 < n.1) { t.0 = n.1; t.1.0 = seen as u8; }
  t.1.1 = n.0 == fid;
}
wasm:opcode:i64.*(arg0: i64):before { pair = (pc, arg0); report var narrow: i8; narrow = arg0 as i8; }
wasm:opcode:f64.*(arg0: f64):before { report var sum: f64; if (arg0 > -1000.0 && arg0 < 1000.0) { sum = sum + arg0 % 3.0; } }
