// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

// CHECK: :[[@LINE+3]]:5: error: a decimal literal cannot begin with 0{{$}}
// CHECK-NEXT: {{^}}x = 007;
// CHECK-NEXT: {{^}}    ^~~{{$}}
x = 007;
// CHECK: :[[@LINE+1]]:5: error: invalid hexadecimal literal{{$}}
x = 0xff_ff;
// CHECK: :[[@LINE+1]]:5: error: invalid binary literal{{$}}
x = 0b12;
// CHECK: :[[@LINE+1]]:5: error: invalid number{{$}}
x = 12abc;
// CHECK: :[[@LINE+1]]:5: error: integer literal is too large{{$}}
x = 170141183460469231731687303715884105728;
// CHECK: :[[@LINE+1]]:5: error: -0 is not an integer literal{{$}}
x = -0;
// CHECK: :[[@LINE+1]]:5: error: only a decimal literal can have a sign{{$}}
x = -0x1;
// CHECK: :[[@LINE+1]]:5: error: there is no unary minus; write '0 - x'{{$}}
x = -y;
// CHECK: :[[@LINE+1]]:5: error: there is no unary minus; write '0 - x'{{$}}
x = - 1;
// CHECK: :[[@LINE+1]]:5: error: there is no unary minus; write '0 - x'{{$}}
x = -infinity;
// CHECK: :[[@LINE+1]]:5: error: expected an expression, found '.'{{$}}
x = .5;
// CHECK: :[[@LINE+1]]:7: error: invalid escape sequence in a string{{$}}
x = "a\q";
// CHECK: :[[@LINE+1]]:6: error: invalid escape sequence in a string{{$}}
x = "\u{D800}";
// CHECK: :[[@LINE+1]]:6: error: invalid escape sequence in a string{{$}}
x = "\x4";
// Columns count characters, not bytes; a tab is one and stays one.
// CHECK: :[[@LINE+3]]:16: error: unexpected character{{$}}
// CHECK-NEXT: x = "€ö"; y = #;
// CHECK-NEXT: {{^	              \^$}}
	x = "€ö"; y = #;
// CHECK: :[[@LINE+1]]:1: error: unterminated comment{{$}}
/* /* */
wasm:report {}
