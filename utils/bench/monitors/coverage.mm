// Which instructions are reached?
wasm:opcode:*:before {
  report var reached: bool;
  reached = true;
}
