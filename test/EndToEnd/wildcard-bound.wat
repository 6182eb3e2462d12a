;; A wildcard with a type bound reaches the instructions that have such an
;; operand, and passes by `nop`, `unreachable` and others that have none.
;;
;; RUN: split-file %s %t
;; RUN: %whamm instr -s %t/script.mm -a %t/app.wat -o %t/out.wasm
;; RUN: %whamm run %t/out.wasm | FileCheck %s --implicit-check-not=script0
;; CHECK: top, {{.*}}:drop:before, 6
;; CHECK: top, {{.*}}:local.set:before, 7
;; CHECK: top, {{.*}}:i32.eqz:before, 0
;; CHECK: top, {{.*}}:if:before, 1

;--- app.wat
(module
  (func (export "_start") (local i32)
    (nop)
    (drop (i32.const 6))
    (drop (i64.const 5))
    (local.set 0 (i32.const 7))
    (if (i32.eqz (i32.const 0)) (then (return)))
    (unreachable)))
;--- script.mm
wasm:opcode:*(arg0: i32):before { report var top: i32; top = arg0; }
