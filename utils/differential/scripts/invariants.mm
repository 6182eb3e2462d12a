// What depends on the site only, and variables that keep their values.
var limit: u32 = 40;
var scale: f64 = 0.25;
var isOn: bool = true;
var zero: i32;
report var beyond: u64;
report var buckets: map<u32, u32>;
report var halves: map<(u32, u32), u32>;
report var sum: f64;
report var mixed: i64;

wasm:opcode:*:before / opidx % 3 == 1 / {
  if (pc * 2 > limit) { beyond++; }
  buckets[pc / 16] = buckets[pc / 16] + fid % 7;
  if (isOn) { halves[(fid, opidx / 2)] = opidx * opidx; } else { beyond = 0; }
}
wasm:opcode:local.get|i32.const:after {
  report var own: u32;
  if ((pc ^ fid) % 2 == 0 && limit > 3) { own = own + pc * 3; } else { own = own + 1; }
  sum = sum + (opidx as f64) * scale;
}
wasm:opcode:br_if(arg0: i32):before {
  if (arg0 as u32 > opidx % limit) { mixed = mixed + (opidx as i64) * -3; }
  if (opidx as i32 - 20 > zero) { mixed = mixed + (fid as i64 << 2); }
}
wasm:func:entry {
  report var first: u32;
  if (first == 0) { first = fid * 100 + limit; }
}
