;; Branch tables, nested loops, dead code, several results, parameters of loops,
;; an imported function in a table, a start function, an exported mutable global:
;; the laws between the counts, and counts that are known by looking.
;;
;; RUN: mkdir -p %t
;; RUN: wat2wasm --debug-names %s -o %t/control.wasm
;; RUN: cat %S/Inputs/opcodes.mm %S/Inputs/branches.mm %S/Inputs/functions.mm %S/Inputs/blocks.mm %S/Inputs/modes.mm > %t/all.mm
;; RUN: python3 %S/Inputs/differential.py %whamm %t/control.wasm %t/reports %S/Inputs/opcodes.mm %S/Inputs/branches.mm %S/Inputs/functions.mm %S/Inputs/blocks.mm %S/Inputs/modes.mm %t/all.mm
;; RUN: python3 %S/Inputs/identities.py %t/reports/all.mm.report --start
;; RUN: FileCheck %s < %t/reports/all.mm.report
;;
;; Twelve rounds, of which eight take the default.
;; CHECK-DAG: tables, u64, i64, script0, dispatch, {{.*}}:br_table:before, 12
;; CHECK-DAG: indices, u64, i64, script0, dispatch, {{.*}}:br_table:before, 66
;; What lies behind a jump has rows, and never ran.
;; CHECK-DAG: count, u64, i64, script0, dispatch, {{[0-9]+, [0-9]+, [0-9]+}}_wasm:opcode:unreachable:before, 0
;; CHECK-DAG: count, u64, i64, script0, dispatch, {{[0-9]+, [0-9]+, [0-9]+}}_wasm:opcode:br:before, 0
;; 2 + 3 + ... + 13 turns of a loop that is entered 12 times.
;; CHECK-DAG: entered, u64, i64, script0, countdown, {{.*}}:loop:entry, 90
;; CHECK-DAG: count, u64, i64, script0, countdown, {{.*}}:loop:before, 12
;; CHECK-DAG: taken, u64, i64, script0, countdown, {{.*}}:br_if:before, 78
;; CHECK-DAG: entries, u64, i64, script0, init, {{.*}}:func:entry:<no-mode>, 1
;; CHECK-DAG: entries, u64, i64, script0, bump, {{.*}}:func:entry:<no-mode>, 2
;; CHECK-DAG: exits, u64, i64, script0, selects, {{.*}}:func:exit:<no-mode>, 12
(module
  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
  (type $two (func (param i32 i64) (result i64 i32)))
  (type $unary (func (param i32) (result i32)))
  (memory (export "memory") 1)
  (global $counter (export "counter") (mut i32) (i32.const 100))
  (table $t (export "table") 6 funcref)
  (elem (i32.const 1) $double $dispatch $yieldWrap)
  (start $init)
  (func $init (global.set $counter (i32.const 0)))
  (func $bump (result i32)
    (global.set $counter (i32.add (global.get $counter) (i32.const 1)))
    (global.get $counter))
  (func $yieldWrap (param i32) (result i32) (call $yield))
  (func $double (type $unary) (i32.mul (local.get 0) (i32.const 2)))
  (func $swap (type $two) (local.get 1) (local.get 0))
  ;; Several ways out, dead code behind each.
  (func $dispatch (type $unary)
    (block $default
      (block $two
        (block $one
          (block $zero
            (br_table $zero $one $two $zero $default (local.get 0))
            (drop (i32.const 77))
            (br $zero))
          (return (i32.const 10))
          (unreachable))
        (return (call $double (i32.const 10)))
        (i32.const 1) (drop))
      (br_if $default (i32.and (call $bump) (i32.const 1)))
      (nop))
    (i32.const 30))
  ;; A loop with a parameter and a result, branched to with values.
  (func $countdown (param i32) (result i32 i64) (local i64)
    (local.get 0) (i64.const 0)
    (loop $l (param i32 i64) (result i32 i64)
      (call $swap)
      (local.set 0)
      (i64.add (i64.extend_i32_u (local.get 0)))
      (local.set 1)
      (i32.sub (local.get 0) (i32.const 1))
      (local.get 1)
      (br_if $l (local.get 0))))
  (func $nested (param $n i32) (result i32) (local $i i32) (local $j i32) (local $sum i32)
    (loop $outer
      (local.set $j (i32.const 0))
      (block $done
        (loop $inner
          (br_if $done (i32.ge_u (local.get $j) (local.get $i)))
          (if (i32.rem_u (local.get $j) (i32.const 3))
            (then (local.set $sum (i32.add (local.get $sum) (local.get $j))))
            (else
              (if (i32.eq (local.get $j) (i32.const 6)) (then (br $done)))))
          (local.set $j (i32.add (local.get $j) (i32.const 1)))
          (br $inner)))
      (br_if $outer (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $sum))
  (func $selects (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (if (result i32) (i32.eqz (i32.and (local.get 0) (i32.const 1)))
        (then (i32.const 1)) (else (return (i32.const 2)))))
      (else (block $b (result i32) (br $b (i32.const 4)) (i32.const 5)))))
  (func (export "_start") (local $i i32)
    (loop $l
      (drop (call_indirect (type $unary) (local.get $i) (i32.const 2)))
      (drop (call_indirect (type $unary) (local.get $i) (i32.const 1)))
      (drop (call_indirect (type $unary) (local.get $i) (i32.const 3)))
      (drop (call $nested (local.get $i)))
      (drop (call $selects (local.get $i)))
      (call $countdown (i32.add (local.get $i) (i32.const 1)))
      (drop) (drop)
      (br_if $l (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 12))))
    (drop (call $bump))))
