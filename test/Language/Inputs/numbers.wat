(module
 (func $ints (param i32 i32 i64 i64 f32 f64))
 (func (export "_start")
   (call $ints (i32.const -7) (i32.const 2) (i64.const -7) (i64.const 2) (f32.const -5.5) (f64.const 2.0))))
