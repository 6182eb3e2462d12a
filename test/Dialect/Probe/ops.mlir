// Every operation, attribute and type of the dialect survives printing, in the
// pretty and in the generic form.
// RUN: whamm-opt %s | whamm-opt | FileCheck %s
// RUN: whamm-opt %s --mlir-print-op-generic | whamm-opt | FileCheck %s
// RUN: whamm-opt %s --verify-roundtrip -o /dev/null

// CHECK-LABEL: probe.script @script0 index 0 {
probe.script @script0 index 0 {
  // CHECK: probe.global @total : ui32 report
  probe.global @total : ui32 report
  // CHECK: probe.global @flag : i1
  probe.global @flag : i1

  // CHECK: probe.init {
  probe.init {
    // CHECK: %[[FIVE:.*]] = probe.constant 5 : ui32
    %five = probe.constant 5 : ui32
    // CHECK: probe.global_set @total, %[[FIVE]] : ui32
    probe.global_set @total, %five : ui32
  }

  // CHECK: probe.probe rule "wasm:opcode:call:before" source 0
  // CHECK-SAME: bounds [#probe.bound<"arg0" : si32>]
  // CHECK-SAME: instances [#probe.instance<"opcode:call:before" number 14 order 3>,
  // CHECK-SAME: #probe.instance<"func:entry" number 15 order 4>]
  // CHECK-SAME: predicate {
  probe.probe rule "wasm:opcode:call:before" source 0
      bounds [#probe.bound<"arg0" : si32>]
      instances [#probe.instance<"opcode:call:before" number 14 order 3>,
                 #probe.instance<"func:entry" number 15 order 4>] predicate {
    %fid = probe.bound "fid" : ui32
    %three = probe.constant 3 : ui32
    // CHECK: %[[EQ:.*]] = probe.cmp eq %{{.*}}, %{{.*}} : ui32
    %p = probe.cmp eq %fid, %three : ui32
    // CHECK: predicate.yield %[[EQ]]
    predicate.yield %p
  } body {
    // CHECK: %[[COUNT:.*]] = probe.var "count" report : ui32
    %count = probe.var "count" report : ui32
    // CHECK: %[[LIMIT:.*]] = probe.var "limit" unshared : ui32 init {
    %limit = probe.var "limit" unshared : ui32 init {
      %f = probe.bound "fid" : ui32
      // CHECK: probe.yield %{{.*}} : ui32
      probe.yield %f : ui32
    }
    // CHECK: %[[TMP:.*]] = probe.var "tmp" local : f64
    %tmp = probe.var "tmp" local : f64

    // CHECK: probe.bound "arg0" : si32
    %arg0 = probe.bound "arg0" : si32
    // CHECK: probe.bound "addr" is "arg0" : ui32
    %addr = probe.bound "addr" is "arg0" : ui32
    // CHECK: probe.bound "fname" : !probe.str
    %name = probe.bound "fname" : !probe.str

    // CHECK: probe.constant -5 : si8
    %i8 = probe.constant -5 : si8
    // CHECK: probe.constant true
    %yes = probe.constant true
    // CHECK: probe.constant "main" : !probe.str
    %main = probe.constant "main" : !probe.str
    // CHECK: probe.constant 2.500000e+00 : f64
    %pi = probe.constant 2.5 : f64

    // CHECK: %[[C:.*]] = probe.get %[[COUNT]] : <ui32>
    %c = probe.get %count : !probe.ref<ui32>
    // CHECK: %[[T:.*]] = probe.global_get @total : ui32
    %t = probe.global_get @total : ui32
    // CHECK: probe.add %[[C]], %[[T]] : ui32
    %add = probe.add %c, %t : ui32
    // CHECK: probe.sub
    %sub = probe.sub %c, %t : ui32
    // CHECK: probe.mul
    %mul = probe.mul %c, %t : ui32
    // CHECK: probe.div
    %div = probe.div %c, %t : ui32
    // CHECK: probe.rem
    %rem = probe.rem %c, %t : ui32
    // CHECK: probe.shl
    %shl = probe.shl %c, %t : ui32
    // CHECK: probe.shr
    %shr = probe.shr %c, %t : ui32
    // CHECK: probe.and
    %and = probe.and %c, %t : ui32
    // CHECK: probe.or
    %or = probe.or %c, %t : ui32
    // CHECK: probe.xor
    %xor = probe.xor %c, %t : ui32
    // CHECK: probe.not %[[C]] : ui32
    %not = probe.not %c : ui32
    // CHECK: probe.cmp ne
    %ne = probe.cmp ne %c, %t : ui32
    // CHECK: %[[LT:.*]] = probe.cmp lt
    %lt = probe.cmp lt %c, %t : ui32
    // CHECK: probe.cmp le
    %le = probe.cmp le %c, %t : ui32
    // CHECK: probe.cmp gt
    %gt = probe.cmp gt %c, %t : ui32
    // CHECK: probe.cmp ge
    %ge = probe.cmp ge %c, %t : ui32
    // CHECK: probe.cast %{{.*}} : si32 to f64
    %cast = probe.cast %arg0 : si32 to f64
    // CHECK: probe.select %[[LT]], %[[C]], %[[T]] : ui32
    %sel = probe.select %lt, %c, %t : ui32
    // CHECK: probe.str_eq
    %s0 = probe.str_eq %name, %main
    // CHECK: probe.str_starts_with
    %s1 = probe.str_starts_with %name, %main
    // CHECK: probe.str_ends_with
    %s2 = probe.str_ends_with %name, %main
    // CHECK: probe.str_contains
    %s3 = probe.str_contains %name, %main
    // CHECK: probe.str_len %{{.*}} : ui32
    %len = probe.str_len %name : ui32

    // CHECK: probe.set %[[TMP]], %{{.*}} : <f64>
    probe.set %tmp, %pi : !probe.ref<f64>
    // CHECK: probe.global_set @flag, %[[LT]] : i1
    probe.global_set @flag, %lt : i1
    // CHECK: scf.if
    scf.if %lt {
      // CHECK: probe.exit
      probe.exit
    }
  }

  // CHECK: probe.probe rule "wasm:report" source 1 body {
  probe.probe rule "wasm:report" source 1 body {
  }
}
