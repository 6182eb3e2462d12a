// A module of wasm_inject, written by hand, put into a program.
// RUN: printf '(module (func $f (export "_start") i32.const 5 drop i32.const 6 drop))' > %t.wat
// RUN: whamm-translate --mlir-to-wasm --app=%t.wat %s -o %t.wasm
// RUN: whamm-translate --wasm-validate %t.wasm
// RUN: whamm run %t.wasm | FileCheck %s

// Operands, holes, locals, control flow, an early exit, initial values.
// CHECK: sum, u32, i32, script0, f, 0, 3, 7_wasm:opcode:drop:before, 115
// CHECK-NEXT: sum, u32, i32, script0, f, 0, 6, 7_wasm:opcode:drop:before, 200
// CHECK-NEXT: total, u64, i64, script0, , , , , 42
wasm_inject.state @total : ui64 program report name "total" script 0
wasm_inject.state @sum : ui32 site report name "sum" script 0
wasm_inject.init {
  %c = arith.constant 42 : i64
  wasm_inject.state_set @total, %c : i64
}
wasm_inject.template @body
    params [#wasm_inject.param<arg 0>, #wasm_inject.param<hole 0>] states [@sum] body {
^bb0(%arg: i32, %hole: i32):
  %six = arith.constant 6 : i32
  %is = arith.cmpi eq, %arg, %six : i32
  scf.if %is {
    wasm_inject.exit
  }
  %local = wasm_inject.local : !wasm_inject.local<i32>
  %s = arith.addi %arg, %hole : i32
  wasm_inject.local_set %local, %s : !wasm_inject.local<i32>
  %old = wasm_inject.state_get @sum : i32
  %t = wasm_inject.local_get %local : !wasm_inject.local<i32>
  %new = arith.addi %old, %t : i32
  wasm_inject.state_set @sum, %new : i32
}
wasm_inject.sites @body at before rank 0 instances ["7_wasm:opcode:drop:before"]
    func [0, 0] opidx [1, 3] pc [3, 6] instance [0, 0] slot [0, 1]
    holes [array<i64: 10, 20>] inits [array<i64: 100, 200>]
