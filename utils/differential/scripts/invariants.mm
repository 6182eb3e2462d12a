// What depends on the site only, and variables that keep their values.
var inv_limit: u32 = 40;
var inv_scale: f64 = 0.25;
var inv_isOn: bool = true;
var inv_nought: i32;
report var inv_beyond: u64;
report var inv_buckets: map<u32, u32>;
report var inv_halves: map<(u32, u32), u32>;
report var inv_sum: f64;
report var inv_mixed: i64;

wasm:opcode:*:before / opidx % 3 == 1 / {
  if (pc * 2 > inv_limit) { inv_beyond++; }
  inv_buckets[pc / 16] = inv_buckets[pc / 16] + fid % 7;
  if (inv_isOn) { inv_halves[(fid, opidx / 2)] = opidx * opidx; } else { inv_beyond = 0; }
}
wasm:opcode:local.get|i32.const:after {
  report var inv_own: u32;
  if ((pc ^ fid) % 2 == 0 && inv_limit > 3) { inv_own = inv_own + pc * 3; } else { inv_own = inv_own + 1; }
  inv_sum = inv_sum + (opidx as f64) * inv_scale;
}
wasm:opcode:br_if(arg0: i32):before {
  if (arg0 as u32 > opidx % inv_limit) { inv_mixed = inv_mixed + (opidx as i64) * -3; }
  if (opidx as i32 - 20 > inv_nought) { inv_mixed = inv_mixed + (fid as i64 << 2); }
}
wasm:func:entry {
  report var inv_first: u32;
  if (inv_first == 0) { inv_first = fid * 100 + inv_limit; }
}
