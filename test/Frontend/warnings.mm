// RUN: whamm-frontend-test --dump-checked %s >%t 2>&1
// RUN: FileCheck %s <%t

var x: u32;
// CHECK: :[[@LINE+1]]:5: warning: unused variable 'unused'{{$}}
var unused: u32 = 3;
var _ignored: u32;
report var printed: u32;
// CHECK: :[[@LINE+1]]:13: warning: the literal is out of range for 'u8' and becomes 44{{$}}
var b: u8 = 300;
// CHECK: :[[@LINE+1]]:13: warning: the literal is out of range for 'i8' and becomes -56{{$}}
var c: i8 = 200;
// CHECK: :[[@LINE+1]]:14: warning: the literal is out of range for 'i32' and becomes 1{{$}}
var d: i32 = 4294967297;
// Another spelling of the same bits.
// CHECK-NOT: warning: the literal
var e: u8 = -1;
var f: i32 = 0xFFFF0000;
var g: i8 = 0b10000000;
// CHECK: :[[@LINE+1]]:5: warning: this value is out of range for 'u8' and becomes 44{{$}}
b = 300 as u8;
// CHECK: :[[@LINE+1]]:5: warning: this value is out of range for 'i32'{{$}}
d = 3e10 as i32;
// CHECK: :[[@LINE+1]]:5: warning: this value is out of range for 'u8'{{$}}
b = -1.0 as u8;
e = -1 as u8;
f = 0xFFFFFFFF as i32;
d = 1.5 as i32;
g = c;

wasm:opcode:*.load|*.store:before {
  if (x == 0) {
    return;
    // CHECK: :[[@LINE+2]]:5: warning: this statement is never reached{{$}}
    // CHECK: :[[@LINE-2]]:5: note: because of this 'return'{{$}}
    x = addr;
  }
  // CHECK: :[[@LINE+1]]:7: warning: unused variable 'local'{{$}}
  var local: str;
  // CHECK: :[[@LINE+1]]:16: warning: unused variable 'site'{{$}}
  unshared var site: u32;
  var _site: u32;
  // A comparison may be constant for one class only: no warning.
  // CHECK-NOT: this comparison
  if (arg0 < 0) {}
}
wasm:opcode:i32.load:before {
  // CHECK: :[[@LINE+1]]:12: warning: this comparison is always false for values of type 'u32'{{$}}
  if (arg0 < 0) { return; }
  // CHECK: :[[@LINE+1]]:11: warning: this comparison is always true for values of type 'u32'{{$}}
  elif (0 <= x) { x = 2; return; } else { return; }
  // CHECK: :[[@LINE+2]]:3: warning: this statement is never reached{{$}}
  // CHECK: :[[@LINE-4]]:3: note: because each branch of this 'if' returns{{$}}
  x = 3;
}
// CHECK: :[[@LINE+1]]:17: warning: this comparison is always true for values of type 'u8'{{$}}
wasm:report / b <= 255 / {}
// CHECK: :[[@LINE+1]]:26: warning: this predicate is always false: the probe never fires{{$}}
wasm:opcode:nop:before / x == 1 && (1 == 2 || !true) / {}
// CHECK: :[[@LINE+1]]:21: warning: nothing that this rule matches has 'arg1' of type 'i32': the probe never fires{{$}}
wasm:opcode:i32.eqz(arg1: i32):before {}
// CHECK: :[[@LINE+1]]:20: warning: nothing that this rule matches has 'arg0' of type 'f32': the probe never fires{{$}}
wasm:opcode:i*.add(arg0: f32):before {}
// CHECK: :[[@LINE+1]]:17: warning: nothing that this rule matches has 'res0' of type 'i32': the probe never fires{{$}}
wasm:opcode:nop(res0: i32):after {}
// CHECK: :[[@LINE+1]]:6: warning: nothing that this rule matches has 'arg0' of type 'i32': the probe never fires{{$}}
wasm(arg0: i32):func:entry {}
// CHECK: :[[@LINE+1]]:29: warning: the instruction has taken its operands by now; this assignment to 'arg0' changes nothing but its value here{{$}}
wasm:opcode:i32.add:after { arg0 = 1; }
// CHECK-NOT: warning
wasm:opcode:i*.add(arg0: i64):before {}
wasm:opcode:call|local.set|drop(arg0: f32):before {}
