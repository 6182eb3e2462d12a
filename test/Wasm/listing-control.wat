;; Tricky control flow: branch targets, joins, dead code, loops with values.
;; RUN: wat2wasm --enable-all %s -o %t.wasm
;; RUN: %whamm-translate --wasm-validate %t.wasm
;; RUN: %whamm-translate --wasm-to-listing %t.wasm | FileCheck %s

(module
  (memory 1)
  (func $callee (param i32 i64) (result f32 f64)
    (f32.const 1) (f64.const 2))

  (func $joins (param i32) (result i32)
    (block $unused (nop))
    (block $used (br_if $used (local.get 0)))
    (if (local.get 0) (then nop))
    (if (local.get 0) (then nop) (else nop))
    (local.get 0))

  (func $loop (param i32) (result i32)
    (loop $l (result i32)
      (br_if $l (local.get 0))
      (local.get 0)))

  (func $dead (param i32) (result i32)
    (block $b (result i32)
      (br_table $b 1 $b (i32.const 3) (local.get 0))
      (i32.add))
    (return)
    (drop)
    (unreachable))

  (func $call (result f64)
    (call $callee (i32.const -1) (i64.const 5))
    (drop (f64.promote_f32 (drop))) unreachable))

;; CHECK-LABEL: func 0 "" (i32, i64) -> (f32, f64)
;; CHECK-NEXT:  [ 0 1 0 f32.const bits=0x3f800000 : () -> (f32)
;; CHECK-NEXT:  1 6 0 f64.const bits=0x4000000000000000 : () -> (f64)
;; CHECK-NEXT:  2 15 0 end : (f64, f32) -> (f64, f32) ]3
;; CHECK-LABEL: func 1 "" (i32) -> (i32)
;; CHECK-NEXT:  [ 0 1 0 block : () -> ()
;; CHECK-NEXT:  1 3 1 nop : () -> ()
;; CHECK-NEXT:  2 4 1 end : () -> ()
;; CHECK-NEXT:  3 5 0 block : () -> ()
;; CHECK-NEXT:  4 7 1 local.get 0 : () -> (i32)
;; CHECK-NEXT:  5 9 1 br_if 0 : (i32) -> () ]6
;; CHECK-NEXT:  [ 6 11 1 end : () -> () ]1
;; CHECK-NEXT:  [ 7 12 0 local.get 0 : () -> (i32)
;; CHECK-NEXT:  8 14 0 if : (i32) -> () ]2
;; CHECK-NEXT:  [ 9 16 1 nop : () -> ()
;; CHECK-NEXT:  10 17 1 end : () -> () ]2
;; CHECK-NEXT:  [ 11 18 0 local.get 0 : () -> (i32)
;; CHECK-NEXT:  12 20 0 if : (i32) -> () ]2
;; CHECK-NEXT:  [ 13 22 1 nop : () -> ()
;; CHECK-NEXT:  14 23 1 else : () -> () ]2
;; CHECK-NEXT:  [ 15 24 1 nop : () -> ()
;; CHECK-NEXT:  16 25 1 end : () -> () ]2
;; CHECK-NEXT:  [ 17 26 0 local.get 0 : () -> (i32)
;; CHECK-NEXT:  18 28 0 end : (i32) -> (i32) ]2
;; CHECK-LABEL: func 2 "" (i32) -> (i32)
;; CHECK-NEXT:  [ 0 1 0 loop (result i32) : () -> (i32) ]1
;; CHECK-NEXT:  [ 1 3 1 local.get 0 : () -> (i32)
;; CHECK-NEXT:  2 5 1 br_if 0 : (i32) -> () ]2
;; CHECK-NEXT:  [ 3 7 1 local.get 0 : () -> (i32)
;; CHECK-NEXT:  4 9 1 end : (i32) -> (i32)
;; CHECK-NEXT:  5 10 0 end : (i32) -> (i32) ]3
;; CHECK-LABEL: func 3 "" (i32) -> (i32)
;; CHECK-NEXT:  [ 0 1 0 block (result i32) : () -> (i32)
;; CHECK-NEXT:  1 3 1 i32.const 3 : () -> (i32)
;; CHECK-NEXT:  2 5 1 local.get 0 : () -> (i32)
;; CHECK-NEXT:  3 7 1 br_table 0 1 0 : (i32, i32) -> () ]4
;; CHECK-NEXT:  [ 4 12 1 i32.add : (unknown, unknown) -> (i32) dead
;; CHECK-NEXT:  5 13 1 end : (i32) -> (i32) dead ]2
;; CHECK-NEXT:  [ 6 14 0 return : (i32) -> () ]1
;; CHECK-NEXT:  [ 7 15 0 drop : (unknown) -> () dead
;; CHECK-NEXT:  8 16 0 unreachable : () -> () dead ]2
;; CHECK-NEXT:  [ 9 17 0 end : (unknown) -> (i32) dead ]1
;; CHECK-LABEL: func 4 "" () -> (f64)
;; CHECK-NEXT:  [ 0 1 0 i32.const -1 : () -> (i32)
;; CHECK-NEXT:  1 3 0 i64.const 5 : () -> (i64)
;; CHECK-NEXT:  2 5 0 call 0 : (i64, i32) -> (f64, f32)
;; CHECK-NEXT:  3 7 0 drop : (f64) -> ()
;; CHECK-NEXT:  4 8 0 f64.promote_f32 : (f32) -> (f64)
;; CHECK-NEXT:  5 9 0 drop : (f64) -> ()
;; CHECK-NEXT:  6 10 0 unreachable : () -> () ]7
;; CHECK-NEXT:  [ 7 11 0 end : (unknown) -> (f64) dead ]1
