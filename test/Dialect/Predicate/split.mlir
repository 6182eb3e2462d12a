// predicate-split divides conjunctions by stage.
// RUN: whamm-opt %s -predicate-split -split-input-file | FileCheck %s
// RUN: whamm-opt %s -predicate-split -split-input-file \
// RUN:   -mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=STATS

// STATS: predicate-split
// STATS-NEXT: (S) 2 static-terms
// STATS-NEXT: (S) 1 dynamic-terms

probe.script @mixed index 0 {
  // CHECK-LABEL: probe.script @mixed
  // CHECK: predicate {
  // CHECK-NEXT: %[[P:.*]] = predicate.staged static {
  // CHECK-NEXT: %[[FID:.*]] = probe.bound "fid"
  // CHECK-NEXT: %[[THREE:.*]] = probe.constant 3
  // CHECK-NEXT: %[[EQ:.*]] = probe.cmp eq %[[FID]], %[[THREE]]
  // CHECK-NEXT: %[[END:.*]] = probe.bound "at_func_end"
  // CHECK-NEXT: %[[BOTH:.*]] = predicate.and %[[EQ]], %[[END]]
  // CHECK-NEXT: predicate.yield %[[BOTH]]
  // CHECK-NEXT: } dynamic {
  // CHECK-NEXT: %[[ARG:.*]] = probe.bound "arg0"
  // CHECK-NEXT: %[[THREE2:.*]] = probe.constant 3
  // CHECK-NEXT: %[[NE:.*]] = probe.cmp ne %[[ARG]], %[[THREE2]]
  // CHECK-NEXT: predicate.yield %[[NE]]
  // CHECK-NEXT: }
  // CHECK-NEXT: predicate.yield %[[P]]
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    %fid = probe.bound "fid" : ui32
    %three = probe.constant 3 : ui32
    %s = probe.cmp eq %fid, %three : ui32
    %arg0 = probe.bound "arg0" : ui32
    %d = probe.cmp ne %arg0, %three : ui32
    %e = probe.bound "at_func_end" : i1
    %0 = predicate.and %s, %d
    %1 = predicate.and %0, %e
    predicate.yield %1
  } body {
  }
}

// -----

// STATS: predicate-split
// STATS-NEXT: (S) 1 static-terms
// STATS-NEXT: (S) 0 dynamic-terms

probe.script @static_only index 0 {
  // CHECK-LABEL: probe.script @static_only
  // CHECK: predicate.staged static {
  // CHECK-NEXT: probe.bound "at_func_end"
  // CHECK: } dynamic {
  // CHECK-NEXT: %[[T:.*]] = probe.constant true
  // CHECK-NEXT: predicate.yield %[[T]]
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    %e = probe.bound "at_func_end" : i1
    predicate.yield %e
  } body {
  }
}

// -----

// STATS: predicate-split
// STATS-NEXT: (S) 0 static-terms
// STATS-NEXT: (S) 1 dynamic-terms

probe.script @dynamic_only index 0 {
  probe.global @g : i1
  // CHECK-LABEL: probe.script @dynamic_only
  // CHECK: predicate.staged static {
  // CHECK-NEXT: %[[T:.*]] = probe.constant true
  // CHECK-NEXT: predicate.yield %[[T]]
  // CHECK-NEXT: } dynamic {
  // CHECK-NEXT: probe.global_get @g
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    %e = probe.global_get @g : i1
    predicate.yield %e
  } body {
  }
}

// -----

// STATS: predicate-split
// STATS-NEXT: (S) 0 static-terms
// STATS-NEXT: (S) 1 dynamic-terms

// A disjunction has no terms: with a dynamic side, it is dynamic.
probe.script @disjunction index 0 {
  probe.global @g : i1
  // CHECK-LABEL: probe.script @disjunction
  // CHECK: static {
  // CHECK-NEXT: probe.constant true
  // CHECK: } dynamic {
  // CHECK: predicate.or
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    %g = probe.global_get @g : i1
    %e = probe.bound "at_func_end" : i1
    %0 = predicate.or %e, %g
    predicate.yield %0
  } body {
  }
}

// -----

// STATS: predicate-split
// STATS-NEXT: (S) 1 static-terms
// STATS-NEXT: (S) 1 dynamic-terms

// What can trap runs where its static guard holds: there are no other sites.
probe.script @guarded index 0 {
  // CHECK-LABEL: probe.script @guarded
  // CHECK: static {
  // CHECK: %[[EQ:.*]] = probe.cmp eq
  // CHECK-NEXT: predicate.yield %[[EQ]]
  // CHECK: } dynamic {
  // CHECK-NOT: predicate.and_then
  // CHECK: probe.div
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    %fid = probe.bound "fid" : ui32
    %three = probe.constant 3 : ui32
    %s = probe.cmp eq %fid, %three : ui32
    %0 = predicate.and_then %s {
      %arg0 = probe.bound "arg0" : ui32
      %q = probe.div %three, %arg0 : ui32
      %c = probe.cmp eq %q, %fid : ui32
      predicate.yield %c
    }
    predicate.yield %0
  } body {
  }
}

// -----

// STATS: predicate-split
// STATS-NEXT: (S) 1 static-terms
// STATS-NEXT: (S) 2 dynamic-terms

// A dynamic guard stays in front of what can trap, and of nothing else.
probe.script @dynamic_guard index 0 {
  // CHECK-LABEL: probe.script @dynamic_guard
  // CHECK: static {
  // CHECK: probe.bound "at_func_end"
  // CHECK: } dynamic {
  // CHECK: %[[NE:.*]] = probe.cmp ne
  // CHECK: %[[AND:.*]] = predicate.and_then %[[NE]] {
  // CHECK: probe.div
  // CHECK: %[[EQ:.*]] = probe.cmp eq
  // CHECK: predicate.yield %[[EQ]]
  // CHECK: predicate.yield %[[AND]]
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    %arg0 = probe.bound "arg0" : ui32
    %zero = probe.constant 0 : ui32
    %ne = probe.cmp ne %arg0, %zero : ui32
    %0 = predicate.and_then %ne {
      %three = probe.constant 3 : ui32
      %q = probe.div %three, %arg0 : ui32
      %c = probe.cmp eq %q, %three : ui32
      predicate.yield %c
    }
    %e = probe.bound "at_func_end" : i1
    %1 = predicate.and %0, %e
    predicate.yield %1
  } body {
  }
}

// -----

// STATS: predicate-split
// STATS-NEXT: (S) 2 static-terms
// STATS-NEXT: (S) 1 dynamic-terms

// A static call decides at match time, and is made only where what stands in
// front of it holds as far as it is static.
probe.script @static_call index 0 {
  // CHECK-LABEL: probe.script @static_call
  // CHECK: static {
  // CHECK: %[[EQ:.*]] = probe.cmp eq
  // CHECK-NEXT: %[[AND:.*]] = predicate.and_then %[[EQ]] {
  // CHECK: probe.lib_call static "lib" "f"
  // CHECK: %[[NE:.*]] = probe.cmp ne
  // CHECK: predicate.yield %[[NE]]
  // CHECK: }
  // CHECK-NEXT: predicate.yield %[[AND]]
  // CHECK: } dynamic {
  // CHECK-NOT: lib_call
  // CHECK: probe.bound "arg0"
  // CHECK-NOT: predicate.and
  probe.library "lib" import "lib"
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    %fid = probe.bound "fid" : ui32
    %three = probe.constant 3 : ui32
    %zero = probe.constant 0 : si32
    %s = probe.cmp eq %fid, %three : ui32
    %arg0 = probe.bound "arg0" : ui32
    %d = probe.cmp eq %arg0, %three : ui32
    %sd = predicate.and %s, %d
    %0 = predicate.and_then %sd {
      %r = probe.lib_call static "lib" "f"() : () -> si32
      %c = probe.cmp ne %r, %zero : si32
      predicate.yield %c
    }
    predicate.yield %0
  } body {
  }
}

// -----

// STATS: predicate-split
// STATS-NEXT: (S) 0 static-terms
// STATS-NEXT: (S) 3 dynamic-terms

// Calls at run time keep their order and their guards; what is without effects
// may share a guard.
probe.script @calls index 0 {
  // CHECK-LABEL: probe.script @calls
  // CHECK: } dynamic {
  // CHECK: probe.lib_call "lib" "f"
  // CHECK: %[[F:.*]] = probe.cmp ne
  // CHECK: %[[AND:.*]] = predicate.and_then %[[F]] {
  // CHECK: probe.lib_call "lib" "g"
  // CHECK: %[[G:.*]] = probe.cmp ne
  // CHECK: probe.bound "arg0"
  // CHECK: %[[A:.*]] = probe.cmp ne
  // CHECK: %[[BOTH:.*]] = predicate.and %[[G]], %[[A]]
  // CHECK: predicate.yield %[[BOTH]]
  // CHECK: }
  // CHECK-NEXT: predicate.yield %[[AND]]
  probe.library "lib" import "lib"
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    %zero = probe.constant 0 : si32
    %f = probe.lib_call "lib" "f"() : () -> si32
    %fc = probe.cmp ne %f, %zero : si32
    %0 = predicate.and_then %fc {
      %g = probe.lib_call "lib" "g"() : () -> si32
      %gc = probe.cmp ne %g, %zero : si32
      predicate.yield %gc
    }
    %arg0 = probe.bound "arg0" : ui32
    %three = probe.constant 3 : ui32
    %d = probe.cmp ne %arg0, %three : ui32
    %1 = predicate.and %0, %d
    predicate.yield %1
  } body {
  }
}

// -----

// STATS: predicate-split
// STATS-NEXT: (S) 0 static-terms
// STATS-NEXT: (S) 1 dynamic-terms

// Both sides of an eager conjunction are computed: effects on its right keep it
// in one piece.
probe.script @eager_effects index 0 {
  // CHECK-LABEL: probe.script @eager_effects
  // CHECK: static {
  // CHECK-NEXT: %[[T:.*]] = probe.constant true
  // CHECK: } dynamic {
  // CHECK: "at_func_end"
  // CHECK: probe.lib_call "lib" "g"
  // CHECK: predicate.and
  // CHECK-NOT: predicate.and_then
  probe.library "lib" import "lib"
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    %zero = probe.constant 0 : si32
    %e = probe.bound "at_func_end" : i1
    %g = probe.lib_call "lib" "g"() : () -> si32
    %gc = probe.cmp ne %g, %zero : si32
    %1 = predicate.and %e, %gc
    predicate.yield %1
  } body {
  }
}

// -----

// STATS: predicate-split
// STATS-NEXT: (S) 0 static-terms
// STATS-NEXT: (S) 0 dynamic-terms

// A call whose result does not matter is made all the same.
probe.script @loose index 0 {
  // CHECK-LABEL: probe.script @loose
  // CHECK: static {
  // CHECK-NEXT: probe.constant true
  // CHECK: } dynamic {
  // CHECK: probe.lib_call "lib" "g"
  // CHECK: %[[T:.*]] = probe.constant true
  // CHECK-NEXT: predicate.yield %[[T]]
  probe.library "lib" import "lib"
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    %g = probe.lib_call "lib" "g"() : () -> si32
    %t = probe.constant true
    predicate.yield %t
  } body {
  }
}

// -----

// STATS: predicate-split
// STATS-NEXT: (S) 2 static-terms
// STATS-NEXT: (S) 0 dynamic-terms

// Short circuits and ternaries of static values are static.
probe.script @static_regions index 0 {
  // CHECK-LABEL: probe.script @static_regions
  // CHECK: static {
  // CHECK: predicate.or_else
  // CHECK: lib_call static
  // CHECK: scf.if
  // CHECK: lib_call static
  // CHECK: } dynamic {
  // CHECK-NEXT: probe.constant true
  probe.library "lib" import "lib"
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    %e = probe.bound "at_func_end" : i1
    %zero = probe.constant 0 : si32
    %0 = predicate.or_else %e {
      %r = probe.lib_call static "lib" "f"() : () -> si32
      %c = probe.cmp ne %r, %zero : si32
      predicate.yield %c
    }
    %1 = predicate.and_then %0 {
      %2 = scf.if %e -> (si32) {
        %r = probe.lib_call static "lib" "f"() : () -> si32
        scf.yield %r : si32
      } else {
        scf.yield %zero : si32
      }
      %c = probe.cmp ne %2, %zero : si32
      predicate.yield %c
    }
    predicate.yield %1
  } body {
  }
}

// -----

// STATS: predicate-split
// STATS-NEXT: (S) 0 static-terms
// STATS-NEXT: (S) 0 dynamic-terms

// A predicate that is split already is left alone.
probe.script @again index 0 {
  // CHECK-LABEL: probe.script @again
  // CHECK: predicate.staged
  // CHECK-NOT: predicate.staged
  probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
    %p = predicate.staged static {
      %e = probe.bound "at_func_end" : i1
      predicate.yield %e
    } dynamic {
      %t = probe.constant true
      predicate.yield %t
    }
    predicate.yield %p
  } body {
  }
}
