// Which way do branches go?
wasm:opcode:br_if|if:before {
  report var taken: u64;
  report var not_taken: u64;
  if (arg0 != 0) { taken++; } else { not_taken++; }
}
wasm:opcode:br_table:before {
  report var by_entry: u64;
  report var by_default: u64;
  if (arg0 < num_targets) { by_entry++; } else { by_default++; }
}
