// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

var i: i32;
var u: u32;
var b: u8;
var f: f32;
var c: bool;

// CHECK: :[[@LINE+3]]:5: error: the value of 'i' has to be of type 'i32', but this is 'u32'; cast it with 'as i32'{{$}}
// CHECK-NEXT: {{^}}i = u + 1;
// CHECK-NEXT: {{^    \^~~~~$}}
i = u + 1;
// CHECK: :[[@LINE+1]]:7: error: operands of '+' have different types: 'i32' and 'u32'; cast one of them with 'as'{{$}}
i = i + u;
// CHECK: :[[@LINE+1]]:7: error: operands of '==' have different types: 'i32' and 'u8'; cast one of them with 'as'{{$}}
c = i == b;
// CHECK: :[[@LINE+1]]:10: error: the literal is out of range for 'u8'{{$}}
c = b == 256;
// CHECK: :[[@LINE+1]]:5: error: the literal is out of range for 'u32'{{$}}
c = -1 < u;
// CHECK: :[[@LINE+1]]:7: error: '&' needs integers, but the operands are 'f32'{{$}}
f = f & f;
// CHECK: :[[@LINE+1]]:7: error: '<<' needs integers, but the operands are 'f32'{{$}}
f = f << 1;
// CHECK: :[[@LINE+1]]:5: error: '~' needs an integer, but the operand is 'bool'{{$}}
c = ~c;
// CHECK: :[[@LINE+1]]:5: error: '!' needs a 'bool', but the operand is 'i32'{{$}}
c = !i;
// CHECK: :[[@LINE+1]]:7: error: '<' needs numbers, but the operands are 'bool'{{$}}
c = c < true;
// CHECK: :[[@LINE+1]]:9: error: '+' needs numbers, but the operands are 'str'{{$}}
c = "a" + "b" == "ab";
// CHECK: :[[@LINE+1]]:10: error: '&&' needs 'bool' operands, but this is 'i32'{{$}}
c = c && i;
// CHECK: :[[@LINE+1]]:9: error: division by zero{{$}}
i = i / 0;
// CHECK: :[[@LINE+1]]:10: error: remainder of a division by zero{{$}}
i = (1 % 0);
// CHECK: :[[@LINE+1]]:5: error: a floating-point literal cannot become 'i32'{{$}}
i = 1.5;
// CHECK: :[[@LINE+1]]:5: error: the value of 'c' has to be of type 'bool', but this is 'i32'{{$}}
c = 1;
// CHECK: :[[@LINE+1]]:5: error: the branches of the conditional have different types: 'i32' and 'u8'{{$}}
i = c ? i : b;
// CHECK: :[[@LINE+1]]:5: error: the condition has to be 'bool', but this is 'i32'{{$}}
i = i ? 1 : 2;
// CHECK: :[[@LINE+1]]:5: error: cannot cast 'i32' to 'str'{{$}}
c = i as str == "";
// CHECK: :[[@LINE+1]]:2: error: '++' needs a number, but 'c' is 'bool'{{$}}
c++;
wasm:report {}
// CHECK: {{^}}20 errors{{$}}
