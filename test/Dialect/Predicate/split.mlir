// predicate-split divides conjunctions by stage.
// RUN: whamm-opt %s -predicate-split -split-input-file | FileCheck %s

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

// What can trap keeps its guard; static terms of the guard decide early, too.
probe.script @guarded index 0 {
  // CHECK-LABEL: probe.script @guarded
  // CHECK: static {
  // CHECK: probe.cmp eq
  // CHECK: } dynamic {
  // CHECK: predicate.and_then
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
