/* What mutations of scripts start from. */
report var total: u64 = 0x10;
var seen: bool;
wasm:opcode:*load*|*.store*:before / data_size >= 2 && (seen || pc != 3) / {
  report var low: u32;
  unshared var n: i16 = -1;
  var a: u32 = effective_addr;
  if (low == 0 || a < low) { low = a; } elif (n > 5) { n--; } else { n++; }
}
wasm:opcode:br_if:at_target { report var taken: u64; taken = taken + (arg0 as u64); }
wasm(local0: i32):opcode:call(arg0: i32):after / target_fn_name == "leaf" / { total++; }
wasm:func:exit { report var t: i32; t = t % 7 + 3; seen = !seen; }
wasm:block:end { total = total + (instr_count as u64) * 2; }
