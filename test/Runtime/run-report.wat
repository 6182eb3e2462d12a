;; A hand-written instrumented program: one u32 at one site, whose value is
;; the number of arguments. The program's output comes
;; before the report.
;;
;; RUN: wat2wasm %s -o %t.wasm
;; RUN: %node %whamm_data/run.mjs --core %whamm_core %t.wasm -- one two | FileCheck %s --match-full-lines
;;      CHECK:program
;; CHECK-NEXT:+1.00018e3!
;; CHECK-EMPTY:
;; CHECK-NEXT:================================= REPORT CSV FLUSH ====================================
;; CHECK-NEXT:id, id_type, name, whamm_type, wasm_type, script_id, fname, fid, pc, probe_id, value(s)
;; CHECK-NEXT:36, memaddr, count, u32, i32, script0, _start, 5, 9, 0_wasm:opcode:call:before, 3
;; CHECK-NOT:{{.}}
;;
;; The core's output goes to the file, the program's to standard output.
;; RUN: rm -rf %t.report
;; RUN: %node %whamm_data/run.mjs --core %whamm_core --report-file %t.report %t.wasm -- one two | FileCheck %s --check-prefix=STDOUT --match-full-lines
;; RUN: FileCheck %s --check-prefix=FILE < %t.report
;;      STDOUT:program
;;  STDOUT-NOT:{{.}}
;; FILE: 36, memaddr, count, u32, i32, script0, _start, 5, 9, 0_wasm:opcode:call:before, 3
;;
;; RUN: env WHAMM_FORMAT=json %node %whamm_data/run.mjs --core %whamm_core %t.wasm -- one two | tail -n 3 > %t.json
;; RUN: python3 %S/Inputs/read-json.py < %t.json | FileCheck %s --check-prefix=JSON
;; JSON: id=36 {{.*}} value(s)=3
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $argSizes (param i32 i32) (result i32)))
  (import "whamm_core" "putf64" (func $putf64 (param f64)))
  (import "whamm_core" "putc" (func $putc (param i32)))
  (import "whamm_core" "report_begin" (func $begin))
  (import "whamm_core" "report_data" (func $data (param i64 i64 i64 i64)))
  (import "whamm_core" "report_i32" (func $value (param i32)))
  (import "whamm_core" "report_end" (func $end))
  (memory (export "memory") 1)
  (data (i32.const 8) "program\n")
  (global $reported (mut i32) (i32.const 0))
  (func $report (export "whamm:report")
    (if (global.get $reported) (then (return)))
    (global.set $reported (i32.const 1))
    (call $begin)
    ;; The version, 5 strings, no steps, 1 group of 1 row.
    (call $data (i64.const 0x746e756f63050503) (i64.const 0x0374726174735f06)
                (i64.const 0x1932336903323375) (i64.const 0x6f3a6d7361775f30))
    (call $data (i64.const 0x61633a65646f6370) (i64.const 0x726f6665623a6c6c)
                (i64.const 0x0100030204010065) (i64.const 0x0924040001050700))
    ;; The number of arguments, the program's name among them.
    (drop (call $argSizes (i32.const 48) (i32.const 52)))
    (call $value (i32.load (i32.const 48)))
    (call $end))
  (func (export "_start")
    (i32.store (i32.const 32) (i32.const 8))
    (i32.store (i32.const 36) (i32.const 8))
    (drop (call $write (i32.const 1) (i32.const 32) (i32.const 1) (i32.const 40)))
    (call $putf64 (f64.const 1000.18))
    (call $putc (i32.const 33))
    (call $putc (i32.const 10))
    (call $report)))
