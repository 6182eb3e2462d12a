// Probes that read the same operands at the same place.
report var ops_largest: u32;
report var ops_sums: map<u32, u64>;
report var ops_conditions: u64;
report var ops_stores: map<(u32, bool), u32>;
report var ops_last: (u32, u32);

wasm:opcode:i32.add|i32.sub|i32.and(arg0: i32, arg1: i32):before {
  if (arg0 as u32 > ops_largest) { ops_largest = arg0 as u32; }
}
wasm:opcode:i32.add|i32.and(arg0: i32, arg1: i32):before {
  ops_sums[opidx % 5] = ops_sums[opidx % 5] + (arg0 as u64) % 1000 + (arg1 as u64) % 1000;
}
wasm:opcode:i32.add(arg0: i32, arg1: i32):before / arg0 != arg1 / {
  report var ops_different: u32;
  ops_different++;
  ops_last = (arg0 as u32, opidx);
}
wasm:opcode:i32.add(arg0: i32, arg1: i32):before {
  report var ops_most: i32 = -5;
  if (arg1 > ops_most) { ops_most = arg1; }
}
wasm:opcode:br_if|if(arg0: i32):before { if (arg0 == 0) { ops_conditions++; } }
wasm:opcode:br_if(arg0: i32):before { ops_conditions = ops_conditions * 3 + (arg0 as u64) % 17; }
wasm:opcode:*load*|*store*:before { ops_stores[(effective_addr as u32 % 64, is_write)]++; }
wasm:opcode:i32.load|i32.store:before {
  report var ops_low: u32 = 4000000000;
  if (effective_addr as u32 < ops_low) { ops_low = effective_addr as u32; }
}
wasm:opcode:i32.load|f64.load:before { if (effective_addr as u32 > ops_largest) { ops_largest = effective_addr as u32; } }
wasm:opcode:local.get|local.tee:after { if (pc > 50) { ops_conditions++; } }
