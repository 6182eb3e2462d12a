// Folding gives exactly what the generated code gives: it wraps in the width of
// the type, takes shift counts modulo 32 or 64, and leaves alone what traps.
// RUN: whamm-opt %s -canonicalize -split-input-file | FileCheck %s

probe.script @integers index 0 {
  probe.global @u8 : ui8
  probe.global @i8 : si8
  probe.global @u16 : ui16
  probe.global @i16 : si16
  probe.global @u32 : ui32
  probe.global @i32 : si32
  probe.global @u64 : ui64
  probe.global @i64 : si64
  // CHECK-LABEL: probe.script @integers
  probe.init {
    // Constants come first, in order of need; each store names its own.
    // CHECK-DAG: %[[U8_44:.*]] = probe.constant 44 : ui8
    // CHECK-DAG: %[[I8_M128:.*]] = probe.constant -128 : si8
    // CHECK-DAG: %[[U16_0:.*]] = probe.constant 0 : ui16
    // CHECK-DAG: %[[I16_M1:.*]] = probe.constant -1 : si16
    // CHECK-DAG: %[[U32_MAX:.*]] = probe.constant 4294967295 : ui32
    // CHECK-DAG: %[[I32_MIN:.*]] = probe.constant -2147483648 : si32
    // CHECK-DAG: %[[U64_MAX:.*]] = probe.constant 18446744073709551615 : ui64
    // CHECK-DAG: %[[I64_MIN:.*]] = probe.constant -9223372036854775808 : si64

    // 200 + 100 wraps in eight bits.
    %0 = probe.constant 200 : ui8
    %1 = probe.constant 100 : ui8
    %2 = probe.add %0, %1 : ui8
    // CHECK: probe.global_set @u8, %[[U8_44]] : ui8
    probe.global_set @u8, %2 : ui8

    // -128 / -1 does not trap in eight bits: it wraps.
    %3 = probe.constant -128 : si8
    %4 = probe.constant -1 : si8
    %5 = probe.div %3, %4 : si8
    // CHECK: probe.global_set @i8, %[[I8_M128]] : si8
    probe.global_set @i8, %5 : si8

    // 1 << 16 leaves sixteen bits.
    %6 = probe.constant 1 : ui16
    %7 = probe.constant 16 : ui16
    %8 = probe.shl %6, %7 : ui16
    // CHECK: probe.global_set @u16, %[[U16_0]] : ui16
    probe.global_set @u16, %8 : ui16

    // -32768 >> 31 is arithmetic, and counts go up to 31.
    %9 = probe.constant -32768 : si16
    %10 = probe.constant 31 : si16
    %11 = probe.shr %9, %10 : si16
    // CHECK: probe.global_set @i16, %[[I16_M1]] : si16
    probe.global_set @i16, %11 : si16

    // 0 - 1 wraps; the count 32 is 0.
    %12 = probe.constant 0 : ui32
    %13 = probe.constant 1 : ui32
    %14 = probe.sub %12, %13 : ui32
    %15 = probe.constant 32 : ui32
    %16 = probe.shr %14, %15 : ui32
    // CHECK: probe.global_set @u32, %[[U32_MAX]] : ui32
    probe.global_set @u32, %16 : ui32

    // MAX + 1 wraps.
    %17 = probe.constant 2147483647 : si32
    %18 = probe.constant 1 : si32
    %19 = probe.add %17, %18 : si32
    // CHECK: probe.global_set @i32, %[[I32_MIN]] : si32
    probe.global_set @i32, %19 : si32

    // ~0 in 64 bits, shifted by 64, which is 0.
    %20 = probe.constant 0 : ui64
    %21 = probe.not %20 : ui64
    %22 = probe.constant 64 : ui64
    %23 = probe.shl %21, %22 : ui64
    // CHECK: probe.global_set @u64, %[[U64_MAX]] : ui64
    probe.global_set @u64, %23 : ui64

    // 1 << 63 is the smallest number.
    %24 = probe.constant 1 : si64
    %25 = probe.constant 63 : si64
    %26 = probe.shl %24, %25 : si64
    // CHECK: probe.global_set @i64, %[[I64_MIN]] : si64
    probe.global_set @i64, %26 : si64
  }
}

// -----

// What traps stays, even where nobody uses the value.
probe.script @traps index 0 {
  // CHECK-LABEL: probe.script @traps
  probe.init {
    %zero = probe.constant 0 : ui32
    %min = probe.constant -2147483648 : si32
    %minus1 = probe.constant -1 : si32
    %min64 = probe.constant -9223372036854775808 : si64
    %minus1l = probe.constant -1 : si64
    %big = probe.constant 4294967296.0 : f64
    %nan = probe.constant 0x7FC00000 : f32
    // CHECK: probe.div %{{.*}}, %{{.*}} : ui32
    %0 = probe.div %zero, %zero : ui32
    // CHECK: probe.rem %{{.*}}, %{{.*}} : ui32
    %1 = probe.rem %zero, %zero : ui32
    // CHECK: probe.div %{{.*}}, %{{.*}} : si32
    %2 = probe.div %min, %minus1 : si32
    // CHECK: probe.div %{{.*}}, %{{.*}} : si64
    %3 = probe.div %min64, %minus1l : si64
    // CHECK: probe.cast %{{.*}} : f64 to ui32
    %4 = probe.cast %big : f64 to ui32
    // CHECK: probe.cast %{{.*}} : f64 to ui8
    %5 = probe.cast %big : f64 to ui8
    // CHECK: probe.cast %{{.*}} : f32 to si64
    %6 = probe.cast %nan : f32 to si64
    // MIN % -1 is 0 and does not trap, nor does a float division, nor the
    // conversion to bool.
    // CHECK-NOT: probe.
    // CHECK: }
    %7 = probe.rem %min, %minus1 : si32
    %8 = probe.div %big, %big : f64
    %9 = probe.cast %nan : f32 to i1
  }
}

// -----

probe.script @casts index 0 {
  probe.global @i8 : si8
  probe.global @u16 : ui16
  probe.global @i64 : si64
  probe.global @u64 : ui64
  probe.global @f32 : f32
  probe.global @f64 : f64
  probe.global @bool : i1
  // CHECK-LABEL: probe.script @casts
  probe.init {
    // CHECK-DAG: %[[I8:.*]] = probe.constant -1 : si8
    // CHECK-DAG: %[[U16:.*]] = probe.constant 65535 : ui16
    // CHECK-DAG: %[[I64:.*]] = probe.constant -1 : si64
    // CHECK-DAG: %[[U64:.*]] = probe.constant 4294967295 : ui64
    // CHECK-DAG: %[[F32:.*]] = probe.constant 4.29496{{.*}}E+9 : f32
    // CHECK-DAG: %[[F64:.*]] = probe.constant -1.0{{.*}} : f64
    // CHECK-DAG: %[[TRUE:.*]] = probe.constant true
    %m1 = probe.constant -1 : si8
    %u255 = probe.constant 255 : ui8
    %umax = probe.constant 4294967295 : ui32
    %nan = probe.constant 0x7FC00000 : f32
    %minus = probe.constant -0.75 : f64

    // CHECK: probe.global_set @i8, %[[I8]] : si8
    %0 = probe.cast %u255 : ui8 to si8
    probe.global_set @i8, %0 : si8
    // CHECK: probe.global_set @u16, %[[U16]] : ui16
    %1 = probe.cast %m1 : si8 to ui16
    probe.global_set @u16, %1 : ui16
    // CHECK: probe.global_set @i64, %[[I64]] : si64
    %2 = probe.cast %m1 : si8 to si64
    probe.global_set @i64, %2 : si64
    // CHECK: probe.global_set @u64, %[[U64]] : ui64
    %3 = probe.cast %umax : ui32 to ui64
    probe.global_set @u64, %3 : ui64
    // CHECK: probe.global_set @f32, %[[F32]] : f32
    %4 = probe.cast %umax : ui32 to f32
    probe.global_set @f32, %4 : f32
    // CHECK: probe.global_set @f64, %[[F64]] : f64
    %5 = probe.cast %m1 : si8 to f64
    probe.global_set @f64, %5 : f64
    // NaN is not 0.
    // CHECK: probe.global_set @bool, %[[TRUE]] : i1
    %6 = probe.cast %nan : f32 to i1
    probe.global_set @bool, %6 : i1
    // -0.75 truncates to 0 in an unsigned type, which is no trap; back to
    // bool it is false, the complement of which is the constant above.
    // CHECK: probe.global_set @bool, %[[TRUE]] : i1
    %7 = probe.cast %minus : f64 to ui64
    %8 = probe.cast %7 : ui64 to i1
    %9 = predicate.not %8
    probe.global_set @bool, %9 : i1
    // A cast to the same type is none.
    // CHECK: %[[OLD:.*]] = probe.global_get @i8
    // CHECK-NEXT: probe.global_set @i8, %[[OLD]]
    %10 = probe.global_get @i8 : si8
    %11 = probe.cast %10 : si8 to si8
    probe.global_set @i8, %11 : si8
    // true is 1, not -1.
    // CHECK: probe.global_set @i64, %[[ONE:.*]] : si64
    %12 = probe.constant true
    %13 = probe.cast %12 : i1 to si64
    probe.global_set @i64, %13 : si64
  }
}

// -----

probe.script @floats index 0 {
  probe.global @f64 : f64
  probe.global @bool : i1
  // CHECK-LABEL: probe.script @floats
  probe.init {
    // CHECK-DAG: %[[REM:.*]] = probe.constant -1.5{{.*}} : f64
    // CHECK-DAG: %[[INF:.*]] = probe.constant 0x7FF0000000000000 : f64
    // CHECK-DAG: %[[FALSE:.*]] = probe.constant false
    // CHECK-DAG: %[[TRUE:.*]] = probe.constant true
    // `%` has the dividend's sign: C's fmod.
    // CHECK: probe.global_set @f64, %[[REM]] : f64
    %a = probe.constant -5.5 : f64
    %b = probe.constant 2.0 : f64
    %0 = probe.rem %a, %b : f64
    probe.global_set @f64, %0 : f64
    // CHECK: probe.global_set @f64, %[[INF]] : f64
    %zero = probe.constant 0.0 : f64
    %1 = probe.div %b, %zero : f64
    probe.global_set @f64, %1 : f64
    // NaN equals nothing and is ordered with nothing.
    // CHECK: probe.global_set @bool, %[[FALSE]] : i1
    // CHECK: probe.global_set @bool, %[[FALSE]] : i1
    // CHECK: probe.global_set @bool, %[[TRUE]] : i1
    %nan = probe.constant 0x7FF8000000000000 : f64
    %2 = probe.cmp eq %nan, %nan : f64
    probe.global_set @bool, %2 : i1
    %3 = probe.cmp ge %nan, %b : f64
    probe.global_set @bool, %3 : i1
    %4 = probe.cmp ne %nan, %nan : f64
    probe.global_set @bool, %4 : i1
    // 0 and -0 are equal.
    // CHECK: probe.global_set @bool, %[[TRUE]] : i1
    %mzero = probe.constant -0.0 : f64
    %5 = probe.cmp eq %zero, %mzero : f64
    probe.global_set @bool, %5 : i1
  }
}

// -----

probe.script @comparisons index 0 {
  probe.global @bool : i1
  // CHECK-LABEL: probe.script @comparisons
  probe.init {
    // CHECK-DAG: %[[FALSE:.*]] = probe.constant false
    // CHECK-DAG: %[[TRUE:.*]] = probe.constant true
    // 255 < 1 as signed, not as unsigned number.
    // CHECK: probe.global_set @bool, %[[FALSE]] : i1
    %0 = probe.constant 255 : ui8
    %1 = probe.constant 1 : ui8
    %2 = probe.cmp lt %0, %1 : ui8
    probe.global_set @bool, %2 : i1
    // CHECK: probe.global_set @bool, %[[TRUE]] : i1
    %3 = probe.constant -1 : si8
    %4 = probe.constant 1 : si8
    %5 = probe.cmp lt %3, %4 : si8
    probe.global_set @bool, %5 : i1
    // CHECK: probe.global_set @bool, %[[TRUE]] : i1
    %6 = probe.cmp ne %2, %5 : i1
    probe.global_set @bool, %6 : i1
    // A value that is not constant is not compared with itself: nothing folds.
    // CHECK: probe.cmp eq
    %7 = probe.global_get @bool : i1
    %8 = probe.cmp eq %7, %5 : i1
    probe.global_set @bool, %8 : i1
  }
}

// -----

probe.script @strings index 0 {
  probe.global @bool : i1
  probe.global @u32 : ui32
  // CHECK-LABEL: probe.script @strings
  probe.init {
    // CHECK-DAG: %[[SIX:.*]] = probe.constant 6 : ui32
    // CHECK-DAG: %[[FALSE:.*]] = probe.constant false
    // CHECK-DAG: %[[TRUE:.*]] = probe.constant true
    %abc = probe.constant "abc" : !probe.str
    %b = probe.constant "b" : !probe.str
    %empty = probe.constant "" : !probe.str
    // CHECK: probe.global_set @bool, %[[FALSE]]
    %0 = probe.str_eq %abc, %b
    probe.global_set @bool, %0 : i1
    // CHECK: probe.global_set @bool, %[[FALSE]]
    %1 = probe.str_starts_with %b, %abc
    probe.global_set @bool, %1 : i1
    // CHECK: probe.global_set @bool, %[[FALSE]]
    %2 = probe.str_ends_with %abc, %b
    probe.global_set @bool, %2 : i1
    // CHECK: probe.global_set @bool, %[[TRUE]]
    %3 = probe.str_contains %abc, %b
    probe.global_set @bool, %3 : i1
    // The empty string is in every string.
    // CHECK: probe.global_set @bool, %[[TRUE]]
    %4 = probe.str_contains %empty, %empty
    probe.global_set @bool, %4 : i1
    // Length is in bytes.
    // CHECK: probe.global_set @u32, %[[SIX]]
    %text = probe.constant "na\C3\AFve" : !probe.str
    %5 = probe.str_len %text : ui32
    probe.global_set @u32, %5 : ui32
  }
}

// -----

probe.script @selections index 0 {
  probe.global @u32 : ui32
  // CHECK-LABEL: probe.script @selections
  probe.probe rule "wasm:func:entry" source 0 body {
    // CHECK: %[[FID:.*]] = probe.bound "fid" : ui32
    // CHECK: probe.global_set @u32, %[[FID]]
    %fid = probe.bound "fid" : ui32
    %one = probe.constant 1 : ui32
    %true = probe.constant true
    %0 = probe.select %true, %fid, %one : ui32
    probe.global_set @u32, %0 : ui32
    // CHECK: probe.global_set @u32, %[[FID]]
    %1 = probe.bound "at_func_end" : i1
    %2 = probe.select %1, %fid, %fid : ui32
    probe.global_set @u32, %2 : ui32
    // CHECK: probe.global_set @u32, %[[FID]]
    %3 = probe.not %fid : ui32
    %4 = probe.not %3 : ui32
    probe.global_set @u32, %4 : ui32
  }
}

// -----

// A division by what is not known stays; by a harmless constant it goes where
// nobody uses it.
probe.script @unused index 0 {
  probe.global @i32 : si32
  // CHECK-LABEL: probe.script @unused
  probe.init {
    // CHECK: %[[G:.*]] = probe.global_get @i32
    %g = probe.global_get @i32 : si32
    %three = probe.constant 3 : si32
    %minus1 = probe.constant -1 : si32
    // CHECK-NEXT: probe.div %[[G]], %[[G]]
    %0 = probe.div %g, %g : si32
    // CHECK-NEXT: probe.div %[[G]], %{{.*}}
    %1 = probe.div %g, %minus1 : si32
    // CHECK-NEXT: }
    %2 = probe.div %g, %three : si32
    %3 = probe.rem %g, %minus1 : si32
    %4 = probe.add %g, %g : si32
  }
}

// -----

// What the canonicalisation of scf makes of bodies stays in the language.
probe.script @ifs index 0 {
  probe.global @u32 : ui32
  probe.global @flag : i1
  // CHECK-LABEL: probe.script @ifs
  // CHECK-NOT: arith
  probe.probe rule "wasm:opcode:br_if:before" source 0 body {
    %a = probe.global_get @flag : i1
    %arg0 = probe.bound "arg0" : ui32
    %zero = probe.constant 0 : ui32
    %b = probe.cmp ne %arg0, %zero : ui32
    %true = probe.constant true
    %false = probe.constant false
    // CHECK: probe.select
    %0 = scf.if %a -> ui32 {
      scf.yield %arg0 : ui32
    } else {
      scf.yield %zero : ui32
    }
    probe.global_set @u32, %0 : ui32
    // CHECK: predicate.not
    %1 = scf.if %b -> i1 {
      scf.yield %false : i1
    } else {
      scf.yield %true : i1
    }
    probe.global_set @flag, %1 : i1
    // CHECK: %[[BOTH:.*]] = predicate.and
    // CHECK: scf.if %[[BOTH]]
    scf.if %a {
      scf.if %b {
        probe.global_set @u32, %arg0 : ui32
      }
    }
  }
}
