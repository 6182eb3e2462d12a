;; Walks over memory with two strides, writing what it reads.
(module (memory 1)
  (func (export "_start") (local $i i32)
    (loop $again
      (i32.store offset=4 (local.get $i) (i32.load (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 4)))
      (br_if $again (i32.lt_u (local.get $i) (i32.const 12))))))
