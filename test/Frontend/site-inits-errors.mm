// RUN: not whamm-frontend-test --core %whamm_core -u lib=%S/Inputs/lib.wat %s 2>&1 | FileCheck %s

use lib;
var g: i32;
fn f(x: i32) -> i32 { return x; }

// What is known before the program runs, and what can be computed then.
wasm:opcode:call(arg0: i32):before {
  var plain: i32;
  unshared var a: i32 = f(g) + lib.get() + fid as i32;
  unshared var b: u32 = mem_size(APP_MEMID) + fname.len();
  unshared var c: i32 = a;
  @init lib.sum(a, c);
  plain = (b as i32) + c;
  // CHECK: :[[@LINE+1]]:25: error: 'arg0' is not known before the program runs; the initialiser of a 'report' or 'unshared' variable cannot use it{{$}}
  unshared var d: i32 = arg0;
  // CHECK: :[[@LINE+2]]:25: error: 'plain' is a variable of the probe's body; what runs before the program cannot use it{{$}}
  // CHECK: :[[@LINE-9]]:7: note: 'plain' is declared here{{$}}
  unshared var e: i32 = plain;
  // CHECK: :[[@LINE+1]]:23: error: 'read_str' cannot be called before the program runs, where 'report' and 'unshared' variables are initialised{{$}}
  report var h: str = read_str(0, 0, 0);
  // CHECK: :[[@LINE+1]]:23: error: the initialiser of 'i' has to be of type 'u32', but this is 'i32'; cast it with 'as u32'{{$}}
  report var i: u32 = g;
  // CHECK: :[[@LINE+1]]:17: error: 'plain' is a variable of the probe's body; what runs before the program cannot use it{{$}}
  @init lib.sum(plain, 1);
  // CHECK: :[[@LINE+1]]:17: error: 'arg0' is not known before the program runs
  @init lib.sum(arg0, 1);
  // CHECK: :[[@LINE+1]]:25: error: 'j' is used before its declaration{{$}}
  unshared var k: i32 = j;
  var j: i32 = 1;
}
// CHECK: :[[@LINE+1]]:49: error: dynamic data in a static library call: this is not known before the program runs{{$}}
wasm:opcode:br_if:before / (@static lib.sum(1, (arg0 as i32))) as bool / {
}
// CHECK: :[[@LINE+1]]:29: error: '@init' applies to a call that is a statement of its own{{$}}
wasm:opcode:br_if:before / (@init lib.get()) as bool / {}
// CHECK: :[[@LINE+1]]:15: error: '@init' runs once per match site; a report probe has none{{$}}
wasm:report { @init lib.get(); }
// CHECK: :[[@LINE+1]]:14: error: '@init' runs once per match site; a function has none{{$}}
fn later() { @init lib.get(); }
// CHECK: :[[@LINE+1]]:14: error: a function cannot make static library calls: they are made per match site{{$}}
fn fixed() { @static lib.get(); }
// CHECK: :[[@LINE+1]]:19: error: '@init' applies to library calls only{{$}}
wasm:func:entry { @init fname.len(); }
