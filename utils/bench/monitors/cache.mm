// How would a cache do? `libraries/cache.c` simulates one.
use cache;
report var hits: u64;
report var misses: u64;
wasm:opcode:*.load*|*.store*:before { cache.access(effective_addr as i32, data_size as i32); }
wasm:end {
  hits = cache.hits() as u64;
  misses = cache.misses() as u64;
}
