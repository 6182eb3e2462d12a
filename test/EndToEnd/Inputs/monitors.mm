// What monitors make rules of: modes, static and dynamic predicates, types, state
// per site, static values in bodies, texts of the program, maps. Nothing that a
// monitor cannot do.
report var calls: map<(str, str), u32>;
report var places: map<(u32, u32), u32>;
report var arms: map<str, u32>;
report var last: str;

// Several probes at one event, each for some of its sites.
wasm:opcode:call:before / imm0 > 0 / { report var n: u32; n++; }
wasm:opcode:call:before / fname == "main" && target_fn_type == "local" / {
  report var callee: str = target_fn_name;
  report var of: (u32, str, bool);
  of = (opidx, target_imp_module, callee.len() > 4);
}
wasm:opcode:call:before { calls[(fname, target_fn_name)]++; }

// Types of operands and locals.
wasm:opcode:call(arg0: i32):before { report var sum: i64; sum = sum + (arg0 as i64); }
wasm:opcode:call(arg0: i64):before { report var wide: i64; wide = arg0; }
wasm:opcode:drop|local.set(arg0: i32):before { report var x: i32; x = arg0; }
wasm:opcode:drop|local.set(arg0: i64):before { report var y: i64; y = arg0; }
wasm(local0: i32):func:entry { report var first: i32; first = local0; }
wasm(local1: i32):func:entry / local1 == 0 / { report var zero: u32; zero++; }

// State.
wasm:func:entry {
  unshared var depth: u32 = 10;
  report var depths: (u32, u32);
  depth++;
  depths = (depth, fid);
}

// Constructs.
wasm:opcode:loop:entry { arms["loop"]++; }
wasm:opcode:block:entry|after { report var b: u32; b++; }
wasm:opcode:if:before { report var decided: u32; decided = arg0; }
wasm:opcode:if|else:entry { report var taken: u32; taken++; arms[opname]++; }
wasm:opcode:loop|if|else:after { report var ended: u32; ended++; }
wasm:opcode:br|return:after { report var dead: u32 = 7; dead++; }

// Branches.
wasm:opcode:br_if:before { places[(fid, pc)] = arg0; }
wasm:opcode:br_table:before {
  report var taken: map<u32, u32>;
  taken[target < num_targets ? targets[target] : default_target]++;
}

// Facts of the event, of the site, and operands.
wasm:opcode:*.load*|*.store*:before {
  report var bytes: u32;
  report var low: u32 = 0xffffffff;
  if (category_name == "load") { bytes = bytes + data_size; }
  elif (is_write) { bytes = bytes + 1000 * data_size; }
  if (effective_addr < low && memory == 0 && align < 4) { low = effective_addr; }
}
wasm:opcode:*.const:before / fid % 2 == 1 / { places[(fid, opidx)]++; }
wasm:end { last = arms["loop"] > 0 ? "loops" : "straight"; }
