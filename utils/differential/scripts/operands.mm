// Probes that read the same operands at the same place.
report var largest: u32;
report var sums: map<u32, u64>;
report var conditions: u64;
report var stores: map<(u32, bool), u32>;
report var last: (u32, u32);

wasm:opcode:i32.add|i32.sub|i32.and(arg0: i32, arg1: i32):before {
  if (arg0 as u32 > largest) { largest = arg0 as u32; }
}
wasm:opcode:i32.add|i32.and(arg0: i32, arg1: i32):before {
  sums[opidx % 5] = sums[opidx % 5] + (arg0 as u64) % 1000 + (arg1 as u64) % 1000;
}
wasm:opcode:i32.add(arg0: i32, arg1: i32):before / arg0 != arg1 / {
  report var different: u32;
  different++;
  last = (arg0 as u32, opidx);
}
wasm:opcode:i32.add(arg0: i32, arg1: i32):before {
  report var most: i32 = -5;
  if (arg1 > most) { most = arg1; }
}
wasm:opcode:br_if|if(arg0: i32):before { if (arg0 == 0) { conditions++; } }
wasm:opcode:br_if(arg0: i32):before { conditions = conditions * 3 + (arg0 as u64) % 17; }
wasm:opcode:*load*|*store*:before { stores[(effective_addr as u32 % 64, is_write)]++; }
wasm:opcode:i32.load|i32.store:before {
  report var low: u32 = 4000000000;
  if (effective_addr as u32 < low) { low = effective_addr as u32; }
}
wasm:opcode:i32.load|f64.load:before { if (effective_addr as u32 > largest) { largest = effective_addr as u32; } }
wasm:opcode:local.get|local.tee:after { if (pc > 50) { conditions++; } }
