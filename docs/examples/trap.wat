;; Divides by 2, 1, 0: traps.
(module
  (func $divide (param $a i32) (param $b i32) (result i32)
    local.get $a
    local.get $b
    i32.div_s)
  (func $main (export "_start")
    (local $b i32)
    (local.set $b (i32.const 2))
    loop $next
      (drop (call $divide (i32.const 6) (local.get $b)))
      (local.set $b (i32.sub (local.get $b) (i32.const 1)))
      br $next
    end))
