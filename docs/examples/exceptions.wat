;; A function throws, its caller does not care, the next one catches.
(module
  (tag $odd (param i32))
  (func $check (param $x i32)
    local.get $x
    i32.const 1
    i32.and
    (if (then local.get $x throw $odd)))
  (func $pass (param $x i32)
    local.get $x
    call $check)
  (func $try (param $x i32)
    try
      local.get $x
      call $pass
    catch $odd
      drop
    end)
  (func $main (export "_start")
    (call $try (i32.const 2))
    (call $try (i32.const 3))))
