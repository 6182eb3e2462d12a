// Operations of the language become WebAssembly's. 8 and 16-bit values are kept
// extended in an i32, and brought back to their range where they can leave it.
// RUN: printf '(module (func (param i32 i32 i64 f64) nop))' > %t.wat
// RUN: whamm-opt %s --convert-probe-to-wasm-inject=app=%t.wat | FileCheck %s

probe.script @script0 index 0 {
  probe.global @u8 : ui8
  probe.global @i8 : si8
  probe.global @u32 : ui32
  probe.global @i32 : si32
  probe.global @u64 : ui64
  probe.global @f64 : f64
  probe.global @b : i1
  // CHECK: wasm_inject.template @s0.p0
  // CHECK-SAME: params [#wasm_inject.param<local 0>, #wasm_inject.param<local 1>,
  // CHECK-SAME: #wasm_inject.param<local 2>, #wasm_inject.param<local 3>]
  // CHECK: ^bb0(%[[P0:.*]]: i32, %[[P1:.*]]: i32, %[[P2:.*]]: i64, %[[P3:.*]]: f64):
  probe.probe rule "wasm:opcode:nop:before" source 0
      instances [#probe.instance<"opcode:nop:before" number 0 order 0>] body {
    // What the application passes need not lie in the range of the bound.
    // CHECK: %[[A:.*]] = arith.andi %[[P0]], %c255{{.*}} : i32
    %a = probe.bound "local0" : ui8
    // CHECK: %[[SHL:.*]] = arith.shli %[[P1]], %c24
    // CHECK: %[[B:.*]] = arith.shrsi %[[SHL]], %c24
    %b = probe.bound "local1" : si8
    %w = probe.bound "local2" : ui64
    %d = probe.bound "local3" : f64

    // CHECK: %[[ADD:.*]] = arith.addi %[[A]], %[[A]] : i32
    // CHECK: %[[U8:.*]] = arith.andi %[[ADD]], %c255
    // CHECK: wasm_inject.state_set @s0.u8, %[[U8]]
    %0 = probe.add %a, %a : ui8
    probe.global_set @u8, %0 : ui8

    // CHECK: %[[DIV:.*]] = wasm_inject.div signed %[[B]], %[[B]] : i32
    // CHECK: arith.shli %[[DIV]], %c24
    // CHECK: arith.shrsi
    %1 = probe.div %b, %b : si8
    probe.global_set @i8, %1 : si8

    // A remainder and bitwise operations stay in range.
    // CHECK: %[[REM:.*]] = wasm_inject.rem %[[A]], %[[A]] : i32
    // CHECK-NEXT: %[[XOR:.*]] = arith.xori %[[REM]], %[[A]] : i32
    // CHECK-NEXT: wasm_inject.state_set @s0.u8, %[[XOR]]
    %2 = probe.rem %a, %a : ui8
    %3 = probe.xor %2, %a : ui8
    probe.global_set @u8, %3 : ui8

    // Counts are taken modulo 32 in 8 bits, modulo 64 in 64.
    // CHECK: %[[C:.*]] = arith.andi %[[A]], %c31
    // CHECK: arith.shli %[[A]], %[[C]] : i32
    // CHECK: arith.andi %{{.*}}, %c255
    %4 = probe.shl %a, %a : ui8
    probe.global_set @u8, %4 : ui8
    // CHECK: %[[C64:.*]] = arith.andi %[[P2]], %c63
    // CHECK: arith.shrui %[[P2]], %[[C64]] : i64
    %5 = probe.shr %w, %w : ui64
    probe.global_set @u64, %5 : ui64

    // CHECK: arith.extsi %[[B]] : i32 to i64
    %6 = probe.cast %b : si8 to ui64
    probe.global_set @u64, %6 : ui64
    // CHECK: %[[LOW:.*]] = arith.trunci %[[P2]] : i64 to i32
    // CHECK: arith.andi %[[LOW]], %c255
    %7 = probe.cast %w : ui64 to ui8
    probe.global_set @u8, %7 : ui8
    // CHECK: arith.uitofp %[[P2]] : i64 to f64
    %8 = probe.cast %w : ui64 to f64
    probe.global_set @f64, %8 : f64
    // CHECK: wasm_inject.trunc signed %[[P3]] : f64 to i32
    %9 = probe.cast %d : f64 to si32
    probe.global_set @i32, %9 : si32
    // CHECK: %[[NZ:.*]] = arith.cmpf une, %[[P3]], %{{.*}} : f64
    %10 = probe.cast %d : f64 to i1
    probe.global_set @b, %10 : i1
    // CHECK: arith.extui %[[NZ]] : i1 to i32
    %11 = probe.cast %10 : i1 to ui32
    probe.global_set @u32, %11 : ui32

    // CHECK: arith.cmpi ult, %[[A]], %[[A]] : i32
    %12 = probe.cmp lt %a, %a : ui8
    probe.global_set @b, %12 : i1
    // CHECK: arith.cmpi slt, %[[B]], %[[B]] : i32
    %13 = probe.cmp lt %b, %b : si8
    probe.global_set @b, %13 : i1
    // CHECK: arith.cmpf oge, %[[P3]], %[[P3]] : f64
    %14 = probe.cmp ge %d, %d : f64
    probe.global_set @b, %14 : i1
    // CHECK: arith.remf %[[P3]], %[[P3]] : f64
    %15 = probe.rem %d, %d : f64
    probe.global_set @f64, %15 : f64

    // Short circuit is control flow.
    // CHECK: %[[AT:.*]] = scf.if %[[NZ]] -> (i1) {
    // CHECK: wasm_inject.div
    // CHECK: scf.yield
    // CHECK: } else {
    // CHECK: scf.yield %false
    %16 = predicate.and_then %10 {
      %q = probe.div %a, %a : ui8
      %r = probe.cmp eq %q, %a : ui8
      predicate.yield %r
    }
    probe.global_set @b, %16 : i1

    // A local of the script starts at its default.
    // CHECK: %[[L:.*]] = wasm_inject.local : <i32>
    // CHECK: wasm_inject.local_set %[[L]], %c0
    %l = probe.var "l" local : ui8
    // CHECK: wasm_inject.local_get %[[L]]
    %17 = probe.get %l : !probe.ref<ui8>
    probe.global_set @u8, %17 : ui8
    // CHECK: scf.if
    scf.if %16 {
      // CHECK: wasm_inject.exit
      probe.exit
    }
    // CHECK: arith.select
    %18 = probe.select %16, %a, %17 : ui8
    probe.global_set @u8, %18 : ui8
  }
}
