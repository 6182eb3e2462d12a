// Atomic accesses: addresses, operands of compare-and-exchange, assigned values.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/atomics.wat %s | FileCheck %s --match-full-lines

wasm:opcode:*.atomic.*:before { report var e: (u32, u64, u32, u32); e = (effective_addr, offset, align, memory); }
wasm:opcode:*.atomic.rmw*|*.atomic.store*|i32.atomic.load:before { report var w: (bool, u32) = (is_write, data_size); }
wasm:opcode:*cmpxchg*(arg0: i32, arg1: i32):before { report var a: (i32, i32, u32); a = (arg0, arg1, addr); arg0 = 21; }
wasm:opcode:*cmpxchg*(arg0: i64, arg1: i64, res0: i64):after { report var b: (i64, i64, u32, i64); b = (arg0, arg1, addr, res0); }
wasm:opcode:i32.atomic.load:after { report var r: i32; r = res0; }
wasm:opcode:memory.atomic.wait32:before { report var a: (i64, i32, u32); a = (arg0, arg1, arg2); }
wasm:opcode:memory.atomic.notify:before { report var a: (i32, u32, u32); a = (arg0, arg1, addr); }
wasm:opcode:atomic.fence:before { report var c: u32; c++; }

// CHECK: 140_wasm:opcode:atomic.fence:before #0 0:84 c: u32 = 1
// CHECK-NEXT: 137_wasm:opcode:i32.atomic.load:after #0 0:47 r: i32 = 21
// CHECK-NEXT: 67_wasm:opcode:i32.atomic.store:before #0 0:6 w: (bool,u32) = (true; 4)
// CHECK-NEXT: 74_wasm:opcode:i32.atomic.rmw.add:before #0 0:15 w: (bool,u32) = (true; 4)
// CHECK-NEXT: 116_wasm:opcode:i32.atomic.rmw.cmpxchg:before #0 0:27 w: (bool,u32) = (true; 4)
// CHECK-NEXT: 120_wasm:opcode:i64.atomic.rmw8.cmpxchg_u:before #0 0:39 w: (bool,u32) = (true; 1)
// CHECK-NEXT: 66_wasm:opcode:i32.atomic.load:before #0 0:47 w: (bool,u32) = (false; 4)
// CHECK-NEXT: 114_wasm:opcode:i64.atomic.rmw16.xchg_u:before #0 0:57 w: (bool,u32) = (true; 2)
// CHECK-NEXT: 123_wasm:opcode:i32.atomic.rmw.cmpxchg:before #0 0:27 a: (i32,i32,u32) = (20; 8; 100)
// CHECK-NEXT: 139_wasm:opcode:memory.atomic.notify:before #0 0:67 a: (i32,u32,u32) = (1; 100; 100)
// CHECK-NEXT: 138_wasm:opcode:memory.atomic.wait32:before #0 0:79 a: (i64,i32,u32) = (0; 1; 100)
// CHECK-NEXT: 134_wasm:opcode:i64.atomic.rmw8.cmpxchg_u:after #0 0:39 b: (i64,i64,u32,i64) = (9; 7; 100; 0)
// CHECK-NEXT: 10_wasm:opcode:i32.atomic.store:before #0 0:6 e: (u32,u64,u32,u32) = (100; 4; 2; 0)
// CHECK-NEXT: 17_wasm:opcode:i32.atomic.rmw.add:before #0 0:15 e: (u32,u64,u32,u32) = (100; 0; 2; 0)
// CHECK-NEXT: 59_wasm:opcode:i32.atomic.rmw.cmpxchg:before #0 0:27 e: (u32,u64,u32,u32) = (100; 0; 2; 0)
// CHECK-NEXT: 63_wasm:opcode:i64.atomic.rmw8.cmpxchg_u:before #0 0:39 e: (u32,u64,u32,u32) = (101; 1; 0; 0)
// CHECK-NEXT: 3_wasm:opcode:i32.atomic.load:before #0 0:47 e: (u32,u64,u32,u32) = (100; 0; 2; 0)
// CHECK-NEXT: 57_wasm:opcode:i64.atomic.rmw16.xchg_u:before #0 0:57 e: (u32,u64,u32,u32) = (104; 0; 1; 0)
// CHECK-NEXT: 0_wasm:opcode:memory.atomic.notify:before #0 0:67 e: (u32,u64,u32,u32) = (100; 0; 2; 0)
// CHECK-NEXT: 1_wasm:opcode:memory.atomic.wait32:before #0 0:79 e: (u32,u64,u32,u32) = (100; 0; 2; 0)
