// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

// CHECK: :[[@LINE+1]]:8: error: a 'funcref' cannot be stored; only parameters and plain variables of a body can be of this type{{$}}
var g: funcref;
// CHECK: :[[@LINE+1]]:1: error: a function cannot return a 'funcref'{{$}}
fn f(r: funcref) -> funcref { return r; }
wasm:opcode:table.get:before {
  // CHECK: :[[@LINE+1]]:19: error: a 'funcref' cannot be stored; only parameters and plain variables of a body can be of this type{{$}}
  unshared var s: funcref;
  // CHECK: :[[@LINE+1]]:7: error: 'd' needs an initialiser: a 'funcref' has no default value{{$}}
  var d: funcref;
  var r: funcref = target_funcref;
  // CHECK: :[[@LINE+1]]:9: error: values of type 'funcref' cannot be compared{{$}}
  if (r == r) {}
  // CHECK: :[[@LINE+1]]:7: error: a conditional cannot choose between values of type 'funcref'{{$}}
  r = true ? r : r;
  // CHECK: :[[@LINE+1]]:7: error: cannot cast 'funcref' to 'i32'{{$}}
  if (r as i32 == 1) {}
  // CHECK: :[[@LINE+1]]:8: error: a 'funcref' cannot be part of a tuple: it cannot be stored{{$}}
  if ((r, 1) == (r, 1)) {}
  // CHECK: :[[@LINE+1]]:3: error: 'target_funcref' is computed from other values and cannot be assigned{{$}}
  target_funcref = r;
}
// CHECK: :[[@LINE+1]]:41: error: 'resolve_funcref' is not available at 'wasm:opcode:nop:before'; only at call_indirect, return_call_indirect, table.get{{$}}
wasm:opcode(arg0: funcref):nop:before / resolve_funcref(arg0, 1) == 1 / {}
