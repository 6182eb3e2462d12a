;; Ways in which a program leaves functions whose counters are locals: returns
;; out of recursion, proc_exit below several calls inside of loops.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func $fib (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (return (local.get 0)))
      (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
                     (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
  (func $leave (param i32)
    (if (i32.eq (local.get 0) (i32.const 7))
      (then (call $proc_exit (i32.const 3))))
    (nop))
  (func $inner (param i32) (local i32)
    (loop $again
      (call $leave (i32.add (local.get 0) (local.get 1)))
      (local.set 1 (i32.add (local.get 1) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get 1) (i32.const 3)))))
  (func $outer (local i32)
    (block $never
      (loop $forever
        (br_if $never (i32.gt_u (local.get 0) (i32.const 1000)))
        (call $inner (local.get 0))
        (local.set 0 (i32.add (local.get 0) (i32.const 1)))
        (br $forever))))
  (func (export "_start")
    (drop (call $fib (i32.const 9)))
    (call $outer)))
