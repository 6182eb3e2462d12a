;; An if with both arms, a block that a branch leaves, a function with two results,
;; one that nobody calls.
(module
  (func $choose (param $x i32) (result i32)
    local.get $x
    (if (result i32)
      (then (i32.const 10))
      (else (i32.const 20))))
  (func $leave (param $x i32)
    block $out
      local.get $x
      br_if $out
      nop
    end)
  (func $both (result i32 i64)
    i32.const 7
    i64.const 3)
  (func $main (export "_start")
    (drop (call $choose (i32.const 0)))
    (drop (call $choose (i32.const 1)))
    (call $leave (i32.const 0))
    (call $leave (i32.const 1))
    call $both
    drop
    drop)
  (func $never))
