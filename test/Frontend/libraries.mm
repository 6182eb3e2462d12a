// RUN: whamm-frontend-test --core %whamm_core -u lib=%S/Inputs/lib.wat,nomem=%S/Inputs/nomem.wat --dump-checked %s | FileCheck %s --match-full-lines

// In the order of `use`, each once.
// CHECK: Library 'lib'
// CHECK-NEXT: Library 'whamm_core'
// CHECK-NEXT: Library 'nomem'
// CHECK-NOT: Library
use lib;
use whamm_core;
use lib;
use nomem;

// Libraries have names of their own.
// CHECK: Global 'lib' i32
var lib: i32;
// CHECK: LibCall 'lib' : i32
// CHECK-NEXT: Call 'sum' : i32
// CHECK-NEXT: Ident 'lib' global : i32
// CHECK-NEXT: LibCall 'whamm_core' : i32
// CHECK-NEXT: Call 'mem_alloc' : i32
// CHECK-NEXT: Int 4 : i32
lib = lib.sum(lib, whamm_core.mem_alloc(4));
// Literals take the types of parameters; results are dropped.
// CHECK: Expr
// CHECK-NEXT: LibCall 'lib' : ()
// CHECK-NEXT: Call 'put' : ()
// CHECK-NEXT: Int -1 : i32
// CHECK-NEXT: Int 2 : i64
// CHECK-NEXT: Float 3 : f32
// CHECK-NEXT: Float 4.5 : f64
lib.put(-1, 2, 3, 4.5);
// CHECK: Expr
// CHECK-NEXT: LibCall 'lib' : i32
lib.get();
// At global scope just a call.
// CHECK: Expr
// CHECK-NEXT: LibCall @init 'lib' : i32
@init lib.get();
// CHECK: LibCall @static 'lib' : i32
// CHECK-NEXT: Call 'sum' : i32
// CHECK-NEXT: LibCall @static 'lib' : i32
// CHECK: Int 7 : i32
lib = @static lib.sum(@static lib.get(), 7);

// CHECK: Probe 0.0 wasm:opcode:call:before
// CHECK: Predicate
// CHECK-NEXT: Binary && : bool
// CHECK-NEXT: Cast bool : bool
// CHECK-NEXT: LibCall @static 'lib' : i32
// CHECK-NEXT: Call 'sum' : i32
// CHECK-NEXT: Cast i32 : i32
// CHECK-NEXT: Ident 'fid' static : u32
wasm:opcode:call:before / (@static lib.sum(fid as i32, 0)) as bool && lib.get() == 3 / {
  // What runs before the program does, in order.
  // CHECK: SiteVar 'anchor' i32
  // CHECK-NEXT: LibCall 'nomem' : i32
  // CHECK: SiteInit
  // CHECK-NEXT: LibCall @init 'lib' : i32
  // CHECK-NEXT: Call 'sum' : i32
  // CHECK-NEXT: Ident 'anchor' site : i32
  // CHECK-NEXT: LibCall @static 'lib' : i32
  // CHECK: SiteVar report 'r' u32
  // CHECK-NEXT: Call 'memid' builtin of 'whamm_core' : u32
  unshared var anchor: i32 = nomem.open(fid as i32, pc as i32);
  @init lib.sum(anchor, @static lib.get());
  report var r: u32 = memid(whamm_core);
}
