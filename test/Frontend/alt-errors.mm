// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

// CHECK: :[[@LINE+1]]:34: error: 'wasm:opcode:i64.add:alt' has a result of type 'i64', but this is 'u32'{{$}}
wasm:opcode:i64.add:alt { return fid; }
// CHECK: :[[@LINE+1]]:36: error: 'wasm:opcode:i32.store:alt' has no result that this value could replace{{$}}
wasm:opcode:i32.store:alt { return 1; }
// CHECK: :[[@LINE+1]]:34: error: a floating-point literal cannot become 'i32'{{$}}
wasm:opcode:i32.add:alt { return 1.5; }
// CHECK: :[[@LINE+1]]:31: error: an 'alt' probe cannot return a value of type 'str'{{$}}
wasm:opcode:call:alt { return fname; }
// CHECK: :[[@LINE+1]]:36: error: an 'alt' probe cannot return a value of type 'funcref'{{$}}
wasm:opcode:table.get:alt { return target_funcref; }
// CHECK: :[[@LINE+1]]:36: error: only an 'alt' probe can return a value: elsewhere the instruction gives its own result{{$}}
wasm:opcode:i32.add:after { return 1; }
// CHECK: :[[@LINE+2]]:38: error: 'wasm:opcode:nop:alt' has no result that this value could replace{{$}}
// CHECK: :[[@LINE+1]]:1: note: for 'wasm:opcode:nop:alt', which this rule matches{{$}}
wasm:opcode:nop|i32.add:alt { return 1; }
// CHECK: :[[@LINE+1]]:17: error: no mode 'alt' of event 'end'{{$}}
wasm:opcode:end:alt {}
