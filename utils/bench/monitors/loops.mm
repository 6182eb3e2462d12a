// How many iterations does each loop make?
wasm:opcode:loop:entry {
  report var iterations: u64;
  iterations++;
}
