;; whamm_memory.wasm: access to a library's memory for modules that cannot
;; import it beside their own (include/whamm/Runtime/CoreFunctions.h).
(module
  (import "library" "memory" (memory 0))
  (func (export "load8") (param i32) (result i32)
    (i32.load8_u (local.get 0)))
  (func (export "load64") (param i32) (result i64)
    (i64.load align=1 (local.get 0)))
  (func (export "store8") (param i32 i32)
    (i32.store8 (local.get 0) (local.get 1)))
  (func (export "store64") (param i32 i64)
    (i64.store align=1 (local.get 0) (local.get 1)))
  (func (export "size") (result i32)
    (memory.size)))
