// All loads and stores, their bytes, and the lowest address that they touch.
report var loads: u64;
report var loaded: u64;
report var stores: u64;
report var stored: u64;
report var lowest: u32 = 0xffffffff;

wasm:opcode:*.load*:before {
  loads++;
  loaded = loaded + (data_size as u64);
  if (effective_addr < lowest) { lowest = effective_addr; }
}
wasm:opcode:*.store*:before / is_write / {
  stores++;
  stored = stored + (data_size as u64);
  if (effective_addr < lowest) { lowest = effective_addr; }
}
