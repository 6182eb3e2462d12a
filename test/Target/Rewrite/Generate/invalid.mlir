// What cannot be put into a program is an error, whatever it is.
// RUN: printf '(module (func $f i32.const 5 drop))' > %t.wat
// RUN: split-file %s %t
// RUN: not whamm-translate --mlir-to-wasm --app=%t.wat %t/slot.mlir 2>&1 | FileCheck %s --check-prefix=SLOT
// SLOT: error: {{.*}}slot
// RUN: not whamm-translate --mlir-to-wasm --app=%t.wat %t/operation.mlir 2>&1 | FileCheck %s --check-prefix=OPERATION
// OPERATION: error: {{.*}}no WebAssembly for this operation
// RUN: not whamm-translate --mlir-to-wasm --app=%t.wat %t/place.mlir 2>&1 | FileCheck %s --check-prefix=PLACE
// PLACE: error:
// RUN: not whamm-translate --mlir-to-wasm --app=%t.wat %t/operand.mlir 2>&1 | FileCheck %s --check-prefix=OPERAND
// OPERAND: error: the output is not valid: {{.*}}type mismatch
// RUN: not whamm-translate --mlir-to-wasm --app=%t.missing %t/place.mlir 2>&1 | FileCheck %s --check-prefix=APP
// RUN: not whamm-translate --mlir-to-wasm %t/place.mlir 2>&1 | FileCheck %s --check-prefix=APP
// APP: error: --app: cannot open
// RUN: not whamm-translate --mlir-to-wasm --app=%t.wat %t/syntax.mlir 2>&1 | FileCheck %s --check-prefix=SYNTAX
// SYNTAX: error: {{.*}}expected
// RUN: not whamm-translate --mlir-to-wasm --app=%t.wat %t/width.mlir 2>&1 | FileCheck %s --check-prefix=WIDTH
// WIDTH: error: {{.*}}no WebAssembly for this operation
// RUN: not whamm-translate --mlir-to-wasm --app=%t.wat %t/twice.mlir 2>&1 | FileCheck %s --check-prefix=SLOT

//--- slot.mlir
wasm_inject.state @s : ui32 site report name "s" script 0
wasm_inject.template @t params [] states [@s] body {
^bb0:
}
wasm_inject.sites @t at before rank 0 instances ["x"] func [0] opidx [0] pc [1] instance [0] slot [2000000000] holes []
//--- operation.mlir
wasm_inject.state @s : f32 program name "s" script 0
wasm_inject.init {
  %c = wasm_inject.state_get @s : f32
  %m = arith.maximumf %c, %c : f32
  wasm_inject.state_set @s, %m : f32
}
//--- width.mlir
wasm_inject.state @s : ui32 program name "s" script 0
wasm_inject.init {
  %c = wasm_inject.state_get @s : i32
  %t = arith.trunci %c : i32 to i8
  %m = arith.addi %t, %t : i8
  %e = arith.extui %m : i8 to i32
  wasm_inject.state_set @s, %e : i32
}
//--- place.mlir
wasm_inject.state @s : ui32 program name "s" script 0
wasm_inject.template @t params [] states [] body {
^bb0:
  %c = arith.constant 1 : i32
  wasm_inject.state_set @s, %c : i32
}
wasm_inject.sites @t at before rank 0 instances ["x"] func [9] opidx [0] pc [1] instance [0] slot [-1] holes []
//--- operand.mlir
wasm_inject.state @s : f64 program name "s" script 0
wasm_inject.template @t params [#wasm_inject.param<arg 0>] states [] body {
^bb0(%a: f64):
  wasm_inject.state_set @s, %a : f64
}
wasm_inject.sites @t at before rank 0 instances ["x"] func [0] opidx [1] pc [1] instance [0] slot [-1] holes []
//--- syntax.mlir
wasm_inject.template
//--- twice.mlir
wasm_inject.state @s : ui32 site report name "s" script 0
wasm_inject.template @t params [] states [@s] body {
^bb0:
}
wasm_inject.sites @t at before rank 0 instances ["x"] func [0] opidx [0] pc [1] instance [0] slot [0] holes []
wasm_inject.sites @t at after rank 0 instances ["x"] func [0] opidx [0] pc [1] instance [0] slot [0] holes []
