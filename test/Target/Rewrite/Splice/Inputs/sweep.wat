;; Templates with operands of several types, locals, an early return.
(module
  (import "t" "log" (func $log (param i32)))
  (import "w" "hole" (global $hole i32))
  (import "w" "unused" (global i32))
  (import "w" "state" (global $state (mut i32)))
  (func (export "count")
    (global.set $state (i32.add (global.get $state) (i32.const 1))))
  (func (export "i32") (param i32) (local i32)
    (local.set 1 (local.get 0))
    (global.set $state (i32.add (local.get 1) (global.get $hole))))
  ;; Writes a parameter.
  (func (export "two") (param i32 i32)
    (if (local.get 0) (then (return)))
    (local.set 0 (local.get 1))
    (call $log (local.get 0)))
  ;; Reads a local that is zero.
  (func (export "i64") (param i64) (local f32)
    (global.set $state (i32.wrap_i64 (local.get 0)))
    (drop (local.get 1)))
  (func (export "f64") (param f64)
    (global.set $state (i32.trunc_sat_f64_s (local.get 0)))))
