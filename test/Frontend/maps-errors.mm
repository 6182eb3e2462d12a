// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

var m: map<u8, u32>;
var x: u32;
// CHECK: :[[@LINE+1]]:8: error: a map cannot be the key of a map{{$}}
var a: map<map<u8, u8>, u8>;
// CHECK: :[[@LINE+1]]:8: error: a map cannot be the value of a map{{$}}
var b: map<u8, map<u8, u8>>;
// CHECK: :[[@LINE+1]]:8: error: a map cannot be part of a tuple{{$}}
var c: (u8, map<u8, u8>);
// CHECK: :[[@LINE+1]]:8: error: a map cannot be part of a tuple{{$}}
var d: map<u8, (u8, (map<u8, u8>, u8))>;
// CHECK: :[[@LINE+1]]:8: error: the key of a map cannot be '()', which has no value{{$}}
var e: map<(), u8>;
// CHECK: :[[@LINE+1]]:8: error: a 'funcref' cannot be the value of a map: it cannot be stored{{$}}
var f: map<u8, funcref>;
// CHECK: :[[@LINE+1]]:23: error: a map cannot have an initialiser; it starts empty, and elements are stored one by one{{$}}
var g: map<u8, u32> = m;
// CHECK: :[[@LINE+1]]:1: error: a map cannot be assigned as a whole; assign its elements, 'm[key]'{{$}}
m = m;
// CHECK: :[[@LINE+1]]:5: error: a map cannot be used as a value; use its elements, 'm[key]'{{$}}
x = m;
// CHECK: :[[@LINE+1]]:5: error: 'x' is not a map but 'u32'{{$}}
x = x[1];
// CHECK: :[[@LINE+1]]:7: error: the literal is out of range for 'u8'{{$}}
x = m[256];
// CHECK: :[[@LINE+1]]:7: error: the key of 'm' has to be of type 'u8', but this is 'u32'; cast it with 'as u8'{{$}}
x = m[x];
// CHECK: :[[@LINE+1]]:7: error: the key of 'm' has to be of type 'u8', but this is '(i32, i32)'{{$}}
x = m[(1, 2)];
// CHECK: :[[@LINE+1]]:8: error: the value of an element of 'm' has to be of type 'u32', but this is 'str'{{$}}
m[0] = "a";
var s: map<u8, str>;
// CHECK: :[[@LINE+1]]:5: error: '++' needs a number, but an element of 's' is 'str'{{$}}
s[0]++;
// CHECK: :[[@LINE+1]]:8: error: unknown variable 'n'{{$}}
x = m[(n)];
// CHECK: :[[@LINE+1]]:1: error: a map cannot be assigned as a whole; assign its elements, 'm[key]'{{$}}
m++;
wasm:opcode:br_table:before {
  // CHECK: :[[@LINE+1]]:3: error: 'targets' is static and cannot be assigned{{$}}
  targets[0] = 1;
  // CHECK: :[[@LINE+1]]:7: error: a map cannot be used as a value; use its elements, 'targets[key]'{{$}}
  x = targets;
}
