;; The library of library.mm.
(module
  (global $total (mut i32) (i32.const 0))
  (memory (export "memory") 1)
  (func (export "add") (param i32) (global.set $total (i32.add (global.get $total) (local.get 0))))
  (func (export "total") (result i32) (global.get $total))
  (func (export "mix") (param i32 i32) (result i32)
    (i32.xor (i32.mul (local.get 0) (i32.const 31)) (local.get 1)))
  (func (export "wide") (param i64) (result i64) (i64.rotl (local.get 0) (i64.const 7)))
  (func (export "chosen") (param i32) (result i32) (i32.eqz (i32.rem_u (local.get 0) (i32.const 5)))))
