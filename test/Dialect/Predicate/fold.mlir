// predicate-fold simplifies predicates, removes probes that cannot fire and
// keeps the constant of those that always do.
// RUN: whamm-opt %s -predicate-fold -verify-diagnostics -split-input-file | FileCheck %s
// RUN: whamm-opt %s -predicate-fold -split-input-file -verify-diagnostics \
// RUN:   -mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=STATS

// STATS: predicate-fold
// STATS-NEXT: (S) 0 predicates-folded
// STATS-NEXT: (S) 0 probes-removed

probe.script @simplified index 0 {
  // CHECK-LABEL: probe.script @simplified
  // CHECK: predicate {
  // CHECK-NEXT: %[[A:.*]] = probe.bound "at_func_end"
  // CHECK-NEXT: predicate.yield %[[A]]
  probe.probe rule "wasm:opcode:call:before" source 0 predicate {
    %a = probe.bound "at_func_end" : i1
    %t = probe.constant true
    %c = predicate.and %a, %t
    predicate.yield %c
  } body {
  }
}

// -----

// STATS: predicate-fold
// STATS-NEXT: (S) 1 predicates-folded
// STATS-NEXT: (S) 0 probes-removed

probe.script @always index 0 {
  // CHECK-LABEL: probe.script @always
  // CHECK: predicate {
  // CHECK-NEXT: %[[T:.*]] = probe.constant true
  // CHECK-NEXT: predicate.yield %[[T]]
  probe.probe rule "wasm:opcode:call:before" source 0 predicate {
    %a = probe.bound "at_func_end" : i1
    %n = predicate.not %a
    %c = predicate.or %a, %n
    predicate.yield %c
  } body {
  }
}

// -----

// STATS: predicate-fold
// STATS-NEXT: (S) 0 predicates-folded
// STATS-NEXT: (S) 1 probes-removed

probe.script @never index 0 {
  probe.global @n : ui32
  // CHECK-LABEL: probe.script @never
  // CHECK-NOT: source 0
  // expected-warning @+1 {{this probe never fires: its predicate is always false}}
  probe.probe rule "wasm:opcode:call:before" source 0 predicate {
    %a = probe.bound "at_func_end" : i1
    %n = predicate.not %a
    %c = predicate.and_then %a {
      predicate.yield %n
    }
    predicate.yield %c
  } body {
    %v = probe.var "count" report : ui32
  }
  // Others stay.
  // CHECK: source 1 body
  probe.probe rule "wasm:opcode:call:before" source 1 body {
    %one = probe.constant 1 : ui32
    probe.global_set @n, %one : ui32
  }
}

