// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

wasm:report {
  // CHECK: :[[@LINE+1]]:14: error: there is no empty statement{{$}}
  if (c) { } ;
  // CHECK: :[[@LINE+1]]:3: error: a block cannot stand alone{{$}}
  { x = 1; }
  // CHECK: :[[@LINE+3]]:14: error: 'else if' is written 'elif'{{$}}
  // CHECK-NEXT: if (c) { } else if (d) { }
  // CHECK-NEXT: {{^             \^~~~~~~$}}
  if (c) { } else if (d) { }
  x = 1;
  // CHECK: :[[@LINE+1]]:3: error: 'else' without 'if'{{$}}
  else { }
  // CHECK: :[[@LINE+1]]:14: error: expected ')', found '{'{{$}}
  if (c == 1 { }
  x = 1;
  // CHECK: :[[@LINE+1]]:3: error: expected a statement, found '1'{{$}}
  1 = 2;
  // CHECK: :[[@LINE+1]]:15: error: expected ';' after the assignment{{$}}
  x = "a" == b
  x = 3;
}
// CHECK: :[[@LINE+1]]:1: error: 'use' has to stand before the first probe{{$}}
use late;
// CHECK: :[[@LINE+1]]:30: error: expected '/' behind the predicate, found 'b'{{$}}
wasm:opcode:call:before / a  b {}
// CHECK: :[[@LINE+1]]:25: error: expected '{' and the probe's body, found ';'{{$}}
wasm:opcode:call:before ;
// CHECK: :[[@LINE+1]]:25: error: a rule has at most four parts: provider, package, event and mode{{$}}
wasm:opcode:call:before:x {}
// CHECK: :[[@LINE+1]]:22: error: expected ':' and a type, found ')'{{$}}
wasm:opcode:call(arg0):before {}
wasm:opcode:call:before {
  if (c) {
    x = 1;
// CHECK: :[[@LINE+4]]:1: error: expected '}'{{$}}
// CHECK: :[[@LINE-3]]:10: note: to match this '{'{{$}}
// CHECK-NOT: error
// CHECK: {{^}}13 errors{{$}}
wasm:func:entry {}
