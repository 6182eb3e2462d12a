// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

var i: i32;
var u: u8;
var f: f32;
// CHECK: :[[@LINE+1]]:9: error: division by zero{{$}}
i = i / (1 - 1);
// CHECK: :[[@LINE+1]]:9: error: remainder of a division by zero{{$}}
i = i % (4 >> 3);
// Cut to the width of the type.
// CHECK: :[[@LINE+1]]:9: error: division by zero{{$}}
u = u / (255 + 1);
// CHECK: :[[@LINE+1]]:14: error: division by zero{{$}}
i = i / (1 / 0);
// No literals, or no integers.
// CHECK-NOT: error:
f = f / 0;
i = i / (i - i);
wasm:report {}
