;; Functions with loops, tables of branches, several returns, all number types.
(module
  (func (export "wide") (param i32 i32) (result i64)
    (i64.or (i64.shl (i64.extend_i32_u (local.get 0)) (i64.const 8)) (i64.extend_i32_s (local.get 1))))
  (func (export "collatz") (param i64) (result i64) (local $n i64)
    (if (i64.lt_s (local.get 0) (i64.const 1)) (then (return (i64.const -1))))
    (block $done
      (loop $next
        (br_if $done (i64.eq (local.get 0) (i64.const 1)))
        (local.set 0
          (select (i64.add (i64.mul (local.get 0) (i64.const 3)) (i64.const 1))
                  (i64.shr_u (local.get 0) (i64.const 1))
                  (i32.wrap_i64 (i64.and (local.get 0) (i64.const 1)))))
        (local.set $n (i64.add (local.get $n) (i64.const 1)))
        (br_if $next (i64.lt_u (local.get $n) (i64.const 500)))))
    (local.get $n))
  (func (export "blend") (param f64 f32) (result f64)
    (f64.add (f64.mul (local.get 0) (f64.const 0.5)) (f64.promote_f32 (f32.sqrt (f32.abs (local.get 1))))))
  (func (export "pick") (param i32 i32 i32) (result i32)
    (block $c (block $b (block $a
      (br_table $a $b $c (i32.rem_u (local.get 2) (i32.const 3))))
      (return (i32.add (local.get 0) (local.get 1))))
      (return (i32.xor (local.get 0) (local.get 1))))
    (i32.sub (local.get 1) (local.get 0))))
