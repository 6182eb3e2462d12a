(module (func $f nop) (func (export "_start") nop) (start $f) (memory (export "memory") 1))
