// What br_table, memory.grow, tail calls and indirect calls bind.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/calls.wat %s | FileCheck %s --match-full-lines

wasm:opcode:br_table:before {
  report var m: map<u32, u32>;
  report var t: map<u32,u32>;
  report var n: u32; report var d: u32; report var d2: u32;
  n = num_targets; d = default_target;
  m[target]++;
  t[arg0 < num_targets ? targets[arg0] : default_target]++;
  d2 = targets[0] + targets[1] * 10 + targets[2]*100 + targets[3]*1000;
}
wasm:opcode:br_table:before /imm3 == 2 && imm1 == 1/ { report var i3: u32; i3++; }
wasm:opcode:br_table:before /imm4 == 2/ { report var i4: u32; i4++; }
wasm:opcode:br_table:at_target { report var at: u32; at = at + arg0; }
wasm:opcode:br_table:after { report var never: u32; never++; }
wasm:opcode:memory.grow:after { report var f: bool; f = failed; report var g: i32; g = res0; }
wasm:opcode:memory.grow:after /failed/ { report var f2: u32; f2++; }
wasm:opcode:return_call(arg0: i32, arg1: i32):before { report var a: i32; a = arg0; report var b: i32; b = arg1; report var i: u32; i = imm0; }
wasm:opcode:call_indirect(arg1: i32, arg2: i32):before { report var a: (i32,i32,i32); a = (arg0, arg1, arg2); report var r: i32; r = resolved_fid; report var i:(u32,u32) = (imm0, imm1);}
wasm:opcode:call_indirect(res0: i32):after { report var a: i32; a = res0; }
wasm:opcode:call(res0: i32):after /target_fn_name == "fact"/ { report var s: map<i32,u32>; s[res0]++; }
wasm:func:exit { report var ex: u32; ex++; }
wasm(local1: i32):func:exit/fname == "loop"/ { report var l1: i32; l1 = local1; }

// CHECK: 11_wasm:func:exit:<no-mode> ext 0:1 ex: u32 = 1
// CHECK-NEXT: 11_wasm:func:exit:<no-mode> add 1:1 ex: u32 = 3
// CHECK-NEXT: 11_wasm:func:exit:<no-mode> sub 2:1 ex: u32 = 2
// CHECK-NEXT: 11_wasm:func:exit:<no-mode> fact 3:1 ex: u32 = 5
// CHECK-NEXT: 11_wasm:func:exit:<no-mode> tail 4:1 ex: u32 = 1
// CHECK-NEXT: 7_wasm:opcode:return_call:before tail 4:5 i: u32 = 1
// CHECK-NEXT: 11_wasm:func:exit:<no-mode> loop 5:3 ex: u32 = 1
// CHECK-NEXT: 11_wasm:func:exit:<no-mode> switch 6:1 ex: u32 = 5
// CHECK-NEXT: 0_wasm:opcode:br_table:before switch 6:9 n: u32 = 3
// CHECK-NEXT: 0_wasm:opcode:br_table:before switch 6:9 d: u32 = 2
// CHECK-NEXT: 0_wasm:opcode:br_table:before switch 6:9 d2: u32 = 10
// CHECK-NEXT: 1_wasm:opcode:br_table:before switch 6:9 i3: u32 = 5
// CHECK-NEXT: 3_wasm:opcode:br_table:semantic_after switch 6:9 at: u32 = 105
// CHECK-NEXT: 4_wasm:opcode:br_table:after switch 6:9 never: u32 = 0
// CHECK-NEXT: 11_wasm:func:exit:<no-mode> #7 7:1 ex: u32 = 1
// CHECK-NEXT: 6_wasm:opcode:memory.grow:after #7 7:96 f2: u32 = 0
// CHECK-NEXT: 6_wasm:opcode:memory.grow:after #7 7:103 f2: u32 = 1
// CHECK-NEXT: 7_wasm:opcode:return_call:before tail 4:5 a: i32 = 9
// CHECK-NEXT: 7_wasm:opcode:return_call:before tail 4:5 b: i32 = 8
// CHECK-NEXT: 12_wasm:func:exit:<no-mode> loop 5:3 l1: i32 = 10
// CHECK-NEXT: 8_wasm:opcode:call_indirect:before #7 7:64 r: i32 = 1
// CHECK-NEXT: 9_wasm:opcode:call_indirect:after #7 7:64 a: i32 = 11
// CHECK-NEXT: 8_wasm:opcode:call_indirect:before #7 7:74 r: i32 = 2
// CHECK-NEXT: 9_wasm:opcode:call_indirect:after #7 7:74 a: i32 = -1
// CHECK-NEXT: 5_wasm:opcode:memory.grow:after #7 7:96 g: i32 = 1
// CHECK-NEXT: 5_wasm:opcode:memory.grow:after #7 7:103 g: i32 = -1
// CHECK-NEXT: 5_wasm:opcode:memory.grow:after #7 7:96 f: bool = false
// CHECK-NEXT: 5_wasm:opcode:memory.grow:after #7 7:103 f: bool = true
// CHECK-NEXT: 8_wasm:opcode:call_indirect:before #7 7:64 a: (i32,i32,i32) = (0; 6; 5)
// CHECK-NEXT: 8_wasm:opcode:call_indirect:before #7 7:74 a: (i32,i32,i32) = (1; 6; 5)
// CHECK-NEXT: 8_wasm:opcode:call_indirect:before #7 7:64 i: (u32,u32) = (0; 0)
// CHECK-NEXT: 8_wasm:opcode:call_indirect:before #7 7:74 i: (u32,u32) = (0; 0)
// CHECK-NEXT: 10_wasm:opcode:call:after fact 3:18 s: map<i32,u32> = 1->1;2->1;6->1;24->1
// CHECK-NEXT: 10_wasm:opcode:call:after #7 7:17 s: map<i32,u32> = 120->1
// CHECK-NEXT: 0_wasm:opcode:br_table:before switch 6:9 m: map<u32,u32> = 0->1;1->1;2->1;3->2
// CHECK-NEXT: 0_wasm:opcode:br_table:before switch 6:9 t: map<u32,u32> = 0->2;1->1;2->2
