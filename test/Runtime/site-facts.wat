;; What the site module tells of a small program.
;; RUN: wat2wasm --enable-all --debug-names %s -o %t.wasm
;; RUN: whamm-site-test %t.wasm | FileCheck %s --check-prefix=AGREES
;; RUN: whamm-site-test --print %t.wasm | FileCheck %s
;; AGREES: 31 instructions, 0 differences

(module $app
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (import "env" "memory" (memory 1))
  (memory 2)
  (data (memory 1) (i32.const 16) "abcd")
  (data (memory 1) (i32.const 8) "ab")
  (func $flow (param i32 f64) (local i64)
    (if (local.get 0)
      (then (nop))
      (else (call $exit (i32.const -3))))
    (block $out
      (loop $again
        (br_if $out (local.get 0))
        (br $again)))
    (block $dead
      (return)
      (drop (i32.add (unreachable) (i32.const 1))))
    (block $unused (nop))
    (block $a (block $b
      (br_table $a $b $a (local.get 0)))))
)

;; CHECK:      functions 2 memories 2 own 1
;; CHECK-NEXT: memory 0 page 65536 data 0 0
;; CHECK-NEXT: memory 1 page 65536 data 8 12
;; CHECK-NEXT: function 0 type 0 import 1 name 'exit' callee 'wasi_snapshot_preview1' 'proc_exit'
;; CHECK-NEXT: function 1 type 1 import 0 name 'flow' callee 'app' 'flow'
;; CHECK-NEXT: 1:3 event 28 opener -1 end -1 else -1 follows 0 live 1 block 10 1 imm0 0 args []
;; CHECK-NEXT: 1:5 event 11 opener -1 end 13 else 8 follows 1 live 1 block 01 2 imm0 0 args [7f]
;; CHECK-NEXT: 1:7 event 8 opener -1 end -1 else -1 follows 1 live 1 block 10 1 imm0 0 args []
;; CHECK-NEXT: 1:8 event 12 opener 5 end 13 else -1 follows 1 live 1 block 01 2 imm0 0 args []
;; CHECK-NEXT: 1:9 event 58 opener -1 end -1 else -1 follows 0 live 1 block 10 1 imm0 -3 args []
;; CHECK-NEXT: 1:11 event 21 opener -1 end -1 else -1 follows 1 live 1 block 01 2 imm0 0 args [7f]
;; CHECK-NEXT: 1:13 event 16 opener 5 end -1 else -1 follows 0 live 1 block 11 1 imm0 0 args []
;; CHECK-NEXT: 1:14 event 9 opener -1 end 25 else -1 follows 1 live 1 block 10 1 imm0 0 args []
;; CHECK-NEXT: 1:16 event 10 opener -1 end 24 else -1 follows 0 live 1 block 01 2 imm0 0 args []
;; CHECK-NEXT: 1:18 event 28 opener -1 end -1 else -1 follows 1 live 1 block 10 1 imm0 0 args []
;; CHECK-NEXT: 1:20 event 18 opener -1 end -1 else -1 follows 1 live 1 block 01 2 imm0 1 args [7f]
;; CHECK-NEXT: 1:22 event 17 opener -1 end -1 else -1 follows 1 live 1 block 11 1 imm0 0 args []
;; CHECK-NEXT: 1:24 event 16 opener 16 end -1 else -1 follows 0 live 0 block 10 1 imm0 0 args []
;; CHECK-NEXT: 1:25 event 16 opener 14 end -1 else -1 follows 0 live 1 block 01 2 imm0 0 args []
;; CHECK-NEXT: 1:26 event 9 opener -1 end 34 else -1 follows 1 live 1 block 10 1 imm0 0 args []
;; CHECK-NEXT: 1:28 event 20 opener -1 end -1 else -1 follows 1 live 1 block 01 2 imm0 0 args []
;; CHECK-NEXT: 1:29 event 7 opener -1 end -1 else -1 follows 0 live 0 block 11 1 imm0 0 args []
;; CHECK-NEXT: 1:30 event 58 opener -1 end -1 else -1 follows 0 live 0 block 10 1 imm0 1 args []
;; CHECK-NEXT: 1:32 event 103 opener -1 end -1 else -1 follows 1 live 0 block 00 2 imm0 0 args [7f]
;; CHECK-NEXT: 1:33 event 25 opener -1 end -1 else -1 follows 1 live 0 block 00 3 imm0 0 args [7f]
;; CHECK-NEXT: 1:34 event 16 opener 26 end -1 else -1 follows 1 live 0 block 00 4 imm0 0 args []
;; CHECK-NEXT: 1:35 event 9 opener -1 end 38 else -1 follows 1 live 1 block 00 5 imm0 0 args []
;; CHECK-NEXT: 1:37 event 8 opener -1 end -1 else -1 follows 1 live 1 block 00 6 imm0 0 args []
;; CHECK-NEXT: 1:38 event 16 opener 35 end -1 else -1 follows 1 live 1 block 00 7 imm0 0 args []
;; CHECK-NEXT: 1:39 event 9 opener -1 end 51 else -1 follows 1 live 1 block 00 8 imm0 0 args []
;; CHECK-NEXT: 1:41 event 9 opener -1 end 50 else -1 follows 1 live 1 block 00 9 imm0 0 args []
;; CHECK-NEXT: 1:43 event 28 opener -1 end -1 else -1 follows 1 live 1 block 00 10 imm0 0 args []
;; CHECK-NEXT: 1:45 event 19 opener -1 end -1 else -1 follows 1 live 1 block 01 11 imm0 1 args [7f]
;; CHECK-NEXT: 1:50 event 16 opener 41 end -1 else -1 follows 0 live 0 block 11 1 imm0 0 args []
;; CHECK-NEXT: 1:51 event 16 opener 39 end -1 else -1 follows 0 live 1 block 11 1 imm0 0 args []
;; CHECK-NEXT: 1:52 event 16 opener -1 end -1 else -1 follows 1 live 1 block 11 1 imm0 0 args []
