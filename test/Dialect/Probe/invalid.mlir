// What the verifiers of the dialect refuse.
// RUN: whamm-opt %s -verify-diagnostics -split-input-file

probe.script @s index 0 {
  // expected-error @+1 {{expects a type of the language, found 'i32'}}
  probe.global @g : i32
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{expects a type of the language, found '!probe.funcref'}}
  probe.global @g : !probe.funcref
}

// -----

// expected-error @+1 {{'probe.global' op expects parent op 'probe.script'}}
probe.global @g : ui32

// -----

// expected-error @+1 {{'probe.probe' op expects parent op 'probe.script'}}
probe.probe rule "wasm:report" source 0 body {}

// -----

probe.script @s index 0 {
  // expected-note @+1 {{see existing symbol definition here}}
  probe.global @g : ui32
  // expected-error @+1 {{redefinition of symbol named 'g'}}
  probe.global @g : ui32
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{expects its predicate to end in predicate.yield}}
  probe.probe rule "wasm:opcode:call:before" source 0 predicate {
    %t = probe.constant true
  } body {
  }
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{expects a rule of 2 to 4 parts, found 'wasm'}}
  probe.probe rule "wasm" source 0 body {
  }
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{expects a rule of 2 to 4 parts}}
  probe.probe rule "wasm:opcode:call:before:again" source 0 body {
  }
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{malformed pattern 'ca[ll' in its rule}}
  probe.probe rule "wasm:opcode:ca[ll:before" source 0 body {
  }
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{expects no arguments of its regions}}
  probe.probe rule "wasm:opcode:call:before" source 0 body {
  ^bb0(%x: ui32):
  }
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{no event binds 'nothing'}}
  probe.probe rule "wasm:opcode:call:before" source 0
      bounds [#probe.bound<"nothing" : ui32>] body {
  }
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{a type bound gives a number or bool, found '!probe.str'}}
  probe.probe rule "wasm:opcode:call:before" source 0
      bounds [#probe.bound<"arg0" : !probe.str>] body {
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %a = probe.var "n" report : ui32
    // expected-error @+1 {{a second variable of the probe's sites is named 'n'}}
    %b = probe.var "n" unshared : ui32
  }
}

// -----

probe.script @s index 0 {
  probe.init {
    // expected-error @+1 {{no global named @missing}}
    %v = probe.global_get @missing : ui32
  }
}

// -----

probe.script @s index 0 {
  probe.global @g : ui32
  probe.init {
    // expected-error @+1 {{type of @g is 'ui32', found 'si32'}}
    %v = probe.global_get @g : si32
  }
}

// -----

probe.script @s index 0 {
  probe.global @g : ui32
  probe.init {
    %t = probe.constant true
    // expected-error @+1 {{type of @g is 'ui32', found 'i1'}}
    probe.global_set @g, %t : i1
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    // expected-error @+1 {{expected local, unshared or report}}
    %v = probe.var "v" shared : ui32
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    // expected-error @+1 {{expects a type of the language, found 'index'}}
    %v = probe.var "v" local : index
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %t = probe.constant true
    scf.if %t {
      // expected-error @+1 {{expects unshared and report variables in the body of a probe itself}}
      %v = probe.var "v" report : ui32
    }
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 predicate {
    // expected-error @+1 {{expects unshared and report variables in the body of a probe itself}}
    %v = probe.var "v" report : i1
    %p = probe.get %v : !probe.ref<i1>
    predicate.yield %p
  } body {
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    // expected-error @+1 {{expects no initial value on a local variable}}
    %v = probe.var "v" local : i1 init {
      %t = probe.constant true
      probe.yield %t : i1
    }
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    // expected-error @+1 {{expects its initial value to yield 'ui32'}}
    %v = probe.var "v" report : ui32 init {
      %t = probe.constant true
      probe.yield %t : i1
    }
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    // expected-error @+1 {{expects its initial value to yield 'ui32'}}
    %v = probe.var "v" report : ui32 init {
    ^bb0:
    }
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    // expected-error @+1 {{no event binds 'nothing'}}
    %v = probe.bound "nothing" : ui32
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    // expected-error @+1 {{no event binds 'argument'}}
    %v = probe.bound "addr" is "argument" : ui32
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %v = probe.var "v" local : ui32
    %t = probe.constant true
    // expected-error @+1 {{value is what the variable holds}}
    "probe.set"(%v, %t) : (!probe.ref<ui32>, i1) -> ()
  }
}

// -----

probe.script @s index 0 {
  probe.init {
    %t = probe.constant true
    // expected-error @+1 {{expects eq or ne on bool}}
    %c = probe.cmp lt %t, %t : i1
  }
}

// -----

probe.script @s index 0 {
  probe.init {
    // expected-error @+1 {{must be value of the language, but got 'i32'}}
    %c = probe.constant 5 : i32
  }
}

// -----

probe.script @s index 0 {
  probe.init {
    %a = probe.constant 2.0 : f32
    // expected-error @+1 {{must be sized integer of the language}}
    %c = probe.shl %a, %a : f32
  }
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{no event and mode named 'opcode:call:sideways'}}
  probe.probe rule "wasm:opcode:call:before" source 0 instances [#probe.instance<"opcode:call:sideways" number 0 order 0>] body {
  }
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{no event and mode named 'opcode:[:before'}}
  probe.probe rule "wasm:opcode:call:before" source 0 instances [#probe.instance<"opcode:[:before" number 0 order 0>] body {
  }
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{no event and mode named 'opcode:call:before:x:y'}}
  probe.probe rule "wasm:opcode:call:before" source 0 instances [#probe.instance<"opcode:call:before:x:y" number 0 order 0>] body {
  }
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{no event and mode named ''}}
  probe.probe rule "wasm:opcode:call:before" source 0 instances [#probe.instance<"" number 0 order 0>] body {
  }
}

// -----

// What is added to is a number.
probe.script @s index 0 {
  probe.global @m : !probe.map<ui32, i1>
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %m = probe.global_get @m : !probe.map<ui32, i1>
    %k = probe.bound "fid" : ui32
    %x = probe.constant true
    // expected-error @+1 {{operand #2 must be number of the language, but got 'i1'}}
    probe.map_add %m[%k], %x : !probe.map<ui32, i1>
  }
}

// -----

probe.script @s index 0 {
  probe.global @m : !probe.map<ui32, ui64>
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %m = probe.global_get @m : !probe.map<ui32, ui64>
    %k = probe.bound "fid" : ui32
    // expected-error @+1 {{amount is the map's value}}
    "probe.map_add"(%m, %k, %k) : (!probe.map<ui32, ui64>, ui32, ui32) -> ()
  }
}

// -----

probe.script @s index 0 {
  probe.global @m : !probe.map<ui64, ui32>
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %m = probe.global_get @m : !probe.map<ui64, ui32>
    %k = probe.bound "fid" : ui32
    // expected-error @+1 {{key is the map's}}
    "probe.map_add"(%m, %k, %k) : (!probe.map<ui64, ui32>, ui32, ui32) -> ()
  }
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{keys and values of maps cannot be of type '!probe.map<ui32, ui32>'}}
  probe.global @m : !probe.map<ui32, !probe.map<ui32, ui32>>
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{keys and values of maps cannot be of type '!probe.funcref'}}
  probe.global @m : !probe.map<!probe.funcref, ui32>
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{expects a type of the language, found '!probe.map<tuple<i32>, ui32>'}}
  probe.global @m : !probe.map<tuple<i32>, ui32>
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    // expected-error @+1 {{a reference to a function cannot be kept}}
    %v = probe.var "v" unshared : !probe.funcref
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %a = probe.constant 1 : ui32
    // expected-error @+1 {{expects a tuple of its elements' types, found 'tuple<ui32, ui32>'}}
    %t = "probe.tuple_make"(%a) : (ui32) -> tuple<ui32, ui32>
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %a = probe.constant 1 : ui32
    %t = probe.tuple_make %a : tuple<ui32>
    // expected-error @+1 {{no element 1 in 'tuple<ui32>'}}
    %e = probe.tuple_get %t[1] : tuple<ui32> -> ui32
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %a = probe.constant 1 : ui32
    %t = probe.tuple_make %a : tuple<ui32>
    // expected-error @+1 {{element 0 is of type 'ui32', found 'si32'}}
    %e = probe.tuple_get %t[0] : tuple<ui32> -> si32
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %a = probe.constant 1 : si32
    %b = probe.constant 1 : ui32
    %t = probe.tuple_make %b : tuple<ui32>
    // expected-error @+1 {{element 0 is of type 'ui32', found 'si32'}}
    %e = probe.tuple_set %t[0], %a : tuple<ui32>, si32
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %a = probe.constant 1 : ui32
    %s = probe.bound "fname" : !probe.str
    // expected-error @+1 {{expects the bound name 'targets' as its table}}
    %e = probe.table_entry %s[%a] : ui32
  }
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{expects every path to end in probe.return}}
  probe.fn @f -> ui32 {
    %c = probe.constant true
    %a = probe.constant 1 : ui32
    scf.if %c {
      probe.return %a : ui32
    }
  }
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{expects no parameter of type '!probe.map<ui32, ui32>'}}
  probe.fn @f {
  ^bb0(%m: !probe.map<ui32, ui32>):
  }
}

// -----

probe.script @s index 0 {
  // expected-error @+1 {{expects no result of type '!probe.map<ui32, ui32>'}}
  probe.fn @f -> !probe.map<ui32, ui32> {
  }
}

// -----

probe.script @s index 0 {
  probe.fn @f {
    %a = probe.constant 1 : ui32
    // expected-error @+1 {{expects no value: the function has no result}}
    probe.return %a : ui32
  }
}

// -----

probe.script @s index 0 {
  probe.fn @f -> si32 {
    %a = probe.constant 1 : ui32
    // expected-error @+1 {{expects a value of type 'si32', found 'ui32'}}
    probe.return %a : ui32
  }
}

// -----

probe.script @s index 0 {
  probe.init {
    %a = probe.constant 1 : ui32
    // expected-error @+1 {{expects to be in the body of a function or probe}}
    probe.return %a : ui32
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    // expected-error @+1 {{no function named @f}}
    probe.call @f() : () -> ()
  }
}

// -----

probe.script @s index 0 {
  probe.fn @f {
  }
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %a = probe.constant 1 : ui32
    // expected-error @+1 {{expects the arguments of @f}}
    probe.call @f(%a) : (ui32) -> ()
  }
}

// -----

probe.script @s index 0 {
  probe.fn @f {
  }
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    // expected-error @+1 {{expects the result of @f}}
    %r = probe.call @f() : () -> ui32
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    // expected-error @+1 {{the script uses no library named 'cache'}}
    probe.lib_call "cache" "f"() : () -> ()
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    // expected-error @+1 {{the script uses no library named 'cache'}}
    %m = probe.memid "cache" : ui32
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %a = probe.bound "arg0" : si32
    // expected-error @+1 {{expects static arguments of a static call}}
    probe.lib_call static "whamm_core" "f"(%a) : (si32) -> ()
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %c = probe.constant true
    scf.if %c {
      // expected-error @+1 {{expects parent op 'probe.probe'}}
      probe.site_init {
      }
    }
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %a = probe.bound "arg0" : ui32
    // expected-error @+1 {{memory is known at match time}}
    %m = probe.mem_size %a : ui32
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %a = probe.bound "arg0" : ui32
    %b = probe.constant 0 : ui32
    // expected-error @+1 {{srcMemory is known at match time}}
    probe.mem_copy %b[%a], %a[%a], %a
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %a = probe.bound "arg0" : ui32
    %b = probe.constant 0 : si32
    // expected-error @+1 {{table is known at match time}}
    %f = probe.resolve_funcref %a[%b] : si32
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    // expected-error @+1 {{expects an operand, result or local, found 'imm0'}}
    %a = probe.bound_get "imm0" : ui32
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %a = probe.constant 1 : ui32
    // expected-error @+1 {{expects an operand, result, local or immediate, found 'fid'}}
    probe.bound_set "fid", %a : ui32
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %a = probe.bound "arg0" : ui32
    // expected-error @+1 {{expects a static value for an immediate}}
    probe.bound_set "imm0", %a : ui32
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %c = probe.constant true
    %a = probe.constant 1 : ui32
    scf.if %c {
      // expected-error @+1 {{expects to exchange an immediate in the body's own block}}
      probe.bound_set "imm0", %a : ui32
    }
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:alt" source 0 body {
    // expected-error @+1 {{expects an index or a name}}
    probe.alt_call
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:alt" source 0 body {
    // expected-error @+1 {{expects an index or a name}}
    probe.alt_call index 1 name "f"
  }
}

// -----

probe.script @s index 0 {
  probe.fn @f {
    // expected-error @+1 {{expects to be in the body of a probe}}
    probe.alt_call index 1
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 predicate {
    // expected-error @+1 {{expects to be in the body of a probe}}
    %a = probe.bound_get "arg0" : i1
    predicate.yield %a
  } body {
  }
}
