// Strings, tuples and maps become values of the probe dialect.
// RUN: whamm-translate --script-to-mlir %s | FileCheck %s
// RUN: whamm-translate --script-to-mlir %s | whamm-opt --whamm-script --verify-roundtrip -o /dev/null

// CHECK: probe.global @hits : !probe.map<ui32, tuple<ui32, !probe.str>> report
// CHECK: probe.global @pair : tuple<si32, tuple<ui8, !probe.str>>
// CHECK: probe.global @name : !probe.str
report var hits: map<u32, (u32, str)>;
var pair: (i32, (u8, str)) = (1, (2, "x"));
var name: str = "abc";
// CHECK: probe.init {
// CHECK: %[[INNER:.*]] = probe.tuple_make %{{.*}}, %{{.*}} : tuple<ui8, !probe.str>
// CHECK: %[[OUTER:.*]] = probe.tuple_make %{{.*}}, %[[INNER]]
// CHECK: probe.global_set @pair, %[[OUTER]]
// CHECK: probe.global_set @name
// CHECK: %[[HITS:.*]] = probe.global_get @hits
// CHECK: probe.map_set %[[HITS]][%{{.*}}], %{{.*}}
hits[3] = (4, "four");

// Tuples are equal where all their elements are.
// CHECK: source 0 {{.*}}predicate {
// CHECK: %[[A:.*]] = probe.tuple_get %{{.*}}[0]
// CHECK: %[[B:.*]] = probe.tuple_get %{{.*}}[0]
// CHECK: %[[AB:.*]] = probe.cmp eq %[[A]], %[[B]] : si32
// CHECK: %[[C:.*]] = probe.cmp eq %{{.*}} : ui8
// CHECK: %[[D:.*]] = probe.str_eq
// CHECK: %[[CD:.*]] = predicate.and %[[C]], %[[D]]
// CHECK: %[[EQ:.*]] = predicate.and %[[AB]], %[[CD]]
// CHECK: predicate.not %[[EQ]]
wasm:opcode:call:before / pair != (1, (2, "y")) / {
  // CHECK: %[[M:.*]] = probe.var "m" report : !probe.map<tuple<si32, i1>, ui64>
  // CHECK: %[[L:.*]] = probe.var "l" local : !probe.map<!probe.str, si32>
  // CHECK: %[[T:.*]] = probe.var "t" local
  // CHECK: %[[S:.*]] = probe.var "s" local : !probe.str
  report var m: map<(i32, bool), u64>;
  // A local map is a new one each time; other locals get their default.
  // CHECK: %[[NEW:.*]] = probe.map_new : <!probe.str, si32>
  // CHECK: probe.set %[[L]], %[[NEW]]
  var l: map<str, i32>;
  // CHECK: %[[ZERO:.*]] = probe.constant 0 : si32
  // CHECK: %[[IN:.*]] = probe.tuple_make
  // CHECK: %[[DEFAULT:.*]] = probe.tuple_make %[[ZERO]], %[[IN]]
  // CHECK: probe.set %[[T]], %[[DEFAULT]]
  var t: (i32, (u8, str));
  // CHECK: %[[EMPTY:.*]] = probe.constant "" : !probe.str
  // CHECK: probe.set %[[S]], %[[EMPTY]]
  var s: str;
  // The key comes before the value.
  // CHECK: %[[L1:.*]] = probe.get %[[L]]
  // CHECK: %[[KEY:.*]] = probe.bound "fname"
  // CHECK: %[[OLD:.*]] = probe.map_get
  // CHECK: %[[SUM:.*]] = probe.add %[[OLD]]
  // CHECK: probe.map_set %[[L1]][%[[KEY]]], %[[SUM]]
  l[fname]++;
  // CHECK: %[[M1:.*]] = probe.get %[[M]]
  // CHECK: %[[MK:.*]] = probe.tuple_make %{{.*}}, %{{.*}} : tuple<si32, i1>
  // CHECK: %[[LA:.*]] = probe.map_get
  // CHECK: %[[MV:.*]] = probe.cast %[[LA]] : si32 to ui64
  // CHECK: probe.map_set %[[M1]][%[[MK]]], %[[MV]]
  m[(imm0 as i32, true)] = l["a"] as u64;
  // CHECK: %[[THREE:.*]] = probe.constant 3 : ui8
  // CHECK: %[[T1:.*]] = probe.get %[[T]]
  // CHECK: %[[E1:.*]] = probe.tuple_get %[[T1]][1]
  // CHECK: %[[E2:.*]] = probe.tuple_set %[[E1]][0], %[[THREE]]
  // CHECK: %[[T2:.*]] = probe.tuple_set %[[T1]][1], %[[E2]]
  // CHECK: probe.set %[[T]], %[[T2]]
  t.1.0 = 3;
  // CHECK: %[[T3:.*]] = probe.get %[[T]]
  // CHECK: %[[E3:.*]] = probe.tuple_get %[[T3]][1]
  // CHECK: %[[E4:.*]] = probe.tuple_get %[[E3]][1]
  // CHECK: probe.set %[[S]], %[[E4]]
  s = t.1.1;
  // CHECK: probe.str_len
  // CHECK: probe.str_addr
  pair.0 = s.len() as i32 + s.addr() as i32;
}

// CHECK: source 1
// CHECK: %[[TARGETS:.*]] = probe.bound "targets" : !probe.str
// CHECK: probe.table_entry %[[TARGETS]][%{{.*}}] : ui32
wasm:opcode:br_table:before { hits[targets[arg0]] = (target, ""); }
