;; What a monitor's exports say, as MLIR and back.
;; RUN: rm -rf %t && mkdir %t && wat2wasm %s -o %t/m.wasm
;; RUN: whamm-translate --monitor-to-mlir %t/m.wasm -o %t/m.mlir
;; RUN: FileCheck %s < %t/m.mlir
;; RUN: whamm-opt --verify-roundtrip %t/m.mlir -o /dev/null
;; RUN: whamm-opt %t/m.mlir | whamm-translate --mlir-to-monitor-contract | FileCheck %s --check-prefix=NAMES --match-full-lines --strict-whitespace
(module
  ;; CHECK: wasm_inject.monitor_function @f1 index 1 : () -> ()
  ;; CHECK-NEXT: wasm_inject.monitor_function @f2 index 2 : (i32, i64) -> ()
  ;; CHECK-NEXT: wasm_inject.monitor_function @f3 index 3 : (vector<16xi8>, !wasm_inject.reference<"externref">) -> f64
  ;; CHECK-NEXT: wasm_inject.monitor_function @f0 index 0 : (i32) -> ()
  (import "wizeng" "puti" (func $puti (param i32)))
  (memory (export "wasm:opcode:drop") 1)
  ;; CHECK-NEXT: wasm_inject.rule "wasm:opcode:nop" params [] calls @f1{{$}}
  ;; NAMES:wasm:opcode:nop
  (func $a (export "wasm:opcode:nop")
    ;; CHECK-NEXT: wasm_inject.rule "wasm:opcode:nop" params [] calls @f1 trailing "#2"
    ;; NAMES-NEXT:wasm:opcode:nop #2
           (export "wasm:opcode:nop #2")
    ;; CHECK-NEXT: wasm_inject.rule "wasm:func:entry" params [] calls @f1 trailing "XYZ" spelled "wasm:func:entryXYZ"
    ;; NAMES-NEXT:wasm:func:entryXYZ
           (export "wasm:func:entryXYZ"))
  ;; CHECK-NEXT: wasm_inject.rule "wasm:opcode:*" when <"$want"(imm 0, opname)>
  ;; CHECK-SAME: params [#wasm_inject.engine<arg 0>, #wasm_inject.match_call<"$slot"(fid, "$nested"())>, #wasm_inject.engine<at_func_end>]
  ;; CHECK-SAME: calls @f2{{$}}
  ;; NAMES-NEXT:wasm:opcode:* / $want(imm0, opname) / (arg0, $slot(fid, $nested()), at_func_end)
  (func (export "wasm:opcode:* / $want(imm0, opname) / (arg0, $slot(fid, $nested()), at_func_end)") (param i32 i64))
  ;; CHECK-NEXT: wasm_inject.export "$slot" of @f3
  ;; NAMES-NEXT:$slot
  (func (export "$slot") (param v128 externref) (result f64) (f64.const 0))
  ;; CHECK-NEXT: wasm_inject.rule "wasm:opcode:ref.test null" params [#wasm_inject.engine<imm 0>] calls @f0 spelled "wasm:opcode:ref.test null(imm0)"
  ;; NAMES-NEXT:wasm:opcode:ref.test null(imm0)
  (export "wasm:opcode:ref.test null(imm0)" (func $puti))
  ;; CHECK-NEXT: wasm_inject.export "wasm:exit" of @f1
  ;; NAMES-NEXT:wasm:exit
  (export "wasm:exit" (func $a)))
