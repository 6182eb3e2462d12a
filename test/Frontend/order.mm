// RUN: whamm-frontend-test --dump-checked %s | FileCheck %s

// Packages, events and modes in order of first appearance, then source order;
// the end of a block in front of the start of the next.

// CHECK: Match opcode:call:before number 0 order 0{{$}}
wasm:opcode:call:before {}
// CHECK: Match block:start: number 1 order 8{{$}}
wasm:block:start {}
// CHECK: Match opcode:nop:before number 2 order 4{{$}}
// CHECK: Match opcode:call:before number 3 order 1{{$}}
wasm:opcode:nop|call:before {}
// CHECK: Match opcode:call:after number 4 order 3{{$}}
wasm:opcode:call:after {}
// CHECK: Match opcode:nop:before number 5 order 5{{$}}
// CHECK: Match opcode:call:before number 6 order 2{{$}}
wasm:opcode:nop|call:before {}
// CHECK: Match block:start: number 7 order 9{{$}}
// CHECK: Match block:end: number 8 order 7{{$}}
wasm:block:* {}
// CHECK: Match func:entry: number 9 order 10{{$}}
wasm:func:entry {}
// CHECK: Match opcode:drop:before number 10 order 6{{$}}
wasm:opcode:drop:before {}
