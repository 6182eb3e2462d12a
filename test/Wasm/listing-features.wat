;; Proposals that libwabt can assemble: legacy exceptions, tail calls, 64-bit
;; and several memories, vectors, threads, bulk memory, references.
;; RUN: wat2wasm --enable-all %s -o %t.wasm
;; RUN: %whamm-translate --wasm-validate %t.wasm
;; RUN: %whamm-translate --wasm-to-listing %t.wasm | FileCheck %s

(module
  (memory $m32 1)
  (memory $m64 i64 1)
  (memory $shared 1 1 shared)
  (table $t 1 funcref)
  (tag $e (param i32))
  (global $g (mut f64) (f64.const 0))
  (data $d "x")

  (func $legacy (result i32)
    (try (result i32)
      (do (throw $e (i32.const 1)))
      (catch $e (rethrow 0))
      (catch_all (i32.const 2))))

  (func $delegate
    (try (do (try (do (nop)) (delegate 0))) (catch_all)))

  (func $tail (param i32) (result i32)
    (return_call_indirect $t (param i32) (result i32)
      (local.get 0) (i32.const 0)))

  (func $memories
    (drop (i32.load 1 offset=16 (i64.const 8)))
    (memory.copy 0 1 (i32.const 1) (i64.const 2) (i32.const 3))
    (memory.init 0 0 (i32.const 0) (i32.const 0) (i32.const 1))
    (drop (memory.grow 1 (i64.const 1)))
    (drop (i32.atomic.rmw.cmpxchg 2
      (i32.const 0) (i32.const 1) (i32.const 2)))
    (atomic.fence))

  (func $vectors (param v128) (result i32)
    (v128.store8_lane offset=3 7 (i32.const 0) (local.get 0))
    (i16x8.extract_lane_s 5
      (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
        (v128.const i32x4 1 2 3 4) (local.get 0))))

  (func $references (param funcref) (local externref)
    (table.set 0 (i32.const 0) (local.get 0))
    (drop (ref.is_null (select (result externref)
      (local.get 1) (ref.null extern) (i32.const 1))))
    (global.set $g (f64.const -1)))
)

;; CHECK-LABEL: func 0 "" () -> (i32)
;; CHECK-NEXT:  [ 0 1 0 try (result i32) : () -> (i32)
;; CHECK-NEXT:  1 3 1 i32.const 1 : () -> (i32)
;; CHECK-NEXT:  2 5 1 throw 0 : (i32) -> () ]3
;; CHECK-NEXT:  [ 3 7 1 catch 0 : (unknown) -> () dead ]1
;; CHECK-NEXT:  [ 4 9 1 rethrow 0 : () -> () ]1
;; CHECK-NEXT:  [ 5 11 1 catch_all : (unknown) -> () dead ]1
;; CHECK-NEXT:  [ 6 12 1 i32.const 2 : () -> (i32)
;; CHECK-NEXT:  7 14 1 end : (i32) -> (i32) ]2
;; CHECK-NEXT:  [ 8 15 0 end : (i32) -> (i32) ]1
;; CHECK-LABEL: func 1 "" () -> ()
;; CHECK-NEXT:  [ 0 1 0 try : () -> ()
;; CHECK-NEXT:  1 3 1 try : () -> ()
;; CHECK-NEXT:  2 5 2 nop : () -> ()
;; CHECK-NEXT:  3 6 2 delegate 0 : () -> () ]4
;; CHECK-NEXT:  [ 4 8 1 catch_all : () -> () ]1
;; CHECK-NEXT:  [ 5 9 1 end : () -> () ]1
;; CHECK-NEXT:  [ 6 10 0 end : () -> () ]1
;; CHECK-LABEL: func 2 "" (i32) -> (i32)
;; CHECK-NEXT:  [ 0 1 0 local.get 0 : () -> (i32)
;; CHECK-NEXT:  1 3 0 i32.const 0 : () -> (i32)
;; CHECK-NEXT:  2 5 0 return_call_indirect 3 0 : (i32, i32) -> () ]3
;; CHECK-NEXT:  [ 3 8 0 end : (unknown) -> (i32) dead ]1
;; CHECK-LABEL: func 3 "" () -> ()
;; CHECK-NEXT:  [ 0 1 0 i64.const 8 : () -> (i64)
;; CHECK-NEXT:  1 3 0 i32.load memory=1 offset=16 align=2^2 : (i64) -> (i32)
;; CHECK-NEXT:  2 7 0 drop : (i32) -> ()
;; CHECK-NEXT:  3 8 0 i32.const 1 : () -> (i32)
;; CHECK-NEXT:  4 10 0 i64.const 2 : () -> (i64)
;; CHECK-NEXT:  5 12 0 i32.const 3 : () -> (i32)
;; CHECK-NEXT:  6 14 0 memory.copy 0 1 : (i32, i64, i32) -> ()
;; CHECK-NEXT:  7 18 0 i32.const 0 : () -> (i32)
;; CHECK-NEXT:  8 20 0 i32.const 0 : () -> (i32)
;; CHECK-NEXT:  9 22 0 i32.const 1 : () -> (i32)
;; CHECK-NEXT:  10 24 0 memory.init 0 0 : (i32, i32, i32) -> ()
;; CHECK-NEXT:  11 28 0 i64.const 1 : () -> (i64)
;; CHECK-NEXT:  12 30 0 memory.grow 1 : (i64) -> (i64)
;; CHECK-NEXT:  13 32 0 drop : (i64) -> ()
;; CHECK-NEXT:  14 33 0 i32.const 0 : () -> (i32)
;; CHECK-NEXT:  15 35 0 i32.const 1 : () -> (i32)
;; CHECK-NEXT:  16 37 0 i32.const 2 : () -> (i32)
;; CHECK-NEXT:  17 39 0 i32.atomic.rmw.cmpxchg memory=2 offset=0 align=2^2 : (i32, i32, i32) -> (i32)
;; CHECK-NEXT:  18 44 0 drop : (i32) -> ()
;; CHECK-NEXT:  19 45 0 atomic.fence : () -> ()
;; CHECK-NEXT:  20 48 0 end : () -> () ]21
;; CHECK-LABEL: func 4 "" (v128) -> (i32)
;; CHECK-NEXT:  [ 0 1 0 i32.const 0 : () -> (i32)
;; CHECK-NEXT:  1 3 0 local.get 0 : () -> (v128)
;; CHECK-NEXT:  2 5 0 v128.store8_lane offset=3 align=2^0 7 : (v128, i32) -> ()
;; CHECK-NEXT:  3 10 0 v128.const bits=0x00000004000000030000000200000001 : () -> (v128)
;; CHECK-NEXT:  4 28 0 local.get 0 : () -> (v128)
;; CHECK-NEXT:  5 30 0 i8x16.shuffle bits=0x0f0e0d0c0b0a09080706050403020100 : (v128, v128) -> (v128)
;; CHECK-NEXT:  6 48 0 i16x8.extract_lane_s 5 : (v128) -> (i32)
;; CHECK-NEXT:  7 51 0 end : (i32) -> (i32) ]8
;; CHECK-LABEL: func 5 "" (funcref) -> () locals (externref)
;; CHECK-NEXT:  [ 0 3 0 i32.const 0 : () -> (i32)
;; CHECK-NEXT:  1 5 0 local.get 0 : () -> (funcref)
;; CHECK-NEXT:  2 7 0 table.set 0 : (funcref, i32) -> ()
;; CHECK-NEXT:  3 9 0 local.get 1 : () -> (externref)
;; CHECK-NEXT:  4 11 0 ref.null externref : () -> (externref)
;; CHECK-NEXT:  5 13 0 i32.const 1 : () -> (i32)
;; CHECK-NEXT:  6 15 0 select externref : (i32, externref, externref) -> (externref)
;; CHECK-NEXT:  7 18 0 ref.is_null : (externref) -> (i32)
;; CHECK-NEXT:  8 19 0 drop : (i32) -> ()
;; CHECK-NEXT:  9 20 0 f64.const bits=0xbff0000000000000 : () -> (f64)
;; CHECK-NEXT:  10 29 0 global.set 0 : (f64) -> ()
;; CHECK-NEXT:  11 31 0 end : () -> () ]12
