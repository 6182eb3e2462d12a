;; One site of `nop`, which is passed three times.
(module
  (func (export "_start") (local $i i32)
    (loop
      nop
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if 0 (i32.lt_u (local.get $i) (i32.const 3))))))
