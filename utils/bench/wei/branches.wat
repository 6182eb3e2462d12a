;; How often each branch goes where, written by hand: two counters per site,
;; for not taken and taken, or for the default and the entries of a br_table.
;; Prints at the end how many sites there are.
(module
  (import "wizeng" "puti" (func $puti (param i32)))
  (import "wizeng" "putc" (func $putc (param i32)))
  (memory (export "memory") 1)
  (global $next (mut i32) (i32.const 0))

  ;; Match time: the address of the site's counters.
  (func (export "$slot") (result i32)
    (local $slot i32)
    (local.set $slot (global.get $next))
    (global.set $next (i32.add (local.get $slot) (i32.const 16)))
    (if (i32.gt_u (global.get $next) (i32.shl (memory.size) (i32.const 16)))
      (then (drop (memory.grow (memory.size)))))
    (local.get $slot))

  (func $count (export "wasm:opcode:br_if ($slot(), arg0)")
      (param $slot i32) (param $taken i32)
    (local $at i32)
    (local.set $at (i32.add (local.get $slot)
      (i32.shl (i32.ne (local.get $taken) (i32.const 0)) (i32.const 3))))
    (i64.store (local.get $at)
      (i64.add (i64.load (local.get $at)) (i64.const 1))))
  (export "wasm:opcode:if ($slot(), arg0)" (func $count))

  (func (export "wasm:opcode:br_table ($slot(), num_targets, arg0)")
      (param $slot i32) (param $targets i32) (param $entry i32)
    (local $at i32)
    (local.set $at (i32.add (local.get $slot)
      (i32.shl (i32.lt_u (local.get $entry) (local.get $targets))
        (i32.const 3))))
    (i64.store (local.get $at)
      (i64.add (i64.load (local.get $at)) (i64.const 1))))

  (func (export "wasm:exit")
    (call $puti (i32.shr_u (global.get $next) (i32.const 4)))
    (call $putc (i32.const 10))))
