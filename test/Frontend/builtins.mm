// RUN: whamm-frontend-test --core %whamm_core --dump-checked %s | FileCheck %s --match-full-lines

use whamm_core;

var found: bool;
var text: str = "a";
// CHECK: Call 'strcmp' builtin : bool
// CHECK-NEXT: Tuple : (i32, i32)
// CHECK-NEXT: Int 0 : i32
// CHECK-NEXT: Int 1 : i32
// CHECK-NEXT: String "record" : str
found = strcmp((0, 1), "record");
// CHECK: Call 'strcontains' builtin : bool
// CHECK-NEXT: Tuple : (i32, i32)
// CHECK-NEXT: Cast i32 : i32
// CHECK-NEXT: StrMethod addr : u32
// CHECK-NEXT: Ident 'text' global : str
found = strcontains((text.addr() as i32, text.len() as i32), text);
// CHECK: Call 'read_str' builtin : str
// CHECK-NEXT: Ident 'APP_MEMID' static : u32
// CHECK-NEXT: Int 16 : i32
// CHECK-NEXT: Int 4 : u32
text = read_str(APP_MEMID, 16, 4);
// CHECK: Expr
// CHECK-NEXT: Call 'write_str' builtin : ()
// CHECK-NEXT: Call 'memid' builtin of 'whamm_core' : u32
write_str(memid(whamm_core), 0, text);
// CHECK: Call 'memcpy' builtin : ()
// CHECK-NEXT: Int 0 : u32
// CHECK-NEXT: Int 1 : u32
// CHECK-NEXT: Binary + : u32
memcpy(0, 1, APP_MEMID + 1, 2, 3);
// Results are dropped.
// CHECK: Expr
// CHECK-NEXT: Call 'read_str' builtin : str
read_str(0, 0, 0);

wasm:opcode:memory.copy|memory.fill:before / page_size(APP_MEMID) == 65536 / {
  // CHECK: Bound 'arg0' i32
  // CHECK-NEXT: Bound 'arg1' i32
  // CHECK: Call 'page_size' builtin : u32
  report var start: u32 = active_data_start(imm0);
  report var length: u32 = active_data_len(imm0) + mem_size(imm0);
  // CHECK: Call 'dup_at' builtin : ()
  dup_at(memid(whamm_core), 64);
}
wasm:opcode:i32.load:before {
  // CHECK: Call 'mem_size' builtin : u32
  // CHECK-NEXT: Ident 'memory' static : u32
  var size: u32 = mem_size(memory);
  found = size == addr;
}
wasm:opcode:br_table:before {
  // CHECK: MapGet : u32
  // CHECK-NEXT: Ident 'targets' static : map<u32, u32>
  // CHECK-NEXT: Int 3 : u32
  found = targets[3] == default_target;
}
