// A checked script becomes probes: every construct, each with its place in the
// script.
// RUN: whamm-translate --script-to-mlir %s | FileCheck %s
// RUN: whamm-translate --script-to-mlir %s --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s --check-prefix=LOC
// RUN: whamm-translate --script-to-mlir %s | whamm-opt --verify-roundtrip -o /dev/null

// CHECK: probe.script @script0 index 0 {
// CHECK: probe.global @total : ui64 report
// CHECK: probe.global @ratio : f64
// CHECK: probe.global @seen : i1
report var total: u64 = 3;
var ratio: f64 = 0.1;
var seen: bool;
// CHECK: probe.init {
// CHECK: %[[C3:.*]] = probe.constant 3 : ui64
// CHECK: probe.global_set @total, %[[C3]] : ui64
// CHECK: probe.constant 1.000000e-01 : f64
// CHECK: probe.global_set @ratio
// Statements of the global scope keep their order.
// CHECK: probe.global_get @total
// CHECK: probe.add
// CHECK: probe.global_set @total
total++;

// CHECK: probe.probe rule "wasm:opcode:call:before" source 0 bounds [#probe.bound<"arg0" : si32>] predicate {
// CHECK: %[[NAME:.*]] = probe.bound "target_fn_name" : !probe.str
// CHECK: %[[F:.*]] = probe.constant "f" : !probe.str
// CHECK: %[[EQ:.*]] = probe.str_eq %[[NAME]], %[[F]]
// CHECK: %[[AND:.*]] = predicate.and_then %[[EQ]] {
// CHECK: probe.cmp gt
// CHECK: predicate.yield
// CHECK: }
// CHECK: predicate.yield %[[AND]]
// CHECK: } body {
// LOC: probe.bound "target_fn_name" {{.*}} loc("{{.*}}":[[#@LINE+1]]:38)
wasm:opcode:call(arg0: i32):before / target_fn_name == "f" && arg0 > 3 / {
  // CHECK: %[[COUNT:.*]] = probe.var "count" report : ui32
  // CHECK: %[[FIRST:.*]] = probe.var "first" unshared : ui32 init {
  // CHECK: probe.bound "fid" : ui32
  // CHECK: probe.yield
  // CHECK: %[[TMP:.*]] = probe.var "tmp" local : si32
  report var count: u32;
  unshared var first: u32 = fid;
  // CHECK: %[[ARG:.*]] = probe.bound "arg0" : si32
  // CHECK: probe.constant -1 : si32
  // CHECK: %[[XOR:.*]] = probe.xor
  // CHECK: probe.set %[[TMP]]
  var tmp: i32 = arg0 ^ -1;
  // CHECK: %[[LT:.*]] = probe.cmp lt
  // CHECK: scf.if %[[LT]] {
  // CHECK: probe.set %[[COUNT]]
  // CHECK: } else {
  // CHECK: scf.if
  // CHECK: probe.exit
  // CHECK: } else {
  // CHECK: predicate.not
  // CHECK: probe.global_set @seen
  if (tmp < 0) { count++; } elif (seen) { return; } else { seen = !seen; }
  // A ternary that cannot trap is a selection, one that can is control flow.
  // CHECK: probe.select
  tmp = seen ? tmp : arg0;
  // CHECK: scf.if %{{.*}} -> (si32) {
  // CHECK: probe.div
  // CHECK: scf.yield
  // CHECK: } else {
  // CHECK: probe.rem
  // CHECK: scf.yield
  tmp = seen ? tmp / arg0 : tmp % arg0;
  // CHECK: probe.cast %{{.*}} : si32 to f64
  // CHECK: probe.global_set @ratio
  // LOC: probe.cast {{.*}} loc("{{.*}}script-to-mlir.mm":[[#@LINE+1]]:11)
  ratio = tmp as f64;
  // CHECK: predicate.or_else
  // CHECK: probe.not
  // CHECK: probe.shl
  // CHECK: probe.shr
  // CHECK: probe.and
  // CHECK: probe.or
  seen = seen || (~tmp << 3 >> 1 & 7 | 1) == 1;
}

// CHECK: probe.probe rule "wasm:opcode:i32.load:before" source 1
// CHECK: %[[ADDR:.*]] = probe.bound "addr" is "arg0" : ui32
// CHECK: %[[OFF:.*]] = probe.bound "offset" : ui64
// CHECK: %[[LOW:.*]] = probe.cast %[[OFF]] : ui64 to ui32
// CHECK: probe.add %[[ADDR]], %[[LOW]] : ui32
wasm:opcode:i32.load:before {
  report var last: u32;
  last = effective_addr;
}

// CHECK: probe.probe rule "wasm:opcode:br_table:before" source 2
// CHECK: %[[ARG0:.*]] = probe.bound "arg0" : ui32
// CHECK: %[[NUM:.*]] = probe.bound "num_targets" : ui32
// CHECK: %[[IN:.*]] = probe.cmp lt %[[ARG0]], %[[NUM]]
// CHECK: probe.select %[[IN]], %[[ARG0]], %[[NUM]] : ui32
wasm:opcode:br_table:before { total = target as u64; }

// CHECK: probe.probe rule "wasm:opcode:memory.grow:after" source 3
// CHECK: %[[RES:.*]] = probe.bound "res0" : si32
// CHECK: probe.cmp eq %[[RES]], %{{.*}} : si32
wasm:opcode:memory.grow:after / failed / { total++; }

// A rule whose events bind different types: one variant for each.
// CHECK: probe.probe rule "wasm:opcode:i32.const|f32.const:before" source 4
// CHECK: probe.bound "imm0" : si32
// CHECK: probe.probe rule "wasm:opcode:i32.const|f32.const:before" source 4
// CHECK: probe.bound "imm0" : f32
wasm:opcode:i32.const|f32.const:before { ratio = imm0 as f64; }

// CHECK: probe.probe rule "wasm:func:entry" source 5 body
// CHECK: probe.str_starts_with
// CHECK: probe.str_ends_with
// CHECK: probe.str_contains
// CHECK: probe.str_len
wasm:func:entry {
  seen = fname.starts_with("a");
  seen = fname.ends_with("b");
  seen = fname.contains("c");
  total = fname.len() as u64;
}

// CHECK: probe.probe rule "wasm:report" source 6 body
wasm:report { seen = true; }
