// A script with errors gives no module, and the errors as the driver shows them.
// RUN: not whamm-translate --script-to-mlir %s 2>&1 | FileCheck %s
// CHECK: script-errors.mm:6:26: error:
// CHECK-NEXT: wasm:opcode:nop:before
// CHECK-NOT: module
wasm:opcode:nop:before { n = 1; }
