// What an engine sees differently is a warning, once per probe and cause, at
// the probe.
// RUN: whamm instr -s %s -w -o %t.wasm 2>&1 | FileCheck %s
// RUN: whamm instr -s %s -w -o %t.wasm 2>&1 | grep -c warning: | FileCheck %s --check-prefix=COUNT
// COUNT: {{^}}10{{$}}

// CHECK-DAG: :[[@LINE+1]]:1: warning: for an engine, a branch lands on the 'loop' or 'end' that it goes to, so it fires there, too
wasm:opcode:loop:before { report var n: u32; n++; }
// CHECK-DAG: :[[@LINE+1]]:1: warning: for an engine, a branch lands on the 'loop' or 'end' that it goes to, so it fires there, too
wasm:opcode:end|nop:before { report var n: u32; n++; }
// CHECK-DAG: :[[@LINE+1]]:1: warning: for an engine, a branch lands on the 'loop' or 'end' that it goes to, so it fires there, too
wasm:opcode:*:before { report var n: u32; n++; }
// CHECK-DAG: :[[@LINE+1]]:1: warning: for an engine, a branch lands on the 'loop' or 'end' that it goes to, so basic blocks that begin or end with one fire there, too
wasm:block:start { report var n: u32; n++; }
// CHECK-DAG: :[[@LINE+1]]:1: warning: for an engine, a branch lands on the 'loop' or 'end' that it goes to, so basic blocks that begin or end with one fire there, too
wasm:block:end { report var n: u32; n = instr_count; }
// CHECK-DAG: :[[@LINE+1]]:1: warning: an engine does not show how exceptions of callees leave functions
wasm:func:exit { report var n: u32; n++; }

// CHECK-DAG: :[[@LINE+2]]:1: warning: an engine that compiles may show something else as 'local0' at the final 'end' of a function
// CHECK-DAG: :[[@LINE+1]]:1: warning: an engine does not show how exceptions of callees leave functions
wasm(local0: i32):func:exit { report var n: i32; n = local0; }
// CHECK-DAG: :[[@LINE+1]]:1: warning: an engine that compiles may show something else as 'local1' at the final 'end' of a function
wasm(local1: i32):opcode:end:before / fid == 1 / { report var n: i32; n = local1; }

// The same on both targets: no warning.
wasm(local0: i32):opcode:end:after { report var n: i32; n = local0; }
wasm(local0: i32):func:entry { report var n: i32; n = local0; }
wasm:opcode:loop:entry { report var n: u32; n++; }
wasm:opcode:loop|block|if:after { report var n: u32; n++; }
wasm:opcode:end:after { report var n: u32; n++; }
wasm:opcode:nop|block|if|br:before { report var n: u32; n++; }
wasm:func:entry { report var n: u32; n++; }
