// What only a script made by hand can hold is refused, not miscompiled.
// RUN: printf '(module (func nop))' > %t.wat
// RUN: whamm-opt %s --convert-probe-to-wasm-inject=app=%t.wat -verify-diagnostics -split-input-file
// RUN: not whamm-opt %s --convert-probe-to-wasm-inject -split-input-file 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NO-APP
// RUN: not whamm-opt %s --convert-probe-to-wasm-inject=app=%t.missing -split-input-file 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NO-APP
// RUN: printf '(module (func nop)' > %t.bad.wat
// RUN: not whamm-opt %s --convert-probe-to-wasm-inject=app=%t.bad.wat -split-input-file 2>&1 \
// RUN:   | FileCheck %s --check-prefix=BAD-APP
// NO-APP: error: cannot open '{{.*}}': {{[Nn]}}o such file
// BAD-APP: error: {{.*}}unexpected token

probe.script @arith index 0 {
  probe.global @g : f32
  probe.init {
    %c = probe.constant 1.0 : f32
    // expected-error @+1 {{has no place in a script: nothing lowers it}}
    %s = arith.addf %c, %c : f32
    probe.global_set @g, %s : f32
  }
}

// -----

probe.script @computed_variable index 0 {
  probe.global @g : i1
  probe.probe rule "wasm:opcode:nop:before" source 0
      instances [#probe.instance<"opcode:nop:before" number 0 order 0>] body {
    %c = probe.global_get @g : i1
    %a = probe.var "a" local : i1
    %b = probe.var "b" local : i1
    // expected-error @+1 {{computes a variable: nothing lowers that}}
    %v = scf.if %c -> !probe.ref<i1> {
      scf.yield %a : !probe.ref<i1>
    } else {
      scf.yield %b : !probe.ref<i1>
    }
    probe.set %v, %c : !probe.ref<i1>
  }
}

// -----

probe.script @bound_at_start index 0 {
  probe.global @g : ui32
  probe.init {
    // expected-error @+1 {{nothing is bound here}}
    %f = probe.bound "fid" : ui32
    probe.global_set @g, %f : ui32
  }
}

// -----

probe.script @bound_in_report index 0 {
  probe.global @g : ui32
  probe.probe rule "wasm:report" source 0
      instances [#probe.instance<"report" number 0 order 0>] body {
    // expected-error @+1 {{nothing is bound here}}
    %f = probe.bound "fid" : ui32
    probe.global_set @g, %f : ui32
  }
}

// -----

probe.script @inner_staged index 0 {
  probe.probe rule "wasm:opcode:nop:before" source 0
      instances [#probe.instance<"opcode:nop:before" number 0 order 0>] predicate {
    %t = probe.constant true
    // expected-error @+1 {{belongs to the root of a predicate}}
    %s = predicate.staged static {
      predicate.yield %t
    } dynamic {
      predicate.yield %t
    }
    %n = predicate.not %s
    predicate.yield %n
  } body {
  }
}

// -----

probe.script @app_memory index 0 {
  probe.global @g : ui32
  probe.probe rule "wasm:opcode:nop:before" source 0
      instances [#probe.instance<"opcode:nop:before" number 0 order 0>] body {
    // expected-error @+1 {{APP_MEMID: the application defines no memory}}
    %m = probe.bound "APP_MEMID" : ui32
    probe.global_set @g, %m : ui32
  }
}
