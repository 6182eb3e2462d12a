// RUN: whamm-frontend-test --dump-checked %s | FileCheck %s --match-full-lines

// CHECK: Function 'size' -> i32
// CHECK-NEXT: Param 'r' funcref
fn size(r: funcref) -> i32 { var s: funcref = r; r = s; return 4; }

// CHECK: Probe 0.0 wasm:opcode:call_indirect:before
// CHECK: Bound 'arg0' i32
wasm:opcode:call_indirect:before {
  // CHECK: SiteVar report 'a' i32
  report var a: i32;
  // CHECK: Local 'f' funcref
  // CHECK: Ident 'target_funcref' dynamic : funcref
  var f: funcref = target_funcref;
  // CHECK: Call 'resolve_funcref' builtin : i32
  // CHECK-NEXT: Ident 'f' local : funcref
  // CHECK-NEXT: Ident 'table_entry_idx' dynamic : i32
  a = resolve_funcref(f, table_entry_idx) + size(target_funcref);
}
// Static where the instruction in front says it, dynamic where a slot does.
// CHECK: Probe 1.0 {{.*}}
// CHECK: Ident 'resolved_fid' static : i32
// CHECK: Probe 1.1 {{.*}}
// CHECK: Ident 'resolved_fid' dynamic : i32
// CHECK: Probe 1.2 {{.*}}
// CHECK: Ident 'resolved_fid' static : i32
wasm:opcode:table.get|table.set|call_ref|ref.func:before / resolved_fid > 3 / {}
// CHECK: Bound 'arg0' funcref
wasm:opcode:table.set(arg0: funcref):before / size(arg0) == 4 / {}
