(module
  (memory (export "memory") 1)
  (func (export "get") (result i32) i32.const 1)
  (func (export "put") (param i32 i64 f32 f64))
  (func (export "sum") (param i32 i32) (result i32) local.get 0)
  (func (export "two") (result i32 i32) i32.const 1 i32.const 2)
  (func (export "vector") (param v128)))
