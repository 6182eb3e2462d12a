// Functions in tables, as they are when called: initial contents, what the program
// sets, copies, fills, initialises and grows.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/references.wat %s | FileCheck %s --match-full-lines

wasm:opcode:call_indirect|return_call_indirect:before {
  report var r: map<i32, i32>;
  r[arg0] = resolved_fid;
  report var r2: map<i32, i32>;
  r2[table_entry_idx] = resolve_funcref(target_funcref, table_entry_idx);
  report var im: (u32, u32) = (imm0, imm1);
}

// CHECK: 0_wasm:opcode:call_indirect:before go 3:5 im: (u32,u32) = (1; 0)
// CHECK-NEXT: 1_wasm:opcode:return_call_indirect:before tail 4:5 im: (u32,u32) = (1; 0)
// CHECK-NEXT: 0_wasm:opcode:call_indirect:before go 3:5 r: map<i32,i32> = 0->2;1->-1;3->-1;4->0;5->-1;6->-1
// CHECK-NEXT: 0_wasm:opcode:call_indirect:before go 3:5 r2: map<i32,i32> = 0->2;1->-1;3->-1;4->0;5->-1;6->-1
// CHECK-NEXT: 1_wasm:opcode:return_call_indirect:before tail 4:5 r: map<i32,i32> = 2->1
// CHECK-NEXT: 1_wasm:opcode:return_call_indirect:before tail 4:5 r2: map<i32,i32> = 2->1
