// probe-expand gives probes their events, their numbers and their order.
// RUN: whamm-opt %s -probe-expand -split-input-file -verify-diagnostics | FileCheck %s
// RUN: not whamm-opt %s -probe-expand -split-input-file 2>/dev/null -o /dev/null
// RUN: whamm-opt %s -probe-expand -split-input-file -verify-diagnostics \
// RUN:   -mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=STATS

// STATS: probe-expand
// STATS-NEXT: (S) 7 instances

// Numbers run over the whole script in provider order; the order at one place
// is by package, then mode, by first appearance, then source.
probe.script @numbers index 0 {
  // CHECK-LABEL: probe.script @numbers
  // CHECK: source 0 instances [#probe.instance<"opcode:return_call:before" number 0 order 0>]
  probe.probe rule "wasm:opcode:return_call:before" source 0 body {
  }
  // CHECK: source 1 instances [#probe.instance<"func:entry" number 1 order [[#FUNC:]]>]
  probe.probe rule "wasm:func:entry" source 1 body {
  }
  // CHECK: source 2 instances
  // CHECK-SAME: #probe.instance<"opcode:br:before" number 2 order [[#BEFORE:]]>
  // CHECK-SAME: #probe.instance<"opcode:br:after" number 3 order [[#AFTER:]]>
  // CHECK-SAME: #probe.instance<"opcode:br_if:before" number 4 order [[#BEFORE]]>
  // CHECK-SAME: #probe.instance<"opcode:br_if:after" number 5 order [[#AFTER]]>
  probe.probe rule "wasm:opcode:br|br_if:before|after" source 2 body {
  }
  // CHECK: source 3 instances [#probe.instance<"report" number 6 order
  probe.probe rule "wasm:report" source 3 body {
  }
}

// -----

// STATS: probe-expand
// STATS-NEXT: (S) 2 instances

// Of the variants of a source probe, each event takes the one that fits; the
// second variant of equal kind goes.
probe.script @variants index 0 {
  probe.global @g : ui32
  probe.global @f : f32
  // CHECK-LABEL: probe.script @variants
  // CHECK: source 0 instances [#probe.instance<"opcode:f32.store:before" number 1 order 0>] body
  // CHECK-NEXT: probe.bound "arg0" : f32
  probe.probe rule "wasm:opcode:i32.store|f32.store:before" source 0 body {
    %v = probe.bound "arg0" : f32
    probe.global_set @f, %v : f32
  }
  // CHECK: source 0 instances [#probe.instance<"opcode:i32.store:before" number 0 order 0>] body
  // CHECK-NEXT: probe.bound "arg0" : si32
  probe.probe rule "wasm:opcode:i32.store|f32.store:before" source 0 body {
    %v = probe.bound "arg0" : si32
    %u = probe.cast %v : si32 to ui32
    probe.global_set @g, %u : ui32
  }
  // CHECK-NOT: source 0
  probe.probe rule "wasm:opcode:i32.store|f32.store:before" source 0 body {
    %v = probe.bound "arg0" : si32
    %u = probe.cast %v : si32 to ui32
    probe.global_set @g, %u : ui32
  }
}

// -----

// STATS: probe-expand
// STATS-NEXT: (S) 3 instances

// An alias must mean what the event means by it; a type bound sets the type.
probe.script @aliases index 0 {
  probe.global @g : ui32
  // CHECK-LABEL: probe.script @aliases
  // CHECK: instances [#probe.instance<"opcode:i32.load:before"
  // CHECK: "addr" is "arg0"
  probe.probe rule "wasm:opcode:i32.load|i32.store:before" source 0 body {
    %v = probe.bound "addr" is "arg0" : ui32
    probe.global_set @g, %v : ui32
  }
  // CHECK: instances [#probe.instance<"opcode:i32.store:before"
  // CHECK: "addr" is "arg1"
  probe.probe rule "wasm:opcode:i32.load|i32.store:before" source 0 body {
    %v = probe.bound "addr" is "arg1" : ui32
    probe.global_set @g, %v : ui32
  }
  // CHECK: source 1 bounds {{.*}} instances [#probe.instance<"opcode:call:before"
  probe.probe rule "wasm:opcode:call:before" source 1 bounds [#probe.bound<"arg0" : ui32>] body {
    %v = probe.bound "arg0" : ui32
    probe.global_set @g, %v : ui32
  }
}

// -----

// STATS: probe-expand
// STATS-NEXT: (S) 1 instances

probe.script @misfit index 0 {
  // expected-error @+1 {{no variant of probe 0 has the bound names of 'opcode:f32.store'}}
  probe.probe rule "wasm:opcode:i32.store|f32.store:before" source 0 body {
    %v = probe.bound "arg0" : si32
  }
}

// -----

// STATS: probe-expand
// STATS-NEXT: (S) 0 instances

probe.script @unknown_name index 0 {
  // expected-error @+1 {{no variant of probe 0 has the bound names of 'opcode:call'}}
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %v = probe.bound "num_targets" : ui32
  }
}

// -----

// STATS: probe-expand
// STATS-NEXT: (S) 0 instances

probe.script @nothing index 0 {
  // expected-error @+1 {{rule 'wasm:opcode:cal:before' matches nothing: no event fits}}
  probe.probe rule "wasm:opcode:cal:before" source 0 body {
  }
}

// -----

// STATS: probe-expand
// STATS-NEXT: (S) 0 instances

probe.script @no_mode index 0 {
  // expected-error @+1 {{rule 'wasm:func:entry:before' matches nothing: no mode fits}}
  probe.probe rule "wasm:func:entry:before" source 0 body {
  }
}

// -----

// STATS: probe-expand
// STATS-NEXT: (S) 0 instances

probe.script @no_provider index 0 {
  // expected-error @+1 {{rule 'wasi:func:entry' matches nothing: no provider fits}}
  probe.probe rule "wasi:func:entry" source 0 body {
  }
}

// -----

// STATS: probe-expand
// STATS-NEXT: (S) 3 instances

// What has no position is an event, too.
probe.script @program index 0 {
  // CHECK-LABEL: probe.script @program
  // CHECK: source 0 instances [#probe.instance<"begin" number 0 order 0>]
  probe.probe rule "wasm:begin" source 0 body {
  }
  // CHECK: source 1 instances [#probe.instance<"end" number 1 order 1>]
  probe.probe rule "wasm:end" source 1 body {
  }
  // CHECK: source 2 instances [#probe.instance<"report" number 2 order 2>]
  probe.probe rule "wasm:report" source 2 body {
  }
}

// -----

// STATS: probe-expand
// STATS-NEXT: (S) 4 instances

// Of several scripts the first goes first; numbers start anew in each.
module {
  // CHECK-LABEL: probe.script @first
  probe.script @first index 0 {
    // CHECK: source 0 instances [#probe.instance<"opcode:call:after" number 0 order 0>]
    probe.probe rule "wasm:opcode:call:after" source 0 body {
    }
    // CHECK: source 1 instances [#probe.instance<"func:entry" number 1 order 2>]
    probe.probe rule "wasm:func:entry" source 1 body {
    }
    // CHECK: source 2 instances [#probe.instance<"opcode:call:after" number 2 order 1>]
    probe.probe rule "wasm:opcode:call:after" source 2 body {
    }
  }
  // CHECK-LABEL: probe.script @second
  probe.script @second index 1 {
    // CHECK: source 0 instances [#probe.instance<"opcode:call:after" number 0 order 3>]
    probe.probe rule "wasm:opcode:call:after" source 0 body {
    }
  }
}

// -----

// STATS: probe-expand
// STATS-NEXT: (S) 2 instances

// Variants that list their events get those and no others, with the numbers
// that the whole rule gives.
probe.script @listed index 0 {
  // CHECK-LABEL: probe.script @listed
  // CHECK: source 0 instances [#probe.instance<"opcode:table.get:before" number 1 order 0>] body {
  // CHECK: probe.constant 1
  probe.probe rule "wasm:opcode:call|table.get|table.set:before" source 0 instances [#probe.instance<"opcode:table.get:before" number 7 order 9>] body {
    %c = probe.constant 1 : ui32
  }
  // CHECK: source 0 instances [#probe.instance<"opcode:table.set:before" number 2 order 0>] body {
  // CHECK: probe.constant 2
  probe.probe rule "wasm:opcode:call|table.get|table.set:before" source 0 instances [#probe.instance<"opcode:table.set:before" number 0 order 0>] body {
    %c = probe.constant 2 : ui32
  }
}

// -----

// STATS: probe-expand
// STATS-NEXT: (S) 2 instances

// Names that are assigned tell variants apart as those that are read.
probe.script @assigned index 0 {
  // CHECK-LABEL: probe.script @assigned
  // CHECK: instances [#probe.instance<"opcode:f32.store:before" number 1 order 0>] body
  probe.probe rule "wasm:opcode:i32.store|f32.store:before" source 0 body {
    %v = probe.constant 1.0 : f32
    probe.bound_set "arg0", %v : f32
  }
  // CHECK: instances [#probe.instance<"opcode:i32.store:before" number 0 order 0>] body
  probe.probe rule "wasm:opcode:i32.store|f32.store:before" source 0 body {
    %v = probe.bound_get "arg0" : si32
    probe.bound_set "arg0", %v : si32
  }
}

// -----

// STATS: probe-expand
// STATS-NEXT: (S) 4 instances

// Only memory.init reads a segment; `resolved_fid` is a name only where it is
// static, and a number of its own only where it is no immediate.
probe.script @hidden index 0 {
  // CHECK-LABEL: probe.script @hidden
  // CHECK: source 0 instances [#probe.instance<"opcode:memory.init:before" number 0 order 0>] body
  probe.probe rule "wasm:opcode:memory.fill|memory.init:before" source 0 body {
    %s = probe.bound "segment" : !probe.str
  }
  // CHECK: source 0 instances [#probe.instance<"opcode:memory.fill:before" number 1 order 0>] body
  probe.probe rule "wasm:opcode:memory.fill|memory.init:before" source 0 body {
  }
  // CHECK: source 1 instances [#probe.instance<"opcode:table.set:before" number 3 order 1>] body
  probe.probe rule "wasm:opcode:ref.func|table.set:before" source 1 body {
    %s = probe.bound "resolved_fid" : si32
  }
  // CHECK: source 1 instances [#probe.instance<"opcode:ref.func:before" number 2 order 1>] body
  probe.probe rule "wasm:opcode:ref.func|table.set:before" source 1 body {
    %s = probe.bound "resolved_fid" is "imm0" : si32
  }
}

// -----

// STATS: probe-expand
// STATS-NEXT: (S) 0 instances

probe.script @dynamic index 0 {
  // expected-error @+1 {{no variant of probe 0 has the bound names of 'opcode:table.get'}}
  probe.probe rule "wasm:opcode:table.get:before" source 0 body {
    %s = probe.bound "resolved_fid" : si32
  }
}
