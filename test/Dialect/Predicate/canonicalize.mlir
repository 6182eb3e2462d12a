// The algebra of predicates.
// RUN: whamm-opt %s -canonicalize -split-input-file | FileCheck %s

probe.script @constants index 0 {
  probe.global @a : i1
  // CHECK-LABEL: probe.script @constants
  probe.init {
    // CHECK-DAG: %[[FALSE:.*]] = probe.constant false
    // CHECK-DAG: %[[TRUE:.*]] = probe.constant true
    // CHECK: %[[A:.*]] = probe.global_get @a
    %a = probe.global_get @a : i1
    %t = probe.constant true
    %f = probe.constant false
    // Identities.
    // CHECK-NEXT: probe.global_set @a, %[[A]]
    %0 = predicate.and %a, %t
    probe.global_set @a, %0 : i1
    // CHECK-NEXT: probe.global_set @a, %[[A]]
    %1 = predicate.or %f, %a
    probe.global_set @a, %1 : i1
    // Absorbing elements.
    // CHECK-NEXT: probe.global_set @a, %[[FALSE]]
    %2 = predicate.and %f, %a
    probe.global_set @a, %2 : i1
    // CHECK-NEXT: probe.global_set @a, %[[TRUE]]
    %3 = predicate.or %a, %t
    probe.global_set @a, %3 : i1
    // Negation.
    // CHECK-NEXT: probe.global_set @a, %[[FALSE]]
    %4 = predicate.not %t
    probe.global_set @a, %4 : i1
    // CHECK-NEXT: probe.global_set @a, %[[A]]
    %5 = predicate.not %a
    %6 = predicate.not %5
    probe.global_set @a, %6 : i1
    // Idempotence and complements.
    // CHECK-NEXT: probe.global_set @a, %[[A]]
    %7 = predicate.and %a, %a
    probe.global_set @a, %7 : i1
    // CHECK-NEXT: probe.global_set @a, %[[FALSE]]
    %8 = predicate.and %a, %5
    probe.global_set @a, %8 : i1
    // CHECK-NEXT: probe.global_set @a, %[[TRUE]]
    %9 = predicate.or %5, %a
    probe.global_set @a, %9 : i1
    // CHECK-NEXT: }
  }
}

// -----

probe.script @laws index 0 {
  probe.global @a : i1
  probe.global @b : i1
  // CHECK-LABEL: probe.script @laws
  probe.init {
    // CHECK: %[[A:.*]] = probe.global_get @a
    // CHECK: %[[B:.*]] = probe.global_get @b
    %a = probe.global_get @a : i1
    %b = probe.global_get @b : i1
    // Absorption.
    // CHECK-NEXT: probe.global_set @a, %[[A]]
    %or = predicate.or %a, %b
    %0 = predicate.and %a, %or
    probe.global_set @a, %0 : i1
    // CHECK-NEXT: probe.global_set @a, %[[B]]
    %and = predicate.and %a, %b
    %1 = predicate.or %and, %b
    probe.global_set @a, %1 : i1
    // De Morgan.
    // CHECK-NEXT: %[[OR:.*]] = predicate.or %[[A]], %[[B]]
    // CHECK-NEXT: %[[NOR:.*]] = predicate.not %[[OR]]
    // CHECK-NEXT: probe.global_set @a, %[[NOR]]
    %na = predicate.not %a
    %nb = predicate.not %b
    %2 = predicate.and %na, %nb
    probe.global_set @a, %2 : i1
    // CHECK-NEXT: %[[AND:.*]] = predicate.and %[[A]], %[[B]]
    // CHECK-NEXT: %[[NAND:.*]] = predicate.not %[[AND]]
    // CHECK-NEXT: probe.global_set @a, %[[NAND]]
    %3 = predicate.or %na, %nb
    probe.global_set @a, %3 : i1
  }
}

// -----

// A right-hand side without effects need not wait; one that can trap must.
probe.script @short_circuit index 0 {
  probe.global @a : i1
  probe.global @n : ui32
  // CHECK-LABEL: probe.script @short_circuit
  probe.init {
    %zero = probe.constant 0 : ui32
    %ten = probe.constant 10 : ui32
    // CHECK: %[[A:.*]] = probe.global_get @a
    %a = probe.global_get @a : i1
    // CHECK: %[[N:.*]] = probe.global_get @n
    // CHECK-NEXT: %[[C:.*]] = probe.cmp eq %[[N]]
    // CHECK-NEXT: %[[AND:.*]] = predicate.and %[[A]], %[[C]]
    // CHECK-NEXT: probe.global_set @a, %[[AND]]
    %0 = predicate.and_then %a {
      %n = probe.global_get @n : ui32
      %c = probe.cmp eq %n, %zero : ui32
      predicate.yield %c
    }
    probe.global_set @a, %0 : i1
    // CHECK: predicate.or_else %[[A]] {
    // CHECK: probe.div
    // CHECK: predicate.yield
    %1 = predicate.or_else %a {
      %n = probe.global_get @n : ui32
      %d = probe.div %ten, %n : ui32
      %c = probe.cmp eq %d, %zero : ui32
      predicate.yield %c
    }
    probe.global_set @a, %1 : i1
    // A constant divisor that is not zero is harmless.
    // CHECK-NOT: predicate.and_then
    // CHECK: predicate.and
    %2 = predicate.and_then %a {
      %n = probe.global_get @n : ui32
      %d = probe.div %n, %ten : ui32
      %c = probe.cmp eq %d, %zero : ui32
      predicate.yield %c
    }
    probe.global_set @a, %2 : i1
  }
}

// -----

// A constant left-hand side decides whether the right-hand side runs.
probe.script @decided index 0 {
  probe.global @a : i1
  probe.global @n : ui32
  // CHECK-LABEL: probe.script @decided
  probe.init {
    // CHECK-DAG: %[[FALSE:.*]] = probe.constant false
    // CHECK-DAG: %[[TRUE:.*]] = probe.constant true
    %t = probe.constant true
    %f = probe.constant false
    %ten = probe.constant 10 : ui32
    // CHECK-NOT: probe.div
    // CHECK: probe.global_set @a, %[[FALSE]]
    %0 = predicate.and_then %f {
      %n = probe.global_get @n : ui32
      %d = probe.div %ten, %n : ui32
      %c = probe.cmp eq %d, %ten : ui32
      predicate.yield %c
    }
    probe.global_set @a, %0 : i1
    // CHECK-NOT: probe.div
    // CHECK: probe.global_set @a, %[[TRUE]]
    %1 = predicate.or_else %t {
      %n = probe.global_get @n : ui32
      %d = probe.div %ten, %n : ui32
      %c = probe.cmp eq %d, %ten : ui32
      predicate.yield %c
    }
    probe.global_set @a, %1 : i1
    // Where it runs in any case, nothing is left to decide.
    // CHECK-NOT: predicate.and_then
    // CHECK: %[[D:.*]] = probe.div
    // CHECK: %[[C:.*]] = probe.cmp eq %[[D]]
    // CHECK: probe.global_set @a, %[[C]]
    %2 = predicate.and_then %t {
      %n = probe.global_get @n : ui32
      %d = probe.div %ten, %n : ui32
      %c = probe.cmp eq %d, %ten : ui32
      predicate.yield %c
    }
    probe.global_set @a, %2 : i1
  }
}
