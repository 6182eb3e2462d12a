(module
  (global $v (mut i32) (i32.const 0))
  (memory (export "memory") 1)
  (func (export "set") (param i32) (global.set $v (local.get 0)))
  (func (export "get") (result i32) (global.get $v)))
