// RUN: not whamm-frontend-test --core %whamm_core %s 2>&1 | FileCheck %s

use whamm_core;
var g: i32;
// CHECK: :[[@LINE+1]]:5: error: 'whamm_core' is a library, not a function{{$}}
g = whamm_core();
wasm:opcode:call:before {
  // CHECK: :[[@LINE+2]]:3: error: 'g' is a variable, not a function{{$}}
  // CHECK: :4:5: note: 'g' is declared here{{$}}
  g();
  // CHECK: :[[@LINE+1]]:3: error: 'fid' is a bound variable, not a function{{$}}
  fid(1);
  // The arguments of unknown functions are checked for their own errors.
  // CHECK: :[[@LINE+2]]:3: error: unknown function 'nothing'{{$}}
  // CHECK: :[[@LINE+1]]:11: error: unknown variable 'nowhere'{{$}}
  nothing(nowhere);
}
