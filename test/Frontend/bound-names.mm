// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

report var x: u32;

// CHECK: :[[@LINE+1]]:27: error: 'arg0' needs a type bound: write '(arg0: T)' behind a part of the rule{{$}}
wasm:opcode:call:before / arg0 == 1 / {}
// CHECK: :[[@LINE+1]]:23: error: 'local3' needs a type bound: write '(local3: T)' behind a part of the rule{{$}}
wasm:func:entry { x = local3; }
// CHECK: :[[@LINE+1]]:30: error: 'wasm:opcode:nop:before' has no bound variable 'arg0'{{$}}
wasm:opcode:nop:before { x = arg0; }
// CHECK: :[[@LINE+2]]:39: error: 'wasm:opcode:nop:before' has no bound variable 'arg0'{{$}}
// CHECK: :[[@LINE+1]]:1: note: for 'wasm:opcode:nop:before', which this rule matches{{$}}
wasm:opcode:nop|i32.load:before { x = arg0; }
// CHECK: :[[@LINE+1]]:35: error: 'res0' is available in 'after' probes only{{$}}
wasm:opcode:i32.load:before { x = res0 as u32; }
// CHECK: :[[@LINE+1]]:38: error: 'failed' is available in 'after' probes only{{$}}
wasm:opcode:memory.grow:before { if (failed) { x++; } }
// CHECK: :[[@LINE+1]]:19: error: 'fid' is not available in a report probe: it belongs to no site{{$}}
wasm:report { x = fid; }
// CHECK: :[[@LINE+1]]:15: error: a report probe cannot declare 'report' or 'unshared' variables: they belong to probes with match sites; declare a global{{$}}
wasm:report { report var y: u32; }
// CHECK: :[[@LINE+1]]:51: error: 'arg0' is not known before the program runs; the initialiser of a 'report' or 'unshared' variable cannot use it{{$}}
wasm:opcode:i32.load:before { report var y: u32 = arg0; }
// CHECK: :[[@LINE+1]]:53: error: 'effective_addr' is not known before the program runs
wasm:opcode:i32.load:before { unshared var y: u32 = effective_addr; }
// A literal that does not fit for one of the events.
// CHECK: :[[@LINE+1]]:58: error: 'bytecode' is 64520 for 'wasm:opcode:memory.init:before' and out of range for 'u8'{{$}}
wasm:opcode:memory.*:before { report var y: u8; if (y == bytecode) { x++; } }
// CHECK: :[[@LINE+1]]:34: error: only an 'alt' probe can return a value: elsewhere the instruction gives its own result{{$}}
wasm:opcode:call:before { return 3; }
// CHECK: :[[@LINE+1]]:27: error: 'probe_id' is known to engines only, and programs are rewritten here{{$}}
wasm:opcode:call:before / probe_id == 1 / {}
