// What canonicalisation and CSE may merge and drop, and what they must not.
// RUN: whamm-opt %s -canonicalize -cse -canonicalize -split-input-file | FileCheck %s

// Each call is made, in its place, whether or not its result is used.
probe.script @calls index 0 {
  probe.library "lib" import "lib"
  probe.fn @f {
  }
  // CHECK-LABEL: probe.script @calls
  // CHECK: body {
  // CHECK-NEXT: probe.lib_call static "lib" "f"
  // CHECK-NEXT: probe.lib_call static "lib" "f"
  // CHECK-NEXT: probe.lib_call "lib" "f"
  // CHECK-NEXT: probe.lib_call "lib" "f"
  // CHECK-NEXT: probe.call @f
  // CHECK-NEXT: probe.call @f
  // CHECK-NEXT: }
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %0 = probe.lib_call static "lib" "f"() : () -> si32
    %1 = probe.lib_call static "lib" "f"() : () -> si32
    %2 = probe.lib_call "lib" "f"() : () -> si32
    %3 = probe.lib_call "lib" "f"() : () -> si32
    probe.call @f() : () -> ()
    probe.call @f() : () -> ()
  }
}

// -----

// A map may change between two reads; two reads in a row are one.
probe.script @maps index 0 {
  probe.library "lib" import "lib"
  probe.global @m : !probe.map<ui32, ui32>
  probe.global @x : ui32
  // CHECK-LABEL: probe.script @maps
  // CHECK: probe.map_get
  // CHECK-NOT: probe.map_get
  // CHECK: probe.map_set
  // CHECK: probe.map_get
  // CHECK: probe.lib_call
  // CHECK: probe.map_get
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %k = probe.constant 1 : ui32
    %m = probe.global_get @m : !probe.map<ui32, ui32>
    %0 = probe.map_get %m[%k] : !probe.map<ui32, ui32>
    %1 = probe.map_get %m[%k] : !probe.map<ui32, ui32>
    %2 = probe.add %0, %1 : ui32
    probe.map_set %m[%2], %k : !probe.map<ui32, ui32>
    %3 = probe.map_get %m[%k] : !probe.map<ui32, ui32>
    probe.global_set @x, %3 : ui32
    probe.lib_call "lib" "f"() : () -> ()
    %4 = probe.map_get %m[%k] : !probe.map<ui32, ui32>
    probe.global_set @x, %4 : ui32
  }
}

// -----

// Each declaration of a local map makes one; bytes of a memory are read where
// the script reads them.
probe.script @memory index 0 {
  probe.global @x : i1
  // CHECK-LABEL: probe.script @memory
  // CHECK: probe.map_new
  // CHECK: probe.map_new
  // CHECK: probe.str_at
  // CHECK: probe.str_eq
  // CHECK: probe.str_at
  // CHECK: probe.str_eq
  // CHECK: probe.read_str
  // CHECK: probe.read_str
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %m0 = probe.map_new : !probe.map<ui32, ui32>
    %m1 = probe.map_new : !probe.map<ui32, ui32>
    %a = probe.constant 8 : si32
    %n = probe.constant 8 : ui32
    %mem = probe.constant 0 : ui32
    %s = probe.constant "s" : !probe.str
    %0 = probe.str_at %a, %a
    %1 = probe.str_eq %0, %s
    probe.global_set @x, %1 : i1
    %2 = probe.str_at %a, %a
    %3 = probe.str_eq %2, %s
    probe.global_set @x, %3 : i1
    %4 = probe.read_str %mem, %a, %n
    %5 = probe.read_str %mem, %a, %n
  }
}

// -----

// Strings that are not known here are not compared here.
probe.script @strings index 0 {
  probe.global @s : !probe.str
  probe.global @x : i1
  // CHECK-LABEL: probe.script @strings
  // CHECK: %[[S:.*]] = probe.global_get @s
  // CHECK: %[[C:.*]] = probe.str_contains %[[S]]
  // CHECK: probe.global_set @x, %[[C]]
  // CHECK: %[[B:.*]] = probe.str_starts_with %[[S]]
  // CHECK: probe.global_set @x, %[[B]]
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %s = probe.global_get @s : !probe.str
    %e = probe.constant "e" : !probe.str
    %0 = probe.str_contains %s, %e
    probe.global_set @x, %0 : i1
    %1 = probe.str_starts_with %s, %e
    probe.global_set @x, %1 : i1
  }
}

// -----

// A short circuit stays one where its right-hand side calls; reading a map
// early is harmless.
probe.script @short_circuits index 0 {
  probe.library "lib" import "lib"
  probe.global @m : !probe.map<ui32, i1>
  probe.global @x : i1
  // CHECK-LABEL: probe.script @short_circuits
  // CHECK: predicate.and_then
  // CHECK: lib_call static
  // CHECK: predicate.or_else
  // CHECK: str_at
  // CHECK: probe.map_get
  // CHECK: predicate.and
  // CHECK-NOT: and_then
  probe.probe rule "wasm:opcode:call:before" source 0 body {
    %c = probe.bound "at_func_end" : i1
    %0 = predicate.and_then %c {
      %r = probe.lib_call static "lib" "f"() : () -> si32
      %z = probe.cast %r : si32 to i1
      predicate.yield %z
    }
    probe.global_set @x, %0 : i1
    %1 = predicate.or_else %c {
      %a = probe.constant 8 : si32
      %s = probe.str_at %a, %a
      %t = probe.constant "t" : !probe.str
      %e = probe.str_eq %s, %t
      predicate.yield %e
    }
    probe.global_set @x, %1 : i1
    %2 = predicate.and_then %c {
      %k = probe.constant 1 : ui32
      %m = probe.global_get @m : !probe.map<ui32, i1>
      %v = probe.map_get %m[%k] : !probe.map<ui32, i1>
      predicate.yield %v
    }
    probe.global_set @x, %2 : i1
  }
}

// -----

// An operand that the probe assigns is read anew behind the assignment.
probe.script @assigned index 0 {
  probe.global @x : ui32
  // CHECK-LABEL: probe.script @assigned
  // CHECK: probe.bound_get "arg0"
  // CHECK: probe.bound_set "arg0"
  // CHECK: %[[NEW:.*]] = probe.bound_get "arg0"
  // CHECK: probe.global_set @x, %[[NEW]]
  probe.probe rule "wasm:opcode:br_if:before" source 0 body {
    %0 = probe.bound_get "arg0" : ui32
    %1 = probe.add %0, %0 : ui32
    probe.bound_set "arg0", %1 : ui32
    %2 = probe.bound_get "arg0" : ui32
    probe.global_set @x, %2 : ui32
  }
}

// -----

// Elements of tuples that are made in sight are those that they are made of.
probe.script @tuples index 0 {
  probe.global @t : tuple<ui32, ui32>
  probe.global @x : ui32
  // CHECK-LABEL: probe.script @tuples
  // CHECK-DAG: %[[ONE:.*]] = probe.constant 1
  // CHECK-DAG: %[[TWO:.*]] = probe.constant 2
  // CHECK-DAG: %[[THREE:.*]] = probe.constant 3
  // CHECK: probe.global_set @x, %[[TWO]]
  // CHECK: %[[MADE:.*]] = probe.tuple_make %[[ONE]], %[[THREE]]
  // CHECK: probe.global_set @t, %[[MADE]]
  // CHECK: %[[READ:.*]] = probe.global_get @t
  // CHECK: %[[SET:.*]] = probe.tuple_set %[[READ]][0]
  // CHECK: probe.global_set @t, %[[SET]]
  // CHECK: probe.global_set @x, %[[ONE]]
  // CHECK: %[[KEPT:.*]] = probe.tuple_get %[[READ]][1]
  // CHECK: probe.global_set @x, %[[KEPT]]
  probe.probe rule "wasm:opcode:br_if:before" source 0 body {
    %1 = probe.constant 1 : ui32
    %2 = probe.constant 2 : ui32
    %3 = probe.constant 3 : ui32
    %t = probe.tuple_make %1, %2 : tuple<ui32, ui32>
    %4 = probe.tuple_get %t[1] : tuple<ui32, ui32> -> ui32
    probe.global_set @x, %4 : ui32
    %u = probe.tuple_set %t[1], %3 : tuple<ui32, ui32>, ui32
    probe.global_set @t, %u : tuple<ui32, ui32>
    %r = probe.global_get @t : tuple<ui32, ui32>
    %s = probe.tuple_set %r[0], %1 : tuple<ui32, ui32>, ui32
    probe.global_set @t, %s : tuple<ui32, ui32>
    %5 = probe.tuple_get %s[0] : tuple<ui32, ui32> -> ui32
    probe.global_set @x, %5 : ui32
    %6 = probe.tuple_get %s[1] : tuple<ui32, ui32> -> ui32
    probe.global_set @x, %6 : ui32
  }
}
