// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

var u: u32;
var s: str;
var b: bool;
// CHECK: :[[@LINE+1]]:14: error: argument 1 of 'read_str', a memory, has to be known before the program runs{{$}}
s = read_str(u, 0, 0);
// CHECK: :[[@LINE+1]]:24: error: argument 1 of 'page_size', a memory, has to be known before the program runs{{$}}
u = mem_size(page_size(mem_size(0)) + u);
// CHECK: :[[@LINE+1]]:5: error: 'strcmp' takes 2 arguments, not 1{{$}}
b = strcmp((1, 2));
// CHECK: :[[@LINE+1]]:12: error: argument 1 of 'strcmp' has to be of type '(i32, i32)' with 2 elements, but this tuple has 3{{$}}
b = strcmp((1, 2, 3), s);
// CHECK: :[[@LINE+1]]:12: error: argument 1 of 'strcmp' has to be of type '(i32, i32)', but this is 'str'{{$}}
b = strcmp(s, s);
// CHECK: :[[@LINE+1]]:13: error: the literal is out of range for 'i32'{{$}}
b = strcmp((0x100000000, 1), s);
// CHECK: :[[@LINE+1]]:5: error: 'write_str' has no result{{$}}
u = write_str(0, 0, "a");
// CHECK: :[[@LINE+1]]:1: error: 'drop_args' is not available outside of probes{{$}}
drop_args();
// CHECK: :[[@LINE+1]]:5: error: unknown function 'str_cmp'; did you mean 'strcmp'?{{$}}
b = str_cmp((0, 1), s);
// CHECK: :[[@LINE+1]]:15: error: 'dup_at' is not available in a report probe: it belongs to no site{{$}}
wasm:report { dup_at(0, 0); }
// CHECK: :[[@LINE+1]]:27: error: 'dup_at' is not available at 'wasm:opcode:call:before'; only at memory.init, memory.copy, memory.fill{{$}}
wasm:opcode:call:before { dup_at(0, 0); }
// CHECK: :[[@LINE+1]]:19: error: 'drop_args' is not available at 'wasm:func:entry'; only at instructions{{$}}
wasm:func:entry { drop_args(); }
// CHECK: :[[@LINE+1]]:27: error: 'drop_args' is available in 'alt' probes only: elsewhere the instruction itself takes its operands{{$}}
wasm:opcode:call:before { drop_args(); }
// CHECK: :[[@LINE+1]]:26: error: 'alt_call_by_id' is available in 'alt' probes only: elsewhere the instruction itself takes its operands{{$}}
wasm:opcode:call:after { alt_call_by_id(1); }
// CHECK: :[[@LINE+1]]:39: error: the argument of 'alt_call_by_id' has to be an integer literal, the index of a function{{$}}
wasm:opcode:call:alt { alt_call_by_id((imm0 as i32)); }
// CHECK: :[[@LINE+1]]:39: error: the argument of 'alt_call_by_id' is a function index and not negative{{$}}
wasm:opcode:call:alt { alt_call_by_id(-1); }
// CHECK: :[[@LINE+1]]:41: error: the argument of 'alt_call_by_name' has to be a string literal, the name of a function{{$}}
wasm:opcode:call:alt { alt_call_by_name(fname); }
// CHECK: :[[@LINE+1]]:23: error: 'alt_call_by_name' is not available at 'wasm:opcode:nop:alt'; only at call, return_call{{$}}
wasm:opcode:nop:alt { alt_call_by_name("f"); }
// CHECK: :[[@LINE+1]]:25: error: 'drop_args' cannot be called in a predicate{{$}}
wasm:opcode:call:alt / (drop_args()) == () / {}
