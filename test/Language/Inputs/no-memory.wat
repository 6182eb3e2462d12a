(module (func $f (export "_start") nop (drop (i32.const 1))))
