(module (func $f nop (drop (i32.const 1))) (start $f) (memory 1))
