// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

var s: str;
var b: bool;
// CHECK: :[[@LINE+1]]:7: error: '+' needs numbers, but the operands are 'str'{{$}}
s = s + "a";
// CHECK: :[[@LINE+1]]:7: error: '<' needs numbers, but the operands are 'str'{{$}}
b = s < "a";
// CHECK: :[[@LINE+1]]:5: error: the value of 's' has to be of type 'str', but this is 'i32'{{$}}
s = 1;
// CHECK: :[[@LINE+1]]:5: error: cannot cast 'str' to 'bool'{{$}}
b = s as bool;
// CHECK: :[[@LINE+1]]:7: error: operands of '==' have different types: 'str' and 'i32'{{$}}
b = s == 1;
// CHECK: :[[@LINE+1]]:19: error: the argument has to be of type 'str', but this is 'bool'{{$}}
b = s.starts_with(b);
// CHECK: :[[@LINE+1]]:7: error: 'addr' takes no arguments, not 1{{$}}
b = s.addr(1);
// CHECK: :[[@LINE+1]]:7: error: strings have no method 'start_with'; did you mean 'starts_with'?{{$}}
b = s.start_with(s);
// CHECK: :[[@LINE+1]]:7: error: 'bool' has no methods; 'b' is not a string{{$}}
b = b.len();
// CHECK: :[[@LINE+1]]:1: error: the value of this call is not used{{$}}
s.len();
// CHECK: :[[@LINE+1]]:1: error: unknown library or variable 'nowhere'; libraries need a 'use'{{$}}
nowhere.f();
wasm:report {}
