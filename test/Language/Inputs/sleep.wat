(module (import "env" "sleep" (func $s (param i32))) (import "env" "nap" (func $n (param i32)))
 (memory (export "memory") 1)
 (func (export "_start") (call $s (i32.const 5000)) (call $s (i32.const 50)) (call $n (i32.const 5000))))
