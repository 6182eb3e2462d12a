// How often each branch goes where: taken or not, an entry or the default.
wasm:opcode:br_if|if:before {
  unshared var taken: u64;
  unshared var passed: u64;
  if (arg0 != 0) {
    taken++;
  } else {
    passed++;
  }
}
wasm:opcode:br_table:before {
  unshared var entry: u64;
  unshared var default_entry: u64;
  if (arg0 < num_targets) {
    entry++;
  } else {
    default_entry++;
  }
}
