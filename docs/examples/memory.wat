;; Works on a text in memory; grows it, copies, fills.
(module
  (memory (export "memory") 1 3)
  (data (i32.const 16) "hello world")
  (func $count (param $from i32) (param $length i32) (param $char i32) (result i32)
    (local $n i32)
    loop $next
      (if (i32.eq (i32.load8_u (local.get $from)) (local.get $char))
        (then (local.set $n (i32.add (local.get $n) (i32.const 1)))))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (local.tee $length (i32.sub (local.get $length) (i32.const 1)))
      br_if $next
    end
    local.get $n)
  (func $main (export "_start")
    (i32.store (i32.const 64) (call $count (i32.const 16) (i32.const 11) (i32.const 111)))
    (f64.store offset=8 (i32.const 64) (f64.const 0.5))
    (drop (memory.grow (i32.const 1)))
    (drop (memory.grow (i32.const 5)))
    (memory.copy (i32.const 128) (i32.const 16) (i32.const 5))
    (memory.fill (i32.const 136) (i32.const 46) (i32.const 3))))
