// Memories with 64-bit addresses: strings, copies, repeated bulk operations.
// RUN: python3 %S/Inputs/e2e.py --node-option=--experimental-wasm-memory64 %S/Inputs/memory64.wat %s | FileCheck %s --match-full-lines

use whamm_core;
wasm:opcode:memory.copy(arg0: i64, arg1: i64, arg2: i64):before {
    var l: i32 = arg0 as i32;
    var ptr: i32 = whamm_core.mem_alloc(l);
    dup_at(memid(whamm_core), ptr as u32);
    report var got: str;
    got = read_str(memid(whamm_core), ptr, l as u32);
    memcpy(memid(whamm_core), ptr as u32, APP_MEMID, 200, 4);
    memcpy(APP_MEMID, 200, APP_MEMID, 220, 4);
    report var got2: str;
    write_str(APP_MEMID, 224, "!");
    got2 = read_str(APP_MEMID, 220, 5);
    whamm_core.mem_free(ptr);
}
wasm:opcode:memory.fill(arg0: i64, arg2: i64):before { report var p: (i64, i32, i64); p = (arg0, arg1, arg2); }
wasm:opcode:memory.grow(arg0: i64, res0: i64):after { report var g: i64; g = res0; report var i: u32 = imm0; }
wasm:opcode:memory.size(res0: i64):after { report var g: i64; g = res0; report var f: u32; f = mem_size(imm0); report var app: (u32, u32, u32) = (APP_MEMID, active_data_start(0), active_data_len(0)); }

// CHECK: 3_wasm:opcode:memory.size:after #0 0:37 f: u32 = 1
// CHECK-NEXT: 2_wasm:opcode:memory.grow:after #0 0:42 i: u32 = 0
// CHECK-NEXT: 3_wasm:opcode:memory.size:after #0 0:37 g: i64 = 1
// CHECK-NEXT: 2_wasm:opcode:memory.grow:after #0 0:42 g: i64 = 1
// CHECK-NEXT: 0_wasm:opcode:memory.copy:before #0 0:22 got: str = sixty-
// CHECK-NEXT: 0_wasm:opcode:memory.copy:before #0 0:22 got2: str = sixt!
// CHECK-NEXT: 1_wasm:opcode:memory.fill:before #0 0:34 p: (i64,i32,i64) = (6; 66; 96)
// CHECK-NEXT: 3_wasm:opcode:memory.size:after #0 0:37 app: (u32,u32,u32) = (0; 8; 10)
