;; Calls through a table, and branches by a table.
(module
  (type $unary (func (param i32) (result i32)))
  (table 4 funcref)
  (elem (i32.const 0) $inc $double)
  (func $inc (type $unary)
    local.get 0
    i32.const 1
    i32.add)
  (func $double (type $unary)
    local.get 0
    i32.const 2
    i32.mul)
  (func $apply (param $which i32) (param $value i32) (result i32)
    local.get $value
    local.get $which
    call_indirect (type $unary))
  (func $size (param $x i32) (result i32)
    block $many
      block $one
        block $none
          local.get $x
          br_table $none $one $many
        end
        i32.const 0
        return
      end
      i32.const 1
      return
    end
    i32.const 2)
  (func $main (export "_start")
    (drop (call $apply (i32.const 0) (i32.const 20)))
    (drop (call $apply (i32.const 1) (i32.const 21)))
    (drop (call $apply (i32.const 1) (i32.const 22)))
    (drop (call $size (i32.const 0)))
    (drop (call $size (i32.const 1)))
    (drop (call $size (i32.const 9)))))
