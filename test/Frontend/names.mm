// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

var count: i32;
// CHECK: :[[@LINE+2]]:5: error: 'count' is already declared{{$}}
// CHECK: :[[@LINE-2]]:5: note: the first declaration is here{{$}}
var count: i32;
// CHECK: :[[@LINE+1]]:5: error: 'fid' is the name of a bound variable and cannot be declared{{$}}
var fid: u32;
// CHECK: :[[@LINE+1]]:5: error: 'res0' is the name of a bound variable and cannot be declared{{$}}
var res0: u32;
// CHECK: :[[@LINE+1]]:14: error: 'pc' is not available outside of probes{{$}}
var x: u32 = pc;
// CHECK: :[[@LINE+1]]:1: error: unknown variable 'coumt'; did you mean 'count'?{{$}}
coumt++;
// CHECK: :[[@LINE+1]]:1: error: only declarations, assignments and calls are allowed at global scope{{$}}
if (true) { }

var target: u32;
wasm:opcode:br:before { target++; }
// CHECK: :[[@LINE+2]]:31: error: 'target' is both a global variable and a bound variable here{{$}}
// CHECK: :[[@LINE-3]]:5: note: the global variable is declared here{{$}}
wasm:opcode:br_table:before { target++; }

// CHECK: :[[@LINE+2]]:27: error: 'n' is a variable of the body; the predicate cannot use it{{$}}
// CHECK: :[[@LINE+2]]:16: note: it is declared here{{$}}
wasm:opcode:call:before / n > 3 / {
  unshared var n: i32;
  // CHECK: :[[@LINE+1]]:7: error: 'imm0' is the name of a bound variable and cannot be declared{{$}}
  var imm0: u32;
  // CHECK: :[[@LINE+1]]:16: error: 'b' is used before its declaration{{$}}
  var b: i32 = b;
  // A variable of the site can be used by the next one, a plain one cannot.
  unshared var m: i32 = n;
  var p: i32 = m;
  // CHECK: :[[@LINE+2]]:36: error: 'p' is a variable of the probe's body; what runs before the program cannot use it{{$}}
  // CHECK: :[[@LINE-2]]:7: note: 'p' is declared here{{$}}
  if (n > 0) { report var r: i32 = p; }
  // A block opens no scope.
  // CHECK: :[[@LINE+1]]:27: error: 'r' is already declared{{$}}
  if (n > r) { report var r: i32; }
  // CHECK: :[[@LINE+1]]:3: error: 'fname' is static and cannot be assigned{{$}}
  fname = "x";
  // CHECK: :[[@LINE+1]]:3: error: unknown library or variable 'lib'; libraries need a 'use'{{$}}
  lib.f();
  // CHECK: :[[@LINE+1]]:3: error: unknown function 'drop_arg'; did you mean 'drop_args'?{{$}}
  drop_arg();
  // CHECK: :[[@LINE+1]]:13: error: strings have no method 'length'{{$}}
  n = fname.length() as i32;
  // CHECK: :[[@LINE+1]]:13: error: 'starts_with' takes one argument, not 0{{$}}
  n = fname.starts_with() ? 1 : 0;
  // CHECK: :[[@LINE+1]]:11: error: 'u32' has no methods; 'fid' is not a string{{$}}
  n = fid.len();
}
// Siblings may reuse names.
wasm:opcode:call:before { unshared var n: i32; n++; }
