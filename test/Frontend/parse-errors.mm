// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

// Keywords need a boundary.
// CHECK: :[[@LINE+1]]:8: error: expected '=', '++' or '--', found ';'{{$}}
returnx;
// CHECK: :[[@LINE+1]]:5: error: 'map' is a reserved word{{$}}
var map: i32;
// CHECK: :[[@LINE+1]]:5: error: 'arg0x' cannot be declared: names that begin with 'arg' and a digit are operands{{$}}
var arg0x: i32;
// CHECK: :[[@LINE+2]]:12: error: expected ';' after the declaration{{$}}
// CHECK: {{^           ;$}}
var b: bool
// CHECK: :[[@LINE+1]]:6: error: expected ':' and a type, found ';'{{$}}
var c;
// CHECK: :[[@LINE+1]]:8: error: unknown type 'u31'; did you mean 'u32'?{{$}}
var d: u31;
// CHECK: :[[@LINE+1]]:8: error: 'report' is repeated{{$}}
report report var e: u8;
// CHECK: :[[@LINE+1]]:3: error: there is no '+='; write 'x = x + …'{{$}}
x += 1;
// CHECK: :[[@LINE+1]]:6: error: an operand can have one prefix operator only; use parentheses{{$}}
x = !!a;
// CHECK: :[[@LINE+1]]:13: error: an operand can have one cast only; use parentheses{{$}}
x = a as u8 as i32;
// CHECK: :[[@LINE+1]]:7: error: expected an expression, found ','{{$}}
x = f(,1);
// CHECK: :[[@LINE+1]]:9: error: expected an expression, found ')'{{$}}
x = f(1,);
// CHECK: :[[@LINE+1]]:10: error: expected ':' of the conditional, found ';'{{$}}
x = a ? b;
// CHECK: :[[@LINE+1]]:5: error: expected ']', found '='{{$}}
m[1 = 2;
// CHECK: :[[@LINE+1]]:2: error: expected 'static' or 'init', found 'inits'{{$}}
@inits lib.f();
// CHECK: :[[@LINE+1]]:1: error: unexpected '}'{{$}}
}
wasm:report {}
