(module (func $f (export "_start") nop))
