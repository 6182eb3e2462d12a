// --mlir-pass-statistics prints one report on standard error, with the passes that
// ran in their order, and with zeros.
// RUN: whamm-opt %s -predicate-fold -cse -predicate-split -predicate-fold \
// RUN:   -mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --match-full-lines --strict-whitespace
//      CHECK:===-------------------------------------------------------------------------===
// CHECK-NEXT:                        ... Pass statistics report ...
// CHECK-NEXT:===-------------------------------------------------------------------------===
// CHECK-NEXT:predicate-fold
// CHECK-NEXT:  (S) 0 predicates-folded - Predicates that became constant true
// CHECK-NEXT:  (S) 1 probes-removed    - Probes that can never fire
// CHECK-NEXT:predicate-split
// CHECK-NEXT:  (S) 11 static-terms  - Terms that decide at match time
// CHECK-NEXT:  (S)  0 dynamic-terms - Terms that guard a body
// CHECK-NEXT:predicate-fold
// CHECK-NEXT:  (S) 0 predicates-folded - Predicates that became constant true
// CHECK-NEXT:  (S) 0 probes-removed    - Probes that can never fire
// CHECK-NOT:{{.}}

// As a list: one entry per name.
// RUN: whamm-opt %s -predicate-split -predicate-fold -predicate-fold -mlir-pass-statistics \
// RUN:   -mlir-pass-statistics-display=list -o /dev/null 2>&1 | FileCheck %s --check-prefix=LIST
//      LIST: predicate-fold
// LIST-NEXT: (S) 0 predicates-folded
// LIST-NEXT: (S) 0 probes-removed
// LIST-NEXT: predicate-split
// The probe that folding removes is split before it.
// LIST-NEXT: (S) 13 static-terms
//  LIST-NOT: predicate-fold{{$}}

// A pass that runs on several operations, in several threads, is one.
// RUN: whamm-opt %s -pass-pipeline='builtin.module(probe.script(predicate-fold,predicate-split))' \
// RUN:   -mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=NESTED
//      NESTED: predicate-fold
// NESTED-NEXT: (S) 0 predicates-folded
// NESTED-NEXT: (S) 1 probes-removed
// NESTED-NEXT: predicate-split
// NESTED-NEXT: (S) 11 static-terms
//  NESTED-NOT: predicate-fold{{$}}

// Without the option, with `false`, or where no pass ran there is no report.
// RUN: whamm-opt %s -predicate-split -o /dev/null 2>&1 | FileCheck %s --check-prefix=NONE --allow-empty
// RUN: whamm-opt %s -predicate-split -mlir-pass-statistics=false -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NONE --allow-empty
// RUN: whamm-opt %s -mlir-pass-statistics -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NONE --allow-empty
// NONE-NOT: {{Pass statistics|\(S\)}}

// The result is the same. Files that do not open are errors as without it.
// RUN: whamm-opt %s -predicate-split -o %t.without
// RUN: whamm-opt %s -predicate-split -mlir-pass-statistics -o %t.with 2>/dev/null
// RUN: cmp %t.without %t.with
// RUN: not whamm-opt %t.missing -predicate-split -mlir-pass-statistics 2>&1 \
// RUN:   | FileCheck %s --check-prefix=MISSING
// RUN: not whamm-opt %s -predicate-split -mlir-pass-statistics -o %t.missing/out 2>&1 \
// RUN:   | FileCheck %s --check-prefix=MISSING
// MISSING: error: cannot open

probe.script @never index 0 {
  probe.probe rule "wasm:opcode:call:before" source 0 predicate {
    %a = probe.bound "at_func_end" : i1
    %n = predicate.not %a
    %c = predicate.and %a, %n
    predicate.yield %c
  } body {
  }
}
probe.script @static index 1 {
  probe.probe rule "wasm:opcode:call:before" source 0 predicate {
    %e = probe.bound "at_func_end" : i1
    predicate.yield %e
  } body {
  }
  probe.probe rule "wasm:opcode:call:before" source 1 predicate {
    %e = probe.bound "at_func_end" : i1
    predicate.yield %e
  } body {
  }
  probe.probe rule "wasm:opcode:call:before" source 2 predicate {
    %e = probe.bound "at_func_end" : i1
    predicate.yield %e
  } body {
  }
  probe.probe rule "wasm:opcode:call:before" source 3 predicate {
    %e = probe.bound "at_func_end" : i1
    predicate.yield %e
  } body {
  }
  probe.probe rule "wasm:opcode:call:before" source 4 predicate {
    %e = probe.bound "at_func_end" : i1
    predicate.yield %e
  } body {
  }
  probe.probe rule "wasm:opcode:call:before" source 5 predicate {
    %e = probe.bound "at_func_end" : i1
    predicate.yield %e
  } body {
  }
  probe.probe rule "wasm:opcode:call:before" source 6 predicate {
    %e = probe.bound "at_func_end" : i1
    predicate.yield %e
  } body {
  }
  probe.probe rule "wasm:opcode:call:before" source 7 predicate {
    %e = probe.bound "at_func_end" : i1
    predicate.yield %e
  } body {
  }
  probe.probe rule "wasm:opcode:call:before" source 8 predicate {
    %e = probe.bound "at_func_end" : i1
    predicate.yield %e
  } body {
  }
  probe.probe rule "wasm:opcode:call:before" source 9 predicate {
    %e = probe.bound "at_func_end" : i1
    predicate.yield %e
  } body {
  }
  probe.probe rule "wasm:opcode:call:before" source 10 predicate {
    %e = probe.bound "at_func_end" : i1
    predicate.yield %e
  } body {
  }
}
