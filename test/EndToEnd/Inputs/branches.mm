// Which way conditional branches go.
wasm:opcode:br_if:before {
  report var taken: u64;
  report var not_taken: u64;
  if (arg0 != 0) { taken++; } else { not_taken++; }
}
wasm:opcode:if:before {
  report var yes: u64;
  report var no: u64;
  if (arg0 != 0) { yes++; } else { no++; }
}
wasm:opcode:br_table:before {
  report var tables: u64;
  report var indices: u64;
  tables++;
  indices = indices + (arg0 as u64);
}
