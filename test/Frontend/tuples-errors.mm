// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

var t: (u8, (str, i32));
var n: u32;
var b: bool;
// CHECK: :[[@LINE+1]]:8: error: a variable cannot be of type '((), ())', which has no value{{$}}
var e: ((), ());
// CHECK: :[[@LINE+1]]:8: error: a 'funcref' cannot be part of a tuple: it cannot be stored{{$}}
var f: (u8, funcref);
// CHECK: :[[@LINE+1]]:5: error: the value of 't' has to be of type '(u8, (str, i32))' with 2 elements, but this tuple has 3{{$}}
t = (1, ("a", 2), 3);
// CHECK: :[[@LINE+1]]:5: error: the value of 't' has to be of type '(u8, (str, i32))', but this is '(u8, (i32, i32))'{{$}}
t = (1, (1, 2));
// CHECK: :[[@LINE+1]]:5: error: the value of 'n' has to be of type 'u32', but this is '(i32, i32)'{{$}}
n = (1, 2);
// CHECK: :[[@LINE+1]]:5: error: 't' has no element 2: its type is '(u8, (str, i32))'{{$}}
n = t.2;
// CHECK: :[[@LINE+1]]:5: error: 't.1' has no element 7: its type is '(str, i32)'{{$}}
n = t.1.7;
// CHECK: :[[@LINE+1]]:5: error: 't.0' is not a tuple but 'u8'{{$}}
n = t.0.0;
// CHECK: :[[@LINE+1]]:5: error: 'n' is not a tuple but 'u32'{{$}}
n = n.0;
// CHECK: :[[@LINE+1]]:9: error: the value of 't.1.0' has to be of type 'str', but this is 'i32'{{$}}
t.1.0 = 1;
// CHECK: :[[@LINE+1]]:4: error: '++' does not apply to elements of tuples; assign 't.0'{{$}}
t.0++;
// CHECK: :[[@LINE+1]]:7: error: '<' needs numbers, but the operands are '(u8, (str, i32))'{{$}}
b = t < t;
// CHECK: :[[@LINE+1]]:7: error: '+' needs numbers, but the operands are '(u8, (str, i32))'{{$}}
t = t + t;
// CHECK: :[[@LINE+1]]:11: error: the literal is out of range for 'u8'{{$}}
b = t == (300, ("a", 1));
// CHECK: :[[@LINE+1]]:7: error: operands of '==' have different types: '(u8, (str, i32))' and '(u8, i32)'{{$}}
b = t == (1, 1);
// CHECK: :[[@LINE+1]]:5: error: cannot cast '(u8, (str, i32))' to 'i32'{{$}}
n = t as i32;
// CHECK: :[[@LINE+1]]:11: error: a map cannot be used as a value; use its elements, 'm[key]'{{$}}
n = (1, ( m, 2));
var m: map<u8, u8>;
wasm:report {}
