// RUN: not whamm-frontend-test --core %whamm_core -u lib=%S/Inputs/lib.wat,nomem=%S/Inputs/nomem.wat %s 2>&1 | FileCheck %s
// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s --check-prefix=NONE

use lib;
// NONE: :[[@LINE+1]]:1: error: no library 'nomem' is given; offer it with '-u nomem=FILE.wasm'{{$}}
use nomem;
// CHECK: :[[@LINE+1]]:1: error: no library 'libs' is given; offer it with '-u libs=FILE.wasm'; did you mean 'lib'?{{$}}
use libs;
var i: i32;
var u: u32;
// Nothing more about a library that is not there.
libs.f(i);
u = memid(libs);

// CHECK: :[[@LINE+1]]:9: error: library 'lib' has no function 'sun'; did you mean 'sum'?{{$}}
i = lib.sun(1, 2);
// CHECK: :[[@LINE+1]]:5: error: 'lib.two' cannot be called: it has 2 results, and scripts can use one{{$}}
lib.two();
// CHECK: :[[@LINE+1]]:5: error: 'lib.vector' cannot be called: it takes a value of type v128{{$}}
lib.vector(1);
// CHECK: :[[@LINE+1]]:9: error: 'lib.sum' takes 2 arguments, not 1{{$}}
i = lib.sum(1);
// CHECK: :[[@LINE+1]]:9: error: 'lib.get' takes no arguments, not 2{{$}}
i = lib.get(1, 2);
// CHECK: :[[@LINE+1]]:16: error: argument 2 of 'lib.sum' has to be of type 'i32', but this is 'u32'; cast it with 'as i32'{{$}}
i = lib.sum(1, u);
// CHECK: :[[@LINE+1]]:13: error: the literal is out of range for 'i32'{{$}}
i = lib.sum(4294967296, 1);
// CHECK: :[[@LINE+1]]:13: error: argument 1 of 'lib.sum' has to be of type 'i32', but this is 'str'{{$}}
i = lib.sum("a", 1);
// CHECK: :[[@LINE+1]]:5: error: 'lib.put' has no result{{$}}
i = lib.put(1, 1, 1, 1);
// CHECK: :[[@LINE+1]]:5: error: '@init' applies to a call that is a statement of its own{{$}}
i = @init lib.get();
// CHECK: :[[@LINE+2]]:21: error: dynamic data in a static library call: this is not known before the program runs{{$}}
// CHECK: :[[@LINE+1]]:5: note: the call is static because of this{{$}}
i = @static lib.sum(i, 1);
// CHECK: :[[@LINE+1]]:21: error: dynamic data in a static library call: this is not known before the program runs{{$}}
i = @static lib.sum(lib.get(), 1);
// CHECK: :[[@LINE+1]]:1: error: library 'whamm_core' is not in use; write 'use whamm_core;' in front of the first probe{{$}}
whamm_core.mem_free(0);
// CHECK: :[[@LINE+1]]:11: error: library 'nomem' exports no memory{{$}}
u = memid(nomem);
// CHECK: :[[@LINE+1]]:11: error: the argument of 'memid' has to be the name of a library in use; 'u' is none{{$}}
u = memid(u);
// CHECK: :[[@LINE+1]]:11: error: the argument of 'memid' has to be the name of a library{{$}}
u = memid("lib");
// CHECK: :[[@LINE+1]]:5: error: 'lib' is a library, not a variable{{$}}
i = lib;
wasm:report {}
