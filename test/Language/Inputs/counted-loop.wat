;; A loop without an end and without calls but one, which is proc_exit.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start") (local i32)
    (loop $forever
      (local.set 0 (i32.add (local.get 0) (i32.const 1)))
      (if (i32.rem_u (local.get 0) (i32.const 3))
        (then (nop))
        (else (br $forever)))
      (if (i32.eq (local.get 0) (i32.const 10000))
        (then (call $proc_exit (i32.const 4)) (nop)))
      (br $forever))))
