;; Of two equal templates, each called from two places, the one that is to be
;; inlined is, however large, and the other is called.

;; RUN: wat2wasm %s -o %t.wasm
;; RUN: binaryen-test --templates=1 --outlined=2 --print-stats %t.wasm -o %t.out.wasm 2>&1 \
;; RUN:   | FileCheck %s --check-prefix=ONE
;; RUN: wasm-validate %t.out.wasm
;; RUN: wasm-objdump -d %t.out.wasm | FileCheck %s --check-prefix=CODE
;; RUN: binaryen-test --templates=1,2 --print-stats %t.wasm -o %t.out.wasm 2>&1 \
;; RUN:   | FileCheck %s --check-prefix=BOTH
;; RUN: binaryen-test --outlined=1,2 --print-stats %t.wasm -o %t.out.wasm 2>&1 \
;; RUN:   | FileCheck %s --check-prefix=NONE
;; RUN: cmp %t.wasm %t.out.wasm

;; ONE: optimized 1, refused 0, inlined 2, kept 2, removed 1
;; BOTH: optimized 1, refused 0, inlined 4, kept 0, removed 2
;; NONE: optimized 0, refused 0, inlined 0, kept 4, removed 0

;; CODE: func[0]
;; CODE-NOT: call 1
;; CODE-COUNT-2: call 2
;; CODE-NOT: call 1
;; CODE: func[1]
;; CODE-NEXT: unreachable
;; CODE: func[2]
;; CODE-NEXT: global.get
(module
  (global $n (mut i32) (i32.const 0))
  (func (export "f")
    (call 1) (call 2) (call 1) (call 2))
  (func
    (global.set $n (i32.mul (global.get $n) (i32.const 3)))
    (global.set $n (i32.mul (global.get $n) (i32.const 4)))
    (global.set $n (i32.mul (global.get $n) (i32.const 5)))
    (global.set $n (i32.mul (global.get $n) (i32.const 6)))
    (global.set $n (i32.mul (global.get $n) (i32.const 7)))
    (global.set $n (i32.mul (global.get $n) (i32.const 8)))
    (global.set $n (i32.mul (global.get $n) (i32.const 9)))
    (global.set $n (i32.mul (global.get $n) (i32.const 10)))
    (global.set $n (i32.mul (global.get $n) (i32.const 11)))
    (global.set $n (i32.mul (global.get $n) (i32.const 12)))
    (global.set $n (i32.mul (global.get $n) (i32.const 13)))
    (global.set $n (i32.mul (global.get $n) (i32.const 14)))
    (global.set $n (i32.mul (global.get $n) (i32.const 15)))
    (global.set $n (i32.mul (global.get $n) (i32.const 16)))
    (global.set $n (i32.mul (global.get $n) (i32.const 17)))
    (global.set $n (i32.mul (global.get $n) (i32.const 18)))
    (global.set $n (i32.mul (global.get $n) (i32.const 19))))
  (func
    (global.set $n (i32.mul (global.get $n) (i32.const 3)))
    (global.set $n (i32.mul (global.get $n) (i32.const 4)))
    (global.set $n (i32.mul (global.get $n) (i32.const 5)))
    (global.set $n (i32.mul (global.get $n) (i32.const 6)))
    (global.set $n (i32.mul (global.get $n) (i32.const 7)))
    (global.set $n (i32.mul (global.get $n) (i32.const 8)))
    (global.set $n (i32.mul (global.get $n) (i32.const 9)))
    (global.set $n (i32.mul (global.get $n) (i32.const 10)))
    (global.set $n (i32.mul (global.get $n) (i32.const 11)))
    (global.set $n (i32.mul (global.get $n) (i32.const 12)))
    (global.set $n (i32.mul (global.get $n) (i32.const 13)))
    (global.set $n (i32.mul (global.get $n) (i32.const 14)))
    (global.set $n (i32.mul (global.get $n) (i32.const 15)))
    (global.set $n (i32.mul (global.get $n) (i32.const 16)))
    (global.set $n (i32.mul (global.get $n) (i32.const 17)))
    (global.set $n (i32.mul (global.get $n) (i32.const 18)))
    (global.set $n (i32.mul (global.get $n) (i32.const 19)))))
