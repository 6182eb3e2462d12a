// What selfcount.c counts itself.
report var depth: i32;
report var max_depth: i32;
report var allocated: u64;
report var no_child: u64;

wasm:func:entry { report var calls: u64; calls++; }
wasm:func:entry / fname == "fibonacci" / {
  depth++;
  if (depth > max_depth) { max_depth = depth; }
}
wasm:func:exit / fname == "fibonacci" / { depth--; }
wasm:opcode:call_indirect:before / fname == "applyAll" / { report var indirect: u64; indirect++; }
wasm:opcode:call(arg0: u32):before / target_fn_name == "malloc" && fname == "allocate" / {
  report var allocations: u64;
  allocations++;
  allocated = allocated + (arg0 as u64);
}
wasm:opcode:i32.store16:before / fname == "poke" / { report var stores: u64; stores++; }
wasm:opcode:*load*:before / fname == "peek" && data_size == 2 / { report var loads: u64; loads++; }
wasm:opcode:f64.div:before / fname == "quotients" / { report var divisions: u64; divisions++; }
wasm:opcode:f64.sqrt:after / fname == "roots" / { report var roots: u64; roots++; }
wasm:opcode:i64.rem_u:before / fname == "remainders" / { report var remainders: u64; remainders++; }
wasm:opcode:br_table:before / fname == "decode" / {
  report var sum: u64;
  report var case0: u64;
  report var case3: u64;
  report var case7: u64;
  report var defaults: u64;
  sum = sum + (arg0 as u64);
  if (arg0 == 0) { case0++; } elif (arg0 == 3) { case3++; } elif (arg0 == 7) { case7++; } elif (arg0 > 7) { defaults++; }
}
wasm(local0: i32):func:entry / fname == "visit" && local0 == 0 / { no_child++; }
