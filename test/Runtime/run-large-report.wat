;; A report of 200,001 rows, during which the library's memory grows many times.
;; Node.js 20 used to crash here.
;;
;; RUN: wat2wasm %s -o %t.wasm
;; RUN: %node %whamm_data/run.mjs --core %whamm_core %t.wasm > %t.out
;; RUN: count 200004 < %t.out
;; RUN: tail -n 1 %t.out | FileCheck %s
;; CHECK: 6400004, memaddr, nnnnnn, u32, i32, script0, _start, 5, 600000, 0_wasm:opcode:call, 200000
(module
  (import "whamm_core" "report_begin" (func $begin))
  (import "whamm_core" "report_data" (func $data (param i64 i64 i64 i64)))
  (import "whamm_core" "report_i32" (func $value (param i32)))
  (import "whamm_core" "report_end" (func $end))
  (func (export "_start") (local $i i32)
    (call $begin)
    ;; Strings, a step, a group, and its first row.
    (call $data (i64.const 0x6e6e6e6e6e060503) (i64.const 0x74726174735f066e)
                (i64.const 0x3233690332337503) (i64.const 0x3a6d7361775f3012))
    (call $data (i64.const 0x633a65646f63706f) (i64.const 0x03200003016c6c61)
                (i64.const 0x0c9ac10003020401) (i64.const 0x0004040001050700))
    ;; 32 rows of the step: no flags, the address grows by 32, pc by 3.
    (loop $blocks
      (call $data (i64.const 0x0101010101010101) (i64.const 0x0101010101010101)
                  (i64.const 0x0101010101010101) (i64.const 0x0101010101010101))
      (br_if $blocks
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1)))
                  (i32.const 6250))))
    (local.set $i (i32.const 0))
    (loop $values
      (call $value (local.get $i))
      (br_if $values
        (i32.le_u (local.tee $i (i32.add (local.get $i) (i32.const 1)))
                  (i32.const 200000))))
    (call $end)))
