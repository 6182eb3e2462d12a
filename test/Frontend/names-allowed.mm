// RUN: whamm-frontend-test --core %whamm_core --parse-only %s
// RUN: whamm-frontend-test --core %whamm_core --dump-checked %s | FileCheck %s --match-full-lines

// Only bound names are reserved: not those of packages, events, modes, methods,
// built-in functions, types and libraries, nor words that begin with another.
use whamm_core;
// CHECK: Global 'wasm' i32
var wasm: i32;
var opcode: i32;
var before: i32;
var call: i32;
var len: i32;
var memcpy: i32;
var str: i32;
var whamm: i32;
var report: i32;
var use: i32;
var whamm_core: i32;
var mem_alloc: i32;
var truex: i32;
var iff: i32;
var return1: i32;
var varx: i32;
var mapx: i32;
var elif: i32;
// Names of events that others have.
var addr: i32;
var _: i32;
// CHECK: Init
// CHECK: Ident 'whamm_core' global : i32
// CHECK: LibCall 'whamm_core' : i32
whamm_core = whamm_core.mem_alloc(len);
report = truex + iff + return1 + varx + mapx + whamm + str;
opcode = before + call + memcpy + use + mem_alloc + elif + wasm + _;
addr++;
// CHECK: Function 'fid' -> ()
fn fid(pc: i32) {}
wasm:opcode:call:before { fid(fid as i32); }
