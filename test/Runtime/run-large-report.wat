;; A report of 200,001 rows, during which the library's memory grows many times.
;; Node.js 20 used to crash here.
;;
;; RUN: wat2wasm %s -o %t.wasm
;; RUN: %node %whamm_data/run.mjs --core %whamm_core %t.wasm > %t.out
;; RUN: count 200004 < %t.out
;; RUN: tail -n 1 %t.out | FileCheck %s
;; CHECK: 6400004, memaddr, nnnnnnnnnnnn, u32, i32, script0, _start, 5, 600000, 0_wasm:opcode:call, 200000
(module
  (import "whamm_core" "report_begin" (func $begin))
  (import "whamm_core" "report_data" (func $data (param i64 i64 i64 i64)))
  (import "whamm_core" "report_i32" (func $value (param i32)))
  (import "whamm_core" "report_end" (func $end))
  (func (export "_start") (local $i i32)
    (call $begin)
    ;; Strings, a group, and its first row.
    (call $data (i64.const 0x6e6e6e6e6e0c0502) (i64.const 0x066e6e6e6e6e6e6e)
                (i64.const 0x750374726174735f) (i64.const 0x3012323369033233))
    (call $data (i64.const 0x706f3a6d7361775f) (i64.const 0x6c61633a65646f63)
                (i64.const 0x9ac100030204016c) (i64.const 0x000404000105070c))
    ;; 32 rows of 3 bytes: no flags, the address grows by 32, pc by 3.
    (loop $blocks
      (call $data (i64.const 0x2000032000032000) (i64.const 0x0003200003200003)
                  (i64.const 0x0320000320000320) (i64.const 0x2000032000032000))
      (call $data (i64.const 0x0003200003200003) (i64.const 0x0320000320000320)
                  (i64.const 0x2000032000032000) (i64.const 0x0003200003200003))
      (call $data (i64.const 0x0320000320000320) (i64.const 0x2000032000032000)
                  (i64.const 0x0003200003200003) (i64.const 0x0320000320000320))
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
