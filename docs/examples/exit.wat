;; The exit status of the program is what it computes: limit(3 * 5), which is 10.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (global $calls (mut i32) (i32.const 0))
  (func $times (param $a i32) (param $b i32) (result i32)
    local.get $a
    local.get $b
    i32.mul)
  (func $limit (param $x i32) (result i32)
    local.get $x
    i32.const 10
    local.get $x
    i32.const 10
    i32.lt_s
    select)
  (func $main (export "_start")
    i32.const 3
    i32.const 5
    call $times
    call $limit
    call $exit))
