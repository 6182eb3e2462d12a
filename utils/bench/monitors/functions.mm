// How often is each function entered and left?
wasm:func:entry {
  report var entered: u64;
  entered++;
}
wasm:func:exit {
  report var left: u64;
  left++;
}
