;; How often each instruction is executed: a counter per site, written by hand.
;; Prints at the end how many sites there are, and how many were executed.
(module
  (import "wizeng" "puti" (func $puti (param i32)))
  (import "wizeng" "putc" (func $putc (param i32)))
  (memory (export "memory") 1)
  (global $next (mut i32) (i32.const 0))

  ;; Match time: the address of the site's counter.
  (func (export "$slot") (result i32)
    (local $slot i32)
    (local.set $slot (global.get $next))
    (global.set $next (i32.add (local.get $slot) (i32.const 8)))
    (if (i32.gt_u (global.get $next) (i32.shl (memory.size) (i32.const 16)))
      (then (drop (memory.grow (memory.size)))))
    (local.get $slot))

  (func (export "wasm:opcode:* ($slot())") (param $slot i32)
    (i64.store (local.get $slot)
      (i64.add (i64.load (local.get $slot)) (i64.const 1))))

  (func (export "wasm:exit")
    (local $at i32) (local $hit i32)
    (block $done
      (loop $again
        (br_if $done (i32.eq (local.get $at) (global.get $next)))
        (local.set $hit (i32.add (local.get $hit)
          (i64.ne (i64.load (local.get $at)) (i64.const 0))))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br $again)))
    (call $puti (i32.shr_u (global.get $next) (i32.const 3)))
    (call $putc (i32.const 32))
    (call $puti (local.get $hit))
    (call $putc (i32.const 10))))
