;; Templates called at sites are inlined; the program computes the same with
;; and without.

;; RUN: wat2wasm --debug-names %s -o %t.wasm
;; RUN: binaryen-test --templates=3,4,5,6 --print-stats %t.wasm -o %t.out.wasm 2>&1 | FileCheck %s --check-prefix=STATS
;; RUN: wasm-validate %t.out.wasm
;; RUN: %node %S/Inputs/run.mjs %t.wasm | FileCheck %s --check-prefix=VALUES
;; RUN: %node %S/Inputs/run.mjs %t.out.wasm | FileCheck %s --check-prefix=VALUES
;; RUN: binaryen-test --templates=3,4,5,6 --no-passes %t.wasm -o %t.plain.wasm
;; RUN: wasm-validate %t.plain.wasm
;; RUN: %node %S/Inputs/run.mjs %t.plain.wasm | FileCheck %s --check-prefix=VALUES
;; RUN: wasm-objdump -d %t.out.wasm | FileCheck %s --check-prefix=CODE

;; STATS: optimized 2, refused 0, inlined 6, kept 0, removed 4

;; VALUES: run 10 = 45
;; VALUES: count = 55
;; VALUES: early = 3
;; VALUES: loops = 60
;; VALUES: last = 9

;; Names stay with their functions.
;; CODE-LABEL: <run>:
;; CODE-NOT: call {{[0-9]}} <template
;; CODE-LABEL: <twice>:
;; CODE-NOT: call {{[0-9]}} <template
;; Templates without a caller have no code left.
;; CODE-LABEL: <template.early>:
;; CODE-NEXT: unreachable
;; CODE-NEXT: end
(module
  (import "env" "log" (func $log (param i32)))
  (global $count (mut i32) (i32.const 0))
  (global $early (mut i32) (i32.const 0))
  (global $loops (mut i32) (i32.const 0))
  (global $last (mut i32) (i32.const 0))
  (export "count" (global $count))
  (export "early" (global $early))
  (export "loops" (global $loops))
  (export "last" (global $last))

  (func $run (export "run") (param $n i32) (result i32)
    (local $i i32) (local $sum i32)
    (loop $next (result i32)
      ;; Two sites of one template, with different constants.
      (call $template.count (i32.const 2))
      (call $template.count (i32.add (i32.const 1) (i32.const 2)))
      ;; A local as an operand, of a template that writes its parameter.
      (call $template.early (local.get $i))
      (call $template.loop (i32.const 3))
      ;; State goes in by value and comes out as the result.
      (global.set $last (call $template.state (global.get $last) (local.get $i)))
      (local.set $sum (i32.add (local.get $sum) (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (local.get $n)))
      (local.get $sum)))

  (func $twice (param i32)
    (call $template.count (local.get 0)))

  (func $template.count (param $by i32)
    (global.set $count (i32.add (global.get $count) (local.get $by)))
    (if (i32.gt_u (global.get $count) (i32.const 50))
      (then (if (i32.and (i32.eqz (local.get $by)) (i32.const 1))
              (then (call $log (global.get $count))))))
    (if (i32.eq (global.get $count) (i32.const 50))
      (then (global.set $count (i32.const 55)) (return)))
    (if (i32.ge_u (global.get $count) (i32.const 55))
      (then (global.set $count (i32.const 55)))))

  ;; Returns from within a block.
  (func $template.early (param $x i32)
    (block $out
      (local.set $x (i32.rem_u (local.get $x) (i32.const 4)))
      (br_if $out (i32.eqz (local.get $x)))
      (if (i32.ne (local.get $x) (i32.const 3)) (then (return)))
      (global.set $early (local.get $x))))

  ;; Its local starts at zero each time.
  (func $template.loop (param $times i32)
    (local $k i32)
    (loop $again
      (global.set $loops (i32.add (global.get $loops) (local.get $k)))
      (local.set $k (i32.add (local.get $k) (i32.const 2)))
      (br_if $again (i32.le_u (local.get $k) (i32.const 4)))))

  (func $template.state (param $state i32) (param $x i32) (result i32)
    (if (i32.lt_s (local.get $state) (local.get $x))
      (then (return (local.get $x))))
    (local.get $state)))
