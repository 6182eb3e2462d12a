;; Templates that cannot be inlined, or are not to be, stay calls.

;; RUN: wat2wasm --enable-all %s -o %t.wasm
;; RUN: binaryen-test --templates=1,2,3,4 --outlined=5 --print-stats %t.wasm -o %t.out.wasm 2>&1 | FileCheck %s
;; RUN: wasm-validate --enable-all %t.out.wasm
;; RUN: wasm-objdump -d %t.out.wasm | FileCheck %s --check-prefix=CODE

;; CHECK: optimized 1, refused 0, inlined 2, kept 5, removed 1

;; CODE: func[0]
;; CODE-DAG: call 1
;; CODE-DAG: call 2
;; CODE-DAG: call 3
;; CODE-DAG: call 5
;; CODE: func[1]
;; CODE: func[4]
;; CODE-NEXT: unreachable
(module
  (global $a (mut i32) (i32.const 0))
  (global $b (mut i32) (i32.const 0))
  (func (export "f") (param i32)
    ;; Several results.
    (call $two (global.get $a) (global.get $b))
    (global.set $b)
    (global.set $a)
    ;; A tail call, and one that never returns.
    (call $tail)
    (if (local.get 0) (then (call $trap)))
    (call $small (call $get))
    (call $small (i32.const 1))
    (call $large)
    (call $large))
  (func $two (param i32 i32) (result i32 i32)
    (local.get 1) (i32.add (local.get 0) (i32.const 1)))
  (func $tail (return_call $void))
  (func $trap (unreachable))
  (func $small (param i32) (global.set $a (local.get 0)))
  (func $large
    (global.set $a (i32.const 1)) (global.set $a (i32.const 1))
    (global.set $a (i32.const 1)) (global.set $a (i32.const 1))
    (global.set $a (i32.const 1)) (global.set $a (i32.const 1)))
  (func $get (result i32) (i32.const 3))
  (func $void))
