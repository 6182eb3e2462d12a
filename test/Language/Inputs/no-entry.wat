(module (func $f (export "go") nop (drop (i32.const 1))))
