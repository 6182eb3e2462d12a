// wasm-inject-merge-arms makes one arm of two that are the same operations, but for
// offsets of accesses that differ by one number per base address.
// RUN: whamm-opt %s -wasm-inject-merge-arms -split-input-file | FileCheck %s
// RUN: whamm-opt %s -wasm-inject-merge-arms -canonicalize -cse -split-input-file \
// RUN:   | FileCheck %s --check-prefix=CLEAN
// RUN: whamm-opt %s -wasm-inject-merge-arms -split-input-file \
// RUN:   -mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=STATS

// STATS: wasm-inject-merge-arms
// STATS-NEXT: (S) 1 arms-merged

// A counter per direction: the second one's distance is added where the
// condition is false.
// CHECK-LABEL: wasm_inject.function @counters
// CHECK-NEXT: ^bb0(%[[R:.*]]: i32, %[[A:.*]]: i32):
// CHECK: %[[C:.*]] = arith.cmpi ne, %[[A]]
// CHECK-NEXT: %[[TRUE:.*]] = arith.constant true
// CHECK-NEXT: %[[NOT:.*]] = arith.xori %[[C]], %[[TRUE]] : i1
// CHECK-NEXT: %[[BIT:.*]] = arith.extui %[[NOT]] : i1 to i32
// CHECK-NEXT: %[[THREE:.*]] = arith.constant 3 : i32
// CHECK-NEXT: %[[DISTANCE:.*]] = arith.shli %[[BIT]], %[[THREE]] : i32
// CHECK-NEXT: %[[BASE:.*]] = arith.addi %[[R]], %[[DISTANCE]] : i32
// CHECK-NEXT: %[[V:.*]] = wasm_inject.load %[[BASE]][16] : i64
// CHECK-NEXT: %[[W:.*]] = arith.addi %[[V]]
// CHECK-NEXT: wasm_inject.store %[[BASE]][16], %[[W]] : i64
// CHECK-NEXT: }
// Comparisons are inverted in place.
// CLEAN-LABEL: wasm_inject.function @counters
// CLEAN: %[[C:.*]] = arith.cmpi eq
// CLEAN-NEXT: %[[BIT:.*]] = arith.extui %[[C]] : i1 to i32
// CLEAN-NEXT: arith.shli %[[BIT]]
// CLEAN-NOT: scf.if
// CLEAN: }
// CLEAN-LABEL: wasm_inject.function @then_is_far
wasm_inject.function @counters -> [] {
^bb0(%record: i32, %arg: i32):
  %one = arith.constant 1 : i64
  %zero = arith.constant 0 : i32
  %c = arith.cmpi ne, %arg, %zero : i32
  scf.if %c {
    %v = wasm_inject.load %record[16] : i64
    %w = arith.addi %v, %one : i64
    wasm_inject.store %record[16], %w : i64
  } else {
    %v = wasm_inject.load %record[24] : i64
    %w = arith.addi %v, %one : i64
    wasm_inject.store %record[24], %w : i64
  }
}

// -----

// STATS: wasm-inject-merge-arms
// STATS-NEXT: (S) 1 arms-merged

// The `then` arm has the larger offset: the condition as it is, and the offset
// of the other arm. Constants in the arms need not be one.
// CHECK-LABEL: wasm_inject.function @then_is_far
// CHECK-NEXT: ^bb0(%[[R:.*]]: i32, %[[C:.*]]: i1):
// CHECK-NEXT: %[[BIT:.*]] = arith.extui %[[C]] : i1 to i32
// CHECK-NEXT: %[[FOUR:.*]] = arith.constant 4 : i32
// CHECK-NEXT: %[[DISTANCE:.*]] = arith.shli %[[BIT]], %[[FOUR]] : i32
// CHECK-NEXT: %[[BASE:.*]] = arith.addi %[[R]], %[[DISTANCE]] : i32
// CHECK-NEXT: %[[ONE:.*]] = arith.constant 1 : i32
// CHECK-NEXT: wasm_inject.store %[[BASE]][4], %[[ONE]] : i32
// CHECK-NEXT: }
wasm_inject.function @then_is_far -> [] {
^bb0(%record: i32, %c: i1):
  scf.if %c {
    %one = arith.constant 1 : i32
    wasm_inject.store %record[20], %one : i32
  } else {
    %one = arith.constant 1 : i32
    wasm_inject.store %record[4], %one : i32
  }
}

// -----

// STATS: wasm-inject-merge-arms
// STATS-NEXT: (S) 1 arms-merged

// A distance that is no power of two.
// CHECK-LABEL: wasm_inject.function @factor
// CHECK: %[[BIT:.*]] = arith.extui
// CHECK-NEXT: %[[FACTOR:.*]] = arith.constant 24 : i32
// CHECK-NEXT: %[[DISTANCE:.*]] = arith.muli %[[BIT]], %[[FACTOR]] : i32
// CHECK-NEXT: %[[BASE:.*]] = arith.addi %{{.*}}, %[[DISTANCE]] : i32
// CHECK-NEXT: wasm_inject.store %[[BASE]][0]
// CHECK-NOT: scf.if
wasm_inject.function @factor -> [] {
^bb0(%record: i32, %c: i1, %v: i32):
  scf.if %c {
    wasm_inject.store %record[0], %v : i32
  } else {
    wasm_inject.store %record[24], %v : i32
  }
}

// -----

// STATS: wasm-inject-merge-arms
// STATS-NEXT: (S) 1 arms-merged

wasm_inject.import @get from "m" "get" : (i32) -> i32

// Results, calls and other effects that correspond; what traps does so in both.
// CHECK-LABEL: wasm_inject.function @results
// CHECK-NEXT: ^bb0(%[[R:.*]]: i32, %[[C:.*]]: i1):
// CHECK: %[[BASE:.*]] = arith.addi %[[R]]
// CHECK-NEXT: %[[V:.*]] = wasm_inject.load %[[BASE]][0] : i32
// CHECK-NEXT: %[[G:.*]] = wasm_inject.call @get(%[[V]])
// CHECK-NEXT: %[[D:.*]] = wasm_inject.div %[[G]], %[[V]]
// CHECK-NEXT: %[[SUM:.*]] = arith.addi %[[D]], %[[R]]
// CHECK-NEXT: wasm_inject.return %[[SUM]]
wasm_inject.function @results -> [i32] {
^bb0(%record: i32, %c: i1):
  %result:2 = scf.if %c -> (i32, i32) {
    %v = wasm_inject.load %record[0] : i32
    %g = wasm_inject.call @get(%v) : (i32) -> i32
    %d = wasm_inject.div %g, %v : i32
    scf.yield %d, %record : i32, i32
  } else {
    %v = wasm_inject.load %record[4] : i32
    %g = wasm_inject.call @get(%v) : (i32) -> i32
    %d = wasm_inject.div %g, %v : i32
    scf.yield %d, %record : i32, i32
  }
  %sum = arith.addi %result#0, %result#1 : i32
  wasm_inject.return %sum : i32
}

// -----

// STATS: wasm-inject-merge-arms
// STATS-NEXT: (S) 1 arms-merged

// Nothing differs: one arm, and no address to compute.
// CHECK-LABEL: wasm_inject.function @same
// CHECK-NEXT: ^bb0(%[[R:.*]]: i32, %{{.*}}: i1, %[[V:.*]]: i32):
// CHECK-NEXT: wasm_inject.store %[[R]][8], %[[V]] : i32
// CHECK-NEXT: wasm_inject.trap
// CHECK-NEXT: }
wasm_inject.function @same -> [] {
^bb0(%record: i32, %c: i1, %v: i32):
  scf.if %c {
    wasm_inject.store %record[8], %v : i32
    wasm_inject.trap
  } else {
    wasm_inject.store %record[8], %v : i32
    wasm_inject.trap
  }
}

// -----

// STATS: wasm-inject-merge-arms
// STATS-NEXT: (S) 1 arms-merged

// Each base address has its distance. Accesses with equal offsets keep their
// address, also where others with that base move.
// CHECK-LABEL: wasm_inject.function @bases
// CHECK-NEXT: ^bb0(%[[R:.*]]: i32, %[[S:.*]]: i32, %[[T:.*]]: i32, %[[C:.*]]: i1):
// CHECK: %[[RBASE:.*]] = arith.addi %[[R]]
// CHECK: %[[SBASE:.*]] = arith.addi %[[S]]
// CHECK-NEXT: %[[A:.*]] = wasm_inject.load %[[RBASE]][0] : i32
// CHECK-NEXT: %[[B:.*]] = wasm_inject.load %[[R]][40] : i32
// CHECK-NEXT: %[[E:.*]] = wasm_inject.load %[[T]][4] : i32
// CHECK-NEXT: wasm_inject.store %[[SBASE]][0], %[[A]]
// CHECK-NEXT: wasm_inject.store %[[SBASE]][4], %[[B]]
// CHECK-NEXT: wasm_inject.store %[[T]][8], %[[E]]
// CHECK-NEXT: }
wasm_inject.function @bases -> [] {
^bb0(%r: i32, %s: i32, %t: i32, %c: i1):
  scf.if %c {
    %a = wasm_inject.load %r[0] : i32
    %b = wasm_inject.load %r[40] : i32
    %e = wasm_inject.load %t[4] : i32
    wasm_inject.store %s[16], %a : i32
    wasm_inject.store %s[20], %b : i32
    wasm_inject.store %t[8], %e : i32
  } else {
    %a = wasm_inject.load %r[8] : i32
    %b = wasm_inject.load %r[40] : i32
    %e = wasm_inject.load %t[4] : i32
    wasm_inject.store %s[0], %a : i32
    wasm_inject.store %s[4], %b : i32
    wasm_inject.store %t[8], %e : i32
  }
}

// -----

// STATS: wasm-inject-merge-arms
// STATS-NEXT: (S) 3 arms-merged

// Inner ones first; then the outer arms differ in offsets from an address that
// they compute themselves.
// CHECK-LABEL: wasm_inject.function @nested
// CHECK-NEXT: ^bb0(%[[R:.*]]: i32, %{{.*}}: i1, %{{.*}}: i1, %[[V:.*]]: i64):
// CHECK-NOT: scf.if
// CHECK: arith.constant 4 : i32
// CHECK-NEXT: %[[OUTER:.*]] = arith.shli
// CHECK: arith.constant 3 : i32
// CHECK-NEXT: %[[INNER:.*]] = arith.shli
// CHECK-NEXT: %[[SUM:.*]] = arith.addi %[[R]], %[[INNER]] : i32
// CHECK-NEXT: %[[BASE:.*]] = arith.addi %[[SUM]], %[[OUTER]] : i32
// CHECK-NEXT: wasm_inject.store %[[BASE]][0], %[[V]] : i64
// CHECK-NEXT: }
wasm_inject.function @nested -> [] {
^bb0(%record: i32, %c: i1, %d: i1, %v: i64):
  scf.if %c {
    scf.if %d {
      wasm_inject.store %record[0], %v : i64
    } else {
      wasm_inject.store %record[8], %v : i64
    }
  } else {
    scf.if %d {
      wasm_inject.store %record[16], %v : i64
    } else {
      wasm_inject.store %record[24], %v : i64
    }
  }
}

// -----

// STATS: wasm-inject-merge-arms
// STATS-NEXT: (S) 1 arms-merged

// An inner one that stays is compared, too.
// CHECK-LABEL: wasm_inject.function @inner_without_else
// CHECK: %[[BASE:.*]] = arith.addi
// CHECK-NEXT: scf.if %{{.*}} {
// CHECK-NEXT: wasm_inject.store %[[BASE]][0]
// CHECK-NEXT: }
// CHECK-NEXT: }
wasm_inject.function @inner_without_else -> [] {
^bb0(%record: i32, %c: i1, %d: i1, %v: i64):
  scf.if %c {
    scf.if %d {
      wasm_inject.store %record[0], %v : i64
    }
  } else {
    scf.if %d {
      wasm_inject.store %record[8], %v : i64
    }
  }
}
