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

// Strings, tuples, maps, functions, libraries, memories, manipulation.
// CHECK-LABEL: probe.script @script1 index 1 {
probe.script @script1 index 1 {
  // CHECK: probe.library "cache" import "cache_v2"
  probe.library "cache" import "cache_v2"
  // CHECK: probe.global @m : !probe.map<!probe.str, tuple<ui32, !probe.str>> report
  probe.global @m : !probe.map<!probe.str, tuple<ui32, !probe.str>> report
  // CHECK: probe.global @t : tuple<ui32, tuple<i1, !probe.str>>
  probe.global @t : tuple<ui32, tuple<i1, !probe.str>>

  // CHECK: probe.fn @twice -> ui32 {
  // CHECK-NEXT: ^bb0(%[[A:.*]]: ui32, %{{.*}}: tuple<>, %{{.*}}: !probe.funcref):
  probe.fn @twice -> ui32 {
  ^bb0(%a: ui32, %u: tuple<>, %f: !probe.funcref):
    // CHECK: probe.return %[[A]] : ui32
    probe.return %a : ui32
  }
  // CHECK: probe.fn @nothing {
  probe.fn @nothing {
    // CHECK: probe.exit
    probe.exit
  }

  // CHECK: probe.probe rule "wasm:opcode:call_indirect:before" source 0
  probe.probe rule "wasm:opcode:call_indirect:before" source 0 body {
    // CHECK: probe.site_init {
    // CHECK: probe.lib_call "cache" "reset"(%{{.*}}) : (ui32) -> ()
    probe.site_init {
      %fid = probe.bound "fid" : ui32
      probe.lib_call "cache" "reset"(%fid) : (ui32) -> ()
    }
    %v = probe.var "v" local : !probe.map<ui32, ui32>
    // CHECK: %[[MAP:.*]] = probe.map_new : <ui32, ui32>
    %new = probe.map_new : !probe.map<ui32, ui32>
    probe.set %v, %new : !probe.ref<!probe.map<ui32, ui32>>
    %one = probe.constant 1 : ui32
    // CHECK: %[[GOT:.*]] = probe.map_get %[[MAP]][%{{.*}}] : <ui32, ui32>
    %got = probe.map_get %new[%one] : !probe.map<ui32, ui32>
    // CHECK: probe.map_set %[[MAP]][%{{.*}}], %[[GOT]] : <ui32, ui32>
    probe.map_set %new[%one], %got : !probe.map<ui32, ui32>
    // CHECK: probe.map_add %[[MAP]][%{{.*}}], %[[GOT]] : <ui32, ui32>
    probe.map_add %new[%one], %got : !probe.map<ui32, ui32>
    // CHECK: %[[CELL:.*]] = probe.map_cell @total[%{{.*}}] : ui32
    %cell = probe.map_cell @total[%one] : ui32
    // CHECK: probe.cell_add %[[CELL]], 3
    probe.cell_add %cell, 3

    %s = probe.constant "s" : !probe.str
    // CHECK: %[[TUPLE:.*]] = probe.tuple_make %{{.*}}, %{{.*}} : tuple<ui32, !probe.str>
    %t = probe.tuple_make %one, %s : tuple<ui32, !probe.str>
    // CHECK: %[[UNIT:.*]] = probe.tuple_make : tuple<>
    %u = probe.tuple_make : tuple<>
    // CHECK: probe.tuple_get %[[TUPLE]][1] : tuple<ui32, !probe.str> -> !probe.str
    %e = probe.tuple_get %t[1] : tuple<ui32, !probe.str> -> !probe.str
    // CHECK: probe.tuple_set %[[TUPLE]][0], %{{.*}} : tuple<ui32, !probe.str>, ui32
    %t2 = probe.tuple_set %t[0], %one : tuple<ui32, !probe.str>, ui32

    // CHECK: %[[REF:.*]] = probe.bound "target_funcref" : !probe.funcref
    %ref = probe.bound "target_funcref" : !probe.funcref
    // CHECK: probe.call @twice(%{{.*}}, %[[UNIT]], %[[REF]]) : (ui32, tuple<>, !probe.funcref) -> ui32
    %c = probe.call @twice(%one, %u, %ref) : (ui32, tuple<>, !probe.funcref) -> ui32
    // CHECK: probe.call @nothing() : () -> ()
    probe.call @nothing() : () -> ()
    // CHECK: probe.lib_call static "cache" "get"(%{{.*}}) : (ui32) -> si64
    %l = probe.lib_call static "cache" "get"(%one) : (ui32) -> si64

    // CHECK: %[[MEM:.*]] = probe.memid "cache" : ui32
    %mem = probe.memid "cache" : ui32
    // CHECK: probe.page_size %[[MEM]] : ui32
    %ps = probe.page_size %mem : ui32
    // CHECK: probe.active_data_start %[[MEM]] : ui32
    %as = probe.active_data_start %mem : ui32
    // CHECK: probe.active_data_len %[[MEM]] : ui32
    %al = probe.active_data_len %mem : ui32
    // CHECK: probe.mem_size %[[MEM]] : ui32
    %ms = probe.mem_size %mem : ui32
    %p = probe.constant 8 : si32
    // CHECK: %[[READ:.*]] = probe.read_str %[[MEM]], %{{.*}}, %{{.*}}
    %r = probe.read_str %mem, %p, %one
    // CHECK: probe.str_addr %[[READ]] : ui32
    %addr = probe.str_addr %r : ui32
    // CHECK: probe.str_at %{{.*}}, %{{.*}}
    %at = probe.str_at %p, %p
    // CHECK: probe.mem_copy %[[MEM]][%{{.*}}], %[[MEM]][%{{.*}}], %{{.*}}
    probe.mem_copy %mem[%one], %mem[%addr], %one
    // CHECK: probe.mem_fill %[[MEM]][%{{.*}}], %{{.*}}, %{{.*}}
    probe.mem_fill %mem[%one], %one, %one
    %segment = probe.bound "segment" : !probe.str
    // CHECK: probe.mem_init %[[MEM]][%{{.*}}], %{{.*}}[%{{.*}}], %{{.*}}
    probe.mem_init %mem[%one], %segment[%one], %one

    // CHECK: %[[TARGETS:.*]] = probe.bound "targets" : !probe.str
    %targets = probe.bound "targets" : !probe.str
    // CHECK: probe.table_entry %[[TARGETS]][%{{.*}}] : ui32
    %entry = probe.table_entry %targets[%one] : ui32
    // CHECK: probe.resolve_funcref %{{.*}}[%{{.*}}] : si32
    %fid = probe.resolve_funcref %one[%p] : si32
    // CHECK: probe.bound_set "arg0", %{{.*}} : si32
    probe.bound_set "arg0", %p : si32
    // CHECK: probe.bound_get "arg0" : si32
    %arg0 = probe.bound_get "arg0" : si32
    // CHECK: probe.bound_set "imm1", %{{.*}} : ui32
    probe.bound_set "imm1", %one : ui32
  }

  // CHECK: probe.probe rule "wasm:opcode:call:alt" source 1 body {
  probe.probe rule "wasm:opcode:call:alt" source 1 body {
    // CHECK: probe.alt_call index 5
    probe.alt_call index 5
    // CHECK: probe.alt_call name "mult_all"
    probe.alt_call name "mult_all"
    %e = probe.constant true
    scf.if %e {
      %u = probe.constant 2 : si64
      // CHECK: probe.return %{{.*}} : si64
      probe.return %u : si64
    }
  }
}
