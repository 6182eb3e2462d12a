;; An exception that one function catches and one that none does, out of loops.
(module
  (tag $t (param i32))
  (memory (export "memory") 1)
  (func $throwAt (param i32 i32) (local i32)
    (loop $again
      (if (i32.eq (local.get 2) (local.get 0))
        (then (throw $t (local.get 1))))
      (local.set 2 (i32.add (local.get 2) (i32.const 1)))
      (br $again)))
  (func $catch (param i32) (result i32) (local i32)
    (loop $again (result i32)
      (local.set 1 (i32.add (local.get 1) (i32.const 1)))
      (try (result i32)
        (do (call $throwAt (local.get 0) (local.get 1)) (i32.const 0))
        (catch $t
          (br_if $again (i32.lt_u (local.get 1) (i32.const 4))) ) )))
  (func (export "_start")
    (drop (call $catch (i32.const 5)))
    (call $throwAt (i32.const 2) (i32.const 9))
    (nop)))
