// Bytes go between the program, a library and the runtime, and overlap as they should.
// RUN: python3 %S/Inputs/e2e.py -u tally=%S/Inputs/tally.wat %S/Inputs/memory.wat %s | FileCheck %s --match-full-lines

use tally;
use whamm_core;
wasm:opcode:memory.fill:before {
  tally.put(40, 65); tally.put(41, 66); tally.put(42, 67);
  var q: i32 = whamm_core.mem_alloc(10);
  memcpy(memid(tally), 40, memid(whamm_core), q as u32, 3);
  whamm_core.puts(q, 3);
  whamm_core.putc(10);
  memcpy(memid(tally), 41, APP_MEMID, 800, 2);
  report var t: str;
  t = read_str(APP_MEMID, 800, 2);
  memcpy(APP_MEMID, 16, memid(tally), 41, 5);
  report var u: str;
  u = read_str(memid(tally), 40, 6);
  memcpy(APP_MEMID, 16, APP_MEMID, 17, 10);
  report var d: str;
  d = read_str(APP_MEMID, 16, 11);
  report var c: (bool, bool, bool);
  c = (t == "BC", t.contains("C"), strcontains((t.addr() as i32, 2), "B"));
}
wasm:opcode:memory.copy|memory.init:before { dup_at(APP_MEMID, 900); report var d: str; d = read_str(APP_MEMID, 900, arg0 as u32); }

// CHECK: ABC
// CHECK-NEXT: 2_wasm:opcode:memory.copy:before work 0:8 d: str = hello world
// CHECK-NEXT: 0_wasm:opcode:memory.fill:before work 0:20 t: str = BC
// CHECK-NEXT: 0_wasm:opcode:memory.fill:before work 0:20 u: str = Ahello
// CHECK-NEXT: 0_wasm:opcode:memory.fill:before work 0:20 d: str = hhello worl
// CHECK-NEXT: 1_wasm:opcode:memory.init:before work 0:30 d: str = ssiv
// CHECK-NEXT: 0_wasm:opcode:memory.fill:before work 0:20 c: (bool,bool,bool) = (true; true; true)
