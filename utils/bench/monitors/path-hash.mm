// A hash of the way that the program takes. Each step depends on the one before, so that
// no two of them can be made one.
report var hash: u32;
wasm:opcode:*:before { hash = (hash << 5) ^ (hash >> 27) ^ (fid * 65599 + opidx); }
