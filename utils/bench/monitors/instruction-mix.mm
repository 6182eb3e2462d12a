// How many instructions of each category are executed?
report var arith: u64;
report var compare: u64;
report var constants: u64;
report var control: u64;
report var convert: u64;
report var globals: u64;
report var loads: u64;
report var locals: u64;
report var stores: u64;
report var others: u64;
wasm:opcode:*:before {
  if (category_name == "arith") { arith++; }
  elif (category_name == "compare") { compare++; }
  elif (category_name == "const") { constants++; }
  elif (category_name == "control") { control++; }
  elif (category_name == "convert") { convert++; }
  elif (category_name == "global") { globals++; }
  elif (category_name == "load") { loads++; }
  elif (category_name == "local") { locals++; }
  elif (category_name == "store") { stores++; }
  else { others++; }
}
