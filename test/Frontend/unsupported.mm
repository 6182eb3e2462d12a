// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

// CHECK: :[[@LINE+1]]:1: error: not supported yet: libraries{{$}}
use lib;
// CHECK: :[[@LINE+1]]:8: error: not supported yet: maps{{$}}
var m: map<u32, u32>;
// CHECK: :[[@LINE+1]]:8: error: not supported yet: tuples{{$}}
var t: (i32, i32);
// CHECK: :[[@LINE+1]]:8: error: not supported yet: variables of type 'str'{{$}}
var s: str;
// CHECK: :[[@LINE+1]]:8: error: not supported yet: variables of type 'funcref'{{$}}
var r: funcref;
var x: u32;
// CHECK: :[[@LINE+1]]:1: error: not supported yet: library calls{{$}}
lib.f();
// CHECK: :[[@LINE+1]]:5: error: not supported yet: library calls{{$}}
x = @static lib.f();
// CHECK: :[[@LINE+1]]:5: error: not supported yet: the function 'page_size'{{$}}
x = page_size(APP_MEMID);
// CHECK: :[[@LINE+1]]:1: error: not supported yet: functions{{$}}
fn f() {}
// Uses of what was refused at its declaration are not repeated.
// CHECK-NOT: error
wasm:opcode:nop:before { m[x] = 3; x = t.0; x = s.len(); }
// CHECK: :[[@LINE+1]]:18: error: not supported yet: 'alt' probes{{$}}
wasm:opcode:call:alt {}
// CHECK: :[[@LINE+1]]:6: error: not supported yet: 'wasm:begin' probes{{$}}
wasm:begin {}
// CHECK: :[[@LINE+1]]:6: error: not supported yet: 'wasm:end' probes{{$}}
wasm:end {}
// CHECK: :[[@LINE+1]]:38: error: not supported yet: assignment to 'arg0'{{$}}
wasm:opcode:call(arg0: i32):before { arg0 = 1; }
// CHECK: :[[@LINE+1]]:37: error: not supported yet: assignment to 'local0'{{$}}
wasm(local0: i32):opcode:nop:after {local0++; }
// CHECK: :[[@LINE+1]]:35: error: not supported yet: 'targets'{{$}}
wasm:opcode:br_table:before { x = targets[0]; }
// CHECK: :[[@LINE+1]]:40: error: not supported yet: 'resolved_fid'{{$}}
wasm:opcode:call_indirect:before { x = resolved_fid as u32; }
// CHECK: :[[@LINE+1]]:27: error: not supported yet: the function 'drop_args'{{$}}
wasm:opcode:call:before { drop_args(); }
// CHECK: :[[@LINE+1]]:32: error: not supported yet: a conditional between strings{{$}}
wasm:func:entry { if (fname == (x == 1 ? "a" : "b")) {} }
// CHECK: :[[@LINE+1]]:29: error: not supported yet: the method 'addr' of strings{{$}}
wasm:func:entry { x = fname.addr(); }
