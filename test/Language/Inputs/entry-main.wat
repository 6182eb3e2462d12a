(module (func $f (export "main") (param i32 i32) (result i32) nop (drop (i32.const 1)) i32.const 0))
