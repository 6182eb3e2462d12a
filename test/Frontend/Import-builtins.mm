// The built-in functions on memories and strings.
// RUN: whamm-translate --script-to-mlir %s | FileCheck %s
// RUN: whamm-translate --script-to-mlir %s | whamm-opt --whamm-script --verify-roundtrip -o /dev/null
use whamm_core;
// CHECK: probe.library "whamm_core" import "whamm_core"

var s: str;
var n: u32;
var b: bool;

wasm:opcode:call:before {
  // CHECK: %[[CORE:.*]] = probe.memid "whamm_core" : ui32
  // CHECK: %[[READ:.*]] = probe.read_str %[[CORE]], %{{.*}}, %{{.*}}
  // CHECK: probe.global_set @s, %[[READ]]
  s = read_str(memid(whamm_core), 1, 2);
  // CHECK: %[[MEM:.*]] = probe.constant 0 : ui32
  // CHECK: %[[S:.*]] = probe.global_get @s
  // CHECK: %[[CORE1:.*]] = probe.memid "whamm_core"
  // CHECK: %[[ADDR:.*]] = probe.str_addr %[[S]]
  // CHECK: %[[LEN:.*]] = probe.str_len %[[S]]
  // CHECK: %[[PTR:.*]] = probe.cast %{{.*}} : si32 to ui32
  // CHECK: probe.mem_copy %[[MEM]][%[[PTR]]], %[[CORE1]][%[[ADDR]]], %[[LEN]]
  write_str(0, 8, s);
  // The source comes first in scripts.
  // CHECK: %[[SM:.*]] = probe.constant 0 : ui32
  // CHECK: %[[SP:.*]] = probe.constant 11 : ui32
  // CHECK: %[[DM:.*]] = probe.bound "APP_MEMID"
  // CHECK: %[[DP:.*]] = probe.constant 12 : ui32
  // CHECK: %[[SIZE:.*]] = probe.constant 13 : ui32
  // CHECK: probe.mem_copy %[[DM]][%[[DP]]], %[[SM]][%[[SP]]], %[[SIZE]]
  memcpy(0, 11, APP_MEMID, 12, 13);
  // CHECK: %[[T:.*]] = probe.tuple_make
  // CHECK: %[[A0:.*]] = probe.tuple_get %[[T]][0]
  // CHECK: %[[A1:.*]] = probe.tuple_get %[[T]][1]
  // CHECK: %[[AT:.*]] = probe.str_at %[[A0]], %[[A1]]
  // CHECK: probe.str_eq %[[AT]], %{{.*}}
  b = strcmp((1, 2), "x");
  // CHECK: %[[AT2:.*]] = probe.str_at
  // CHECK: probe.str_contains %[[AT2]], %{{.*}}
  b = strcontains((1, 2), "x");
  // CHECK: probe.page_size
  // CHECK: probe.active_data_start
  // CHECK: probe.active_data_len
  // CHECK: probe.mem_size
  n = page_size(0) + active_data_start(0) + active_data_len(0) + mem_size(0);
  // Comparing the bytes of a memory waits for its turn.
  // CHECK: scf.if
  // CHECK: probe.str_at
  b = n == 0 ? b : strcmp((3, 4), "y");
}

// Each bulk operation is repeated its own way.
// CHECK: source 1 bounds [#probe.bound<"arg0" : si32>, #probe.bound<"arg1" : si32>] instances [#probe.instance<"opcode:memory.init:before"
// CHECK: %[[SRC:.*]] = probe.cast %{{.*}} : si32 to ui32
// CHECK: %[[N:.*]] = probe.cast %{{.*}} : si32 to ui32
// CHECK: %[[SEG:.*]] = probe.bound "segment" : !probe.str
// CHECK: probe.mem_init %{{.*}}[%{{.*}}], %[[SEG]][%[[SRC]]], %[[N]]
// CHECK: source 1 {{.*}} instances [#probe.instance<"opcode:memory.copy:before"
// CHECK: %[[FROM:.*]] = probe.bound "imm1" : ui32
// CHECK: probe.mem_copy %{{.*}}[%{{.*}}], %[[FROM]][%{{.*}}], %{{.*}}
// CHECK: source 1 {{.*}} instances [#probe.instance<"opcode:memory.fill:before"
// CHECK: probe.mem_fill
wasm:opcode:memory.copy|memory.fill|memory.init:before { dup_at(0, 16); }

// What is in a table's slot; the table is that of the instruction.
// CHECK: source 2 {{.*}} instances [#probe.instance<"opcode:call_indirect:before" number 4 order 0>, #probe.instance<"opcode:return_call_indirect:before" number 5 order 0>]
// CHECK: %[[TABLE:.*]] = probe.bound "imm1" : ui32
// CHECK: probe.resolve_funcref %[[TABLE]][%{{.*}}] : si32
// CHECK: source 2 {{.*}} instances [#probe.instance<"opcode:ref.func:before"
// CHECK-NOT: resolve_funcref
// CHECK: probe.bound "resolved_fid" is "imm0" : si32
// CHECK: source 2 {{.*}}instances [#probe.instance<"opcode:table.set:before"
// CHECK-NOT: resolve_funcref
// CHECK: probe.bound "resolved_fid" : si32
wasm:opcode:call_indirect|return_call_indirect|table.set|ref.func:before { report var r: i32; r = resolved_fid; }
// CHECK: source 3
// CHECK: %[[TABLE2:.*]] = probe.bound "imm0" : ui32
// CHECK: probe.resolve_funcref %[[TABLE2]][%{{.*}}] : si32
wasm:opcode:table.get:before { report var r: i32; r = resolve_funcref(target_funcref, arg0 + 1); }
