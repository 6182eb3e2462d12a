;; Functions that use what Binaryen 108 cannot handle keep their bodies and
;; their calls; the others are optimised.

;; REQUIRES: binaryen-108
;; RUN: wat2wasm --enable-all %s -o %t.wasm
;; RUN: binaryen-test --why %t.wasm | FileCheck %s --check-prefix=WHY
;; RUN: binaryen-test --templates=12,13 --print-stats %t.wasm -o %t.out.wasm 2>&1 | FileCheck %s
;; RUN: wasm-validate --enable-all %t.out.wasm
;; RUN: wasm-objdump -d %t.out.wasm | FileCheck %s --check-prefix=CODE

;; WHY: module: fine
;; WHY-NEXT: function 0: Binaryen 108 cannot handle the instruction 'table.copy'
;; WHY-NEXT: function 1: Binaryen 108 cannot handle the instruction 'table.init'
;; WHY-NEXT: function 2: Binaryen 108 cannot handle the instruction 'elem.drop'
;; WHY-NEXT: function 3: Binaryen 108 cannot handle the instruction 'table.fill'
;; WHY-NEXT: function 4: Binaryen 108 cannot handle blocks with parameters
;; WHY-NEXT: function 5: Binaryen 108 cannot handle the instruction 'try'
;; WHY-NEXT: function 6: Binaryen 108 cannot handle the instruction 'i8x16.relaxed_swizzle'
;; WHY-NOT: function

;; CHECK: optimized 5, refused 7, inlined 5, kept 7, removed 1
;; CHECK: refused: function 0: Binaryen 108 cannot handle the instruction 'table.copy'

;; The template that is still called stays, the other has no code left.
;; CODE: func[12]
;; CODE-NEXT: i32.const 1
;; CODE: func[13]
;; CODE-NEXT: unreachable
(module
  (memory 1)
  (table 4 funcref)
  (tag $e)
  (global $n (mut i32) (i32.const 0))
  (elem func 0 1)
  (func (call 12) (table.copy (i32.const 0) (i32.const 1) (i32.const 1)))
  (func (call 12) (table.init 0 (i32.const 0) (i32.const 0) (i32.const 1)))
  (func (call 12) (elem.drop 0))
  (func (call 12) (table.fill 0 (i32.const 0) (ref.null func) (i32.const 1)))
  (func (call 12) (i32.const 1) (block (param i32) drop))
  (func (call 12) (try (do) (catch $e)))
  (func (param v128) (result v128)
    (call 12) (i8x16.relaxed_swizzle (local.get 0) (local.get 0)))
  ;; These are fine.
  (func (result i32 i64) (call 12) (i32.const 1) (i64.const 2))
  (func (call 12) (throw $e))
  (func (result funcref) (call 13) (table.get 0 (i32.const 0)))
  (func (call 12) (return_call 0))
  (func (call 12) (memory.fill (i32.const 0) (i32.const 1) (i32.const 2)))
  (func (global.set $n (i32.add (i32.const 1) (global.get $n))))
  (func (global.set $n (i32.const 2))))
