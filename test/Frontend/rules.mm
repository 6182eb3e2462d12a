// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

// CHECK: :[[@LINE+4]]:13: error: no event 'cal' in package 'opcode'; did you mean 'call'?{{$}}
// CHECK-NEXT: {{^}}wasm:opcode:cal:before {}
// CHECK-NEXT: {{^            \^~~$}}
// CHECK-NEXT: {{^            call$}}
wasm:opcode:cal:before {}
// CHECK: :[[@LINE+1]]:13: error: no event matches 'v128*' in package 'opcode'{{$}}
wasm:opcode:v128*:before {}
// CHECK: :[[@LINE+1]]:18: error: no mode 'befor' of event 'call'; did you mean 'before'?{{$}}
wasm:opcode:call:befor {}
// CHECK: :[[@LINE+1]]:22: error: no mode matches 'e*' of the matched events{{$}}
wasm:opcode:call|nop:e* {}
// CHECK: :[[@LINE+1]]:1: error: the rule has to name a mode of event 'br': before, after, alt, at_target{{$}}
wasm:opcode:br {}
// CHECK: :[[@LINE+1]]:1: error: the rule has to name an event of package 'opcode'{{$}}
wasm:opcode {}
// CHECK: :[[@LINE+1]]:17: error: event 'entry' has no modes{{$}}
wasm:func:entry:before {}
// CHECK: :[[@LINE+1]]:13: error: package 'report' has no events{{$}}
wasm:report:x {}
// CHECK: :[[@LINE+1]]:1: error: no provider 'wams'; did you mean 'wasm'?{{$}}
wams:opcode:call:before {}
// CHECK: :[[@LINE+1]]:6: error: no package 'opcde' in provider 'wasm'; did you mean 'opcode'?{{$}}
wasm:opcde:call:before {}
// CHECK: :[[@LINE+1]]:13: error: malformed pattern: expected ']' to close this set{{$}}
wasm:opcode:[ca:before {}
// CHECK: :[[@LINE+1]]:15: error: malformed pattern: '**' must stand alone; use '*'{{$}}
wasm:opcode:br**:before {}

// CHECK: :[[@LINE+1]]:18: error: 'imm0' is static and cannot have a type bound{{$}}
wasm:opcode:call(imm0: u32):before {}
// CHECK: :[[@LINE+1]]:6: error: 'fid' is static and cannot have a type bound{{$}}
wasm(fid: i32):opcode:call:before {}
// CHECK: :[[@LINE+1]]:23: error: a type bound applies to argN, resN, localN or immN, not to 'addr'{{$}}
wasm:opcode:i32.load( addr: i32):before {}
// CHECK: :[[@LINE+1]]:24: error: a type bound cannot be of type 'str'{{$}}
wasm:opcode:call(arg0: str):before {}
// CHECK: :[[@LINE+1]]:18: error: 'res0' is available in 'after' probes only{{$}}
wasm:opcode:call(res0: i32):before {}
// CHECK: :[[@LINE+2]]:29: error: 'arg0' has two type bounds{{$}}
// CHECK: :[[@LINE+1]]:18: note: the first one is here{{$}}
wasm:opcode:call(arg0: i32, arg0: u32):before {}
// CHECK: :[[@LINE+1]]:25: warning: type bounds on the mode are ignored{{$}}
wasm:opcode:call:before(arg0: i32) {}
