;; Two functions that call each other in place of their returns, in loops.
(module
  (memory (export "memory") 1)
  (table funcref (elem $even $odd))
  (type $fn (func (param i32) (result i32)))
  (func $even (type $fn) (local i32)
    (loop $again
      (local.set 1 (i32.add (local.get 1) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get 1) (i32.const 3))))
    (if (i32.eqz (local.get 0)) (then (return (i32.const 1))))
    (return_call $odd (i32.sub (local.get 0) (i32.const 1))))
  (func $odd (type $fn)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
    (loop $again
      (br_if $again (i32.eq (local.tee 0 (i32.sub (local.get 0) (i32.const 1))) (i32.const 5)))
      (return_call_indirect (type $fn) (local.get 0) (i32.const 0)))
    (unreachable))
  (func (export "_start")
    (drop (call $even (i32.const 20)))))
