// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

var g: i32;
fn f(a: i32, b: str) -> i32 { return a; }
// CHECK: :[[@LINE+2]]:4: error: 'f' is already declared{{$}}
// CHECK: :[[@LINE-2]]:4: note: the first declaration is here{{$}}
fn f() {}
// CHECK: :[[@LINE+2]]:4: error: 'g' is already declared{{$}}
// CHECK: :[[@LINE-6]]:5: note: the first declaration is here{{$}}
fn g() {}
// CHECK: :[[@LINE+1]]:4: error: 'memcpy' is the name of a built-in function and cannot be declared{{$}}
fn memcpy() {}
// CHECK: :[[@LINE+1]]:10: error: a map cannot be a parameter{{$}}
fn p1(m: map<u8, u8>) {}
// CHECK: :[[@LINE+1]]:1: error: a function cannot return a map{{$}}
fn p2() -> map<u8, u8> {}
// CHECK: :[[@LINE+1]]:15: error: 'a' is already declared{{$}}
fn p3(a: i32, a: i32) {}
// CHECK: :[[@LINE+1]]:7: error: 'f' is already declared{{$}}
fn p4(f: i32) {}
// CHECK: :[[@LINE+1]]:7: error: 'local0' is the name of a bound variable and cannot be declared{{$}}
fn p5(local0: i32) {}
// CHECK: :[[@LINE+2]]:31: error: the result of 'r1' has to be of type 'i32', but this is 'str'{{$}}
// CHECK: :[[@LINE+2]]:4: error: 'r2' has to return a value of type 'i32', but a path through it ends without 'return'{{$}}
fn r1(a: str) -> i32 { return a; }
fn r2(a: i32) -> i32 { if (a == 0) { return 1; } elif (a == 1) { a = 2; } else { return 3; } }
// CHECK: :[[@LINE+2]]:17: error: 'r3' has to return a value of type 'u8'{{$}}
// CHECK: :[[@LINE+1]]:4: note: 'r3' is declared here{{$}}
fn r3() -> u8 { return; }
// CHECK: :[[@LINE+1]]:18: error: 'r4' has no result, but this is 'i32'{{$}}
fn r4() { return 1; }
// CHECK: :[[@LINE+1]]:11: error: a function cannot declare 'report' or 'unshared' variables: they belong to probes{{$}}
fn d1() { report var x: i32; }
// CHECK: :[[@LINE+1]]:25: error: 'pc' is not available outside of probes{{$}}
fn d2() -> u32 { return pc; }
// CHECK: :[[@LINE+2]]:1: error: functions of the script cannot be called at global scope{{$}}
// CHECK: :4:4: note: 'f' is declared here{{$}}
f(1, "a");
wasm:opcode:call:before {
  // CHECK: :[[@LINE+2]]:3: error: 'f' takes 2 arguments, not 1{{$}}
  // CHECK: :4:4: note: 'f' is declared here{{$}}
  f(1);
  // CHECK: :[[@LINE+1]]:5: error: argument 1 of 'f' has to be of type 'i32', but this is 'u32'; cast it with 'as i32'{{$}}
  f(fid, fname);
  // CHECK: :[[@LINE+1]]:7: error: 'r4' has no result{{$}}
  g = r4();
  // CHECK: :[[@LINE+1]]:7: error: 'f' is already declared{{$}}
  var f: i32;
}
