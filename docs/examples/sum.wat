;; Adds up the squares of 4, 3, 2, 1: calls, a loop, arithmetic, memory.
(module
  (memory (export "memory") 1)
  (func $square (param $x i32) (result i32)
    local.get $x
    local.get $x
    i32.mul)
  (func $sum (param $n i32) (result i32)
    (local $total i32)
    loop $next
      local.get $total
      local.get $n
      call $square
      i32.add
      local.set $total
      local.get $n
      i32.const 1
      i32.sub
      local.tee $n
      br_if $next
    end
    local.get $total)
  (func $main (export "_start")
    i32.const 8
    i32.const 4
    call $sum
    i32.store offset=4
    i32.const 12
    i32.load
    drop))
