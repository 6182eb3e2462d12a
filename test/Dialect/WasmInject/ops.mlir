// Every operation, attribute and type of the dialect survives printing.
// RUN: whamm-opt %s | whamm-opt | FileCheck %s
// RUN: whamm-opt %s --mlir-print-op-generic | whamm-opt | FileCheck %s
// RUN: whamm-opt %s --verify-roundtrip -o /dev/null

// CHECK: wasm_inject.state @total : ui32 program name "total" script 0
wasm_inject.state @total : ui32 program name "total" script 0
// CHECK: wasm_inject.state @count : ui8 site report name "count" script 0 = 1 : i32
wasm_inject.state @count : ui8 site report name "count" script 0 = 1 : i32
// CHECK: wasm_inject.state @flag : i1 site name "flag" script 1 = true
wasm_inject.state @flag : i1 site name "flag" script 1 = true
// CHECK: wasm_inject.state @f : f64 site name "f" script 1 = 2.5{{.*}} : f64
wasm_inject.state @f : f64 site name "f" script 1 = 2.5 : f64

// CHECK: wasm_inject.init {
wasm_inject.init {
  // CHECK: %[[C:.*]] = arith.constant 7 : i32
  %c = arith.constant 7 : i32
  // CHECK: wasm_inject.state_set @total, %[[C]] : i32
  wasm_inject.state_set @total, %c : i32
}

// CHECK: wasm_inject.on_report {
wasm_inject.on_report {
}

// CHECK: wasm_inject.template @body
// CHECK-SAME: params [#wasm_inject.param<arg 0>, #wasm_inject.param<res 1>,
// CHECK-SAME: #wasm_inject.param<local 2>, #wasm_inject.param<hole 0>]
// CHECK-SAME: states [@count, @flag, @f] body {
wasm_inject.template @body
    params [#wasm_inject.param<arg 0>, #wasm_inject.param<res 1>,
            #wasm_inject.param<local 2>, #wasm_inject.param<hole 0>]
    states [@count, @flag, @f] body {
// CHECK: ^bb0(%[[ARG:.*]]: i32, %[[RES:.*]]: f64, %[[LOCAL:.*]]: i64, %[[HOLE:.*]]: i1):
^bb0(%arg: i32, %res: f64, %loc: i64, %hole: i1):
  // CHECK: %[[N:.*]] = wasm_inject.state_get @count : i32
  %n = wasm_inject.state_get @count : i32
  // CHECK: wasm_inject.div signed %[[N]], %[[ARG]] : i32
  %q = wasm_inject.div signed %n, %arg : i32
  // CHECK: wasm_inject.rem %[[N]], %[[ARG]] : i32
  %r = wasm_inject.rem %n, %arg : i32
  // CHECK: wasm_inject.trunc signed %[[RES]] : f64 to i64
  %t = wasm_inject.trunc signed %res : f64 to i64
  // CHECK: wasm_inject.trunc %[[RES]] : f64 to i32
  %u = wasm_inject.trunc %res : f64 to i32
  // CHECK: %[[L:.*]] = wasm_inject.local : <i64>
  %l = wasm_inject.local : !wasm_inject.local<i64>
  // CHECK: wasm_inject.local_set %[[L]], %{{.*}} : <i64>
  wasm_inject.local_set %l, %t : !wasm_inject.local<i64>
  // CHECK: wasm_inject.local_get %[[L]] : <i64>
  %v = wasm_inject.local_get %l : !wasm_inject.local<i64>
  scf.if %hole {
    // CHECK: wasm_inject.exit
    wasm_inject.exit
  }
  // CHECK: wasm_inject.state_set @flag, %[[HOLE]] : i1
  wasm_inject.state_set @flag, %hole : i1
}

// CHECK: wasm_inject.sites @body at func_exit rank 3 instances ["1_wasm:func:exit:<no-mode>"]
// CHECK-SAME: func [5, 5] opidx [0, 7] pc [1, 20] instance [0, 0] slot [0, 3]
// CHECK-SAME: holes [array<i64: 1, 0>] inits [array<i64: 4, 4>, array<i64>, array<i64: 5, 6>]
wasm_inject.sites @body at func_exit rank 3
    instances ["1_wasm:func:exit:<no-mode>"]
    func [5, 5] opidx [0, 7] pc [1, 20] instance [0, 0] slot [0, 3]
    holes [array<i64: 1, 0>] inits [array<i64: 4, 4>, array<i64>, array<i64: 5, 6>]

wasm_inject.template @empty params [] states [] body {
^bb0:
}
// What is to be inlined says so behind all else.
// CHECK: wasm_inject.template @inlined params [] states [] may_fall_through inline body {
wasm_inject.template @inlined params [] states [] may_fall_through inline body {
}
// Every position has a name.
// CHECK: at init
wasm_inject.sites @empty at init rank 0 instances [] func [] opidx [] pc [] instance [] slot [] holes []
// CHECK: at before
wasm_inject.sites @empty at before rank 0 instances [] func [] opidx [] pc [] instance [] slot [] holes []
// CHECK: at after
wasm_inject.sites @empty at after rank 0 instances [] func [] opidx [] pc [] instance [] slot [] holes []
// CHECK: at entry
wasm_inject.sites @empty at entry rank 0 instances [] func [] opidx [] pc [] instance [] slot [] holes []
// CHECK: at exit
wasm_inject.sites @empty at exit rank 0 instances [] func [] opidx [] pc [] instance [] slot [] holes []
// CHECK: at at_target
wasm_inject.sites @empty at at_target rank 0 instances [] func [] opidx [] pc [] instance [] slot [] holes []
// CHECK: at func_entry
wasm_inject.sites @empty at func_entry rank 0 instances [] func [] opidx [] pc [] instance [] slot [] holes []
// CHECK: at block_start
wasm_inject.sites @empty at block_start rank 0 instances [] func [] opidx [] pc [] instance [] slot [] holes []
// CHECK: at block_end
wasm_inject.sites @empty at block_end rank 0 instances [] func [] opidx [] pc [] instance [] slot [] holes []

// Values of several components.
// CHECK: wasm_inject.state @text : !probe.str program report name "text" script 0
wasm_inject.state @text : !probe.str program report name "text" script 0
// CHECK: wasm_inject.state @pair : tuple<ui32, !probe.str> site name "pair" script 0
wasm_inject.state @pair : tuple<ui32, !probe.str> site name "pair" script 0
// CHECK: wasm_inject.state @map : !probe.map<ui32, tuple<si8, f64>> program name "map" script 0
wasm_inject.state @map : !probe.map<ui32, tuple<si8, f64>> program name "map" script 0

// CHECK: wasm_inject.import @cache.check from "cache" "check" : (i32, i32) -> i32
wasm_inject.import @cache.check from "cache" "check" : (i32, i32) -> i32
// CHECK: wasm_inject.memories ["whamm_core", "cache"]
wasm_inject.memories ["whamm_core", "cache"]
// CHECK: wasm_inject.shadow 0 fids [-1, 3, 4]
wasm_inject.shadow 0 fids [-1, 3, 4]
// CHECK: wasm_inject.data "hello"
wasm_inject.data "hello"

// CHECK: wasm_inject.function @twice -> [i32, i64] {
wasm_inject.function @twice -> [i32, i64] {
// CHECK: ^bb0(%[[A:.*]]: i32, %[[B:.*]]: i64):
^bb0(%a: i32, %b: i64):
  // CHECK: wasm_inject.trap
  wasm_inject.trap
  // CHECK: wasm_inject.return %[[A]], %[[B]] : i32, i64
  wasm_inject.return %a, %b : i32, i64
}

// CHECK: wasm_inject.on_begin {
wasm_inject.on_begin {
  // CHECK: %[[AT:.*]] = wasm_inject.data_address : i32
  %at = wasm_inject.data_address : i32
  // CHECK: wasm_inject.state_set @text, %[[AT]] : i32
  wasm_inject.state_set @text, %at : i32
  // CHECK: wasm_inject.state_set @text[1], %[[AT]] : i32
  wasm_inject.state_set @text[1], %at : i32
}

// CHECK: wasm_inject.on_end {
wasm_inject.on_end {
  // CHECK: %[[N:.*]] = wasm_inject.state_get @text[1] : i32
  %n = wasm_inject.state_get @text[1] : i32
  // CHECK: wasm_inject.call @cache.check(%[[N]], %[[N]]) : (i32, i32) -> i32
  %r = wasm_inject.call @cache.check(%n, %n) : (i32, i32) -> i32
}

// CHECK: wasm_inject.template @instead params [] states [@pair]
// CHECK-SAME: assigned [#wasm_inject.param<arg 0>, #wasm_inject.param<alt_taken 0>,
// CHECK-SAME: #wasm_inject.param<alt_result 0>, #wasm_inject.param<alt_call 0>]
// CHECK-SAME: types [i64, i32, f32, i32]
// CHECK-SAME: alt_calls [7] immediates [0] may_fall_through body {
wasm_inject.template @instead params [] states [@pair]
    assigned [#wasm_inject.param<arg 0>, #wasm_inject.param<alt_taken 0>,
              #wasm_inject.param<alt_result 0>, #wasm_inject.param<alt_call 0>]
    types [i64, i32, f32, i32] alt_calls [7]
    immediates [0] may_fall_through body {
  // CHECK: %[[V:.*]] = wasm_inject.operand_get <arg 0> : i64
  %v = wasm_inject.operand_get <arg 0> : i64
  // CHECK: wasm_inject.operand_set <arg 0>, %[[V]] : i64
  wasm_inject.operand_set <arg 0>, %v : i64
}
// CHECK: wasm_inject.sites @instead at alt rank 0
// CHECK-SAME: immediates [array<i64: 5, 6>]
wasm_inject.sites @instead at alt rank 0 instances ["0_wasm:opcode:call:alt"]
    func [1, 1] opidx [0, 3] pc [1, 9] instance [0, 0] slot [0, 3] holes []
    immediates [array<i64: 5, 6>]

// CHECK: wasm_inject.monitor_function @f3 index 3 : (i32, !wasm_inject.reference<"funcref">) -> i32
wasm_inject.monitor_function @f3 index 3 : (i32, !wasm_inject.reference<"funcref">) -> i32
// CHECK: wasm_inject.rule "wasm:opcode:call" when <"$want"(imm 0)>
// CHECK-SAME: params [#wasm_inject.match_call<"$slot"(fid, pc)>, #wasm_inject.engine<arg 0>]
// CHECK-SAME: calls @f3 trailing "#2"
wasm_inject.rule "wasm:opcode:call" when <"$want"(imm 0)>
    params [#wasm_inject.match_call<"$slot"(fid, pc)>, #wasm_inject.engine<arg 0>]
    calls @f3 trailing "#2"
// CHECK: wasm_inject.export "$slot" of @f3
wasm_inject.export "$slot" of @f3

// Rows of a monitor's report, and its memory.
// CHECK: wasm_inject.row @probe0.n : ui32 name "n" script 0 probe "3_wasm:opcode:call:before"
wasm_inject.row @probe0.n : ui32 name "n" script 0 probe "3_wasm:opcode:call:before"
// CHECK: wasm_inject.row @probe0.pair : tuple<si8, !probe.str> name "pair" script 1 probe "4_wasm:func:entry:<no-mode>"
wasm_inject.row @probe0.pair : tuple<si8, !probe.str> name "pair" script 1 probe "4_wasm:func:entry:<no-mode>"
// CHECK: wasm_inject.function @match -> [i32] {
wasm_inject.function @match -> [i32] {
// CHECK: ^bb0(%[[FID:.*]]: i32, %[[PC:.*]]: i32):
^bb0(%fid: i32, %pc: i32):
  // CHECK: wasm_inject.add_row @probe0.n at %[[PC]] fid %[[FID]] pc %[[PC]]
  wasm_inject.add_row @probe0.n at %pc fid %fid pc %pc
  // CHECK: wasm_inject.add_row @probe0.n[%[[FID]]] at %[[PC]] fid %[[FID]] pc %[[PC]]
  wasm_inject.add_row @probe0.n[%fid] at %pc fid %fid pc %pc
  // CHECK: %[[V:.*]] = wasm_inject.load %[[PC]][8] : i64
  %v = wasm_inject.load %pc[8] : i64
  // CHECK: wasm_inject.store %[[PC]][16], %[[V]] : i64
  wasm_inject.store %pc[16], %v : i64
  // CHECK: %[[B:.*]] = wasm_inject.load %[[FID]][0] : i1
  %b = wasm_inject.load %fid[0] : i1
  // CHECK: wasm_inject.store %[[FID]][4], %[[B]] : i1
  wasm_inject.store %fid[4], %b : i1
  wasm_inject.return %pc : i32
}
