// RUN: whamm-frontend-test --dump-checked %s >%t 2>&1
// RUN: FileCheck %s <%t

var x: u32;
wasm:opcode:*.load|*.store:before {
  if (x == 0) {
    return;
    // CHECK: :[[@LINE+2]]:5: warning: this statement is never reached{{$}}
    // CHECK: :[[@LINE-2]]:5: note: because of this 'return'{{$}}
    x = addr;
  }
}
// Once, however many classes the rule has. It is not part of the checked tree.
// CHECK-NOT: warning
// CHECK-NOT: 'addr' dynamic
