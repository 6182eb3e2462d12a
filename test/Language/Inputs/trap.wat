(module (memory (export "memory") 1)
  (func $bad (unreachable))
  (func (export "_start") nop (call $bad) nop))
