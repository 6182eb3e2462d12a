// What the verifiers of the dialect refuse.
// RUN: whamm-opt %s -allow-unregistered-dialect -verify-diagnostics -split-input-file

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 predicate {
    %t = probe.constant true
    %a = predicate.and_then %t {
      // expected-error @+1 {{block with no terminator}}
      %f = probe.constant false
    }
    predicate.yield %a
  } body {
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 predicate {
    %t = probe.constant true
    // expected-error @+1 {{expects its regions to end in predicate.yield}}
    %a = predicate.or_else %t {
      "test.stop"() : () -> ()
    }
    predicate.yield %a
  } body {
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 predicate {
    %t = probe.constant true
    // expected-error @+1 {{expects a non-empty block}}
    %a = predicate.or_else %t {
    }
    predicate.yield %a
  } body {
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    // expected-error @+1 {{expects its static part to read static values only}}
    %p = predicate.staged static {
      %arg0 = probe.bound "arg0" : ui32
      %c = probe.cmp eq %arg0, %arg0 : ui32
      predicate.yield %c
    } dynamic {
      %t = probe.constant true
      predicate.yield %t
    }
    predicate.yield %p
  } body {
  }
}

// -----

probe.script @s index 0 {
  probe.global @g : i1
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    // expected-error @+1 {{expects its static part to read static values only}}
    %p = predicate.staged static {
      %c = probe.global_get @g : i1
      predicate.yield %c
    } dynamic {
      %t = probe.constant true
      predicate.yield %t
    }
    predicate.yield %p
  } body {
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    %t = probe.constant true
    // expected-error @+1 {{expects its regions to end in predicate.yield}}
    %p = predicate.staged static {
      predicate.yield %t
    } dynamic {
      "test.stop"() : () -> ()
    }
    predicate.yield %p
  } body {
  }
}

// -----

probe.script @s index 0 {
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    // expected-note @+1 {{prior use here}}
    %c = probe.constant 1 : ui32
    // expected-error @+1 {{expects different type than prior uses: 'i1' vs 'ui32'}}
    %a = predicate.and %c, %c
    predicate.yield %a
  } body {
  }
}
