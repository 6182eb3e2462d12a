// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

var g: i32;
fn f(p: i32) {
  // CHECK: :[[@LINE+2]]:7: error: 'p' is already declared{{$}}
  // CHECK: :[[@LINE-2]]:6: note: the first declaration is here{{$}}
  var p: i32;
  // CHECK: :[[@LINE+1]]:7: error: 'g' is already declared{{$}}
  var g: i32;
  // CHECK: :[[@LINE+1]]:7: error: 'APP_MEMID' is the name of a bound variable and cannot be declared{{$}}
  var APP_MEMID: i32;
  // CHECK: :[[@LINE+1]]:7: error: 'later' is already declared{{$}}
  var later: i32;
  // CHECK: :[[@LINE+2]]:42: error: 'q' is already declared{{$}}
  // CHECK: :[[@LINE+1]]:21: note: the first declaration is here{{$}}
  if (p == 1) { var q: i32; } else { var q: i32; }
}
fn later(g2: i32) {}
wasm:opcode:call:before {
  // CHECK: :[[@LINE+1]]:14: error: 'g' is already declared{{$}}
  report var g: i32;
  // CHECK: :[[@LINE+1]]:7: error: 'target_fn_name' is the name of a bound variable and cannot be declared{{$}}
  var target_fn_name: str;
  // CHECK: :[[@LINE+1]]:7: error: 'f' is already declared{{$}}
  var f: i32;
}
