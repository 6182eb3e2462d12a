// Static data of the matched instruction, in every place.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/one.wat %s | FileCheck %s --match-full-lines

wasm:opcode:nop:before {
  report var c: i16 = bytecode;
  report var d: u32 = category_id;
  report var e: (str, str) = (category_name, opname);
}
wasm:func:entry { report var g: (u32, u32, u32, bool) = (fid, pc, opidx, at_func_end); }
wasm:func:exit { report var g: (u32, u32, u32, bool) = (fid, pc, opidx, at_func_end); }
wasm:opcode:nop|end:before { report var g: (u32, u32, u32, bool) = (fid, pc, opidx, at_func_end); }

// CHECK: 0_wasm:opcode:nop:before f 0:1 c: i16 = 1
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 d: u32 = 12
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 e: (str,str) = (misc; nop)
// CHECK-NEXT: 3_wasm:opcode:nop:before f 0:1 g: (u32,u32,u32,bool) = (0; 1; 0; false)
// CHECK-NEXT: 1_wasm:func:entry:<no-mode> f 0:0 g: (u32,u32,u32,bool) = (0; 0; 0; false)
// CHECK-NEXT: 2_wasm:func:exit:<no-mode> f 0:1 g: (u32,u32,u32,bool) = (0; 1; 0; false)
// CHECK-NEXT: 4_wasm:opcode:end:before f 0:2 g: (u32,u32,u32,bool) = (0; 2; 1; true)
