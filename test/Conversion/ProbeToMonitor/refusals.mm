// What an engine cannot do is an error that says why, each at its place; all of
// them are shown at once, and there is no monitor.
// RUN: rm -f %t.wasm
// RUN: wat2wasm %source/docs/examples/lib/tally.wat -o %t.tally.wasm
// RUN: not whamm instr -s %s -w -u tally=%t.tally.wasm -o %t.wasm 2>&1 | FileCheck %s
// RUN: not test -e %t.wasm
use tally;
use whamm_core;
report var size: u32;
report var text: str;

// Modes.
// CHECK-DAG: :[[@LINE+2]]:1: error: mode 'alt' cannot be used in a monitor: an engine does not let it replace instructions; instrument the application instead (-a)
// CHECK-DAG: :[[@LINE+1]]:24: error: 'alt_call' cannot be used in a monitor: an engine lets it change nothing; instrument the application instead (-a)
wasm:opcode:call:alt { alt_call_by_id(1); }
// CHECK-DAG: :[[@LINE+1]]:1: error: mode 'at_target' cannot be used in a monitor: an engine does not say from where control has come; instrument the application instead (-a)
wasm:opcode:br_if:at_target { report var n: u32; n++; }
// CHECK-DAG: :[[@LINE+1]]:1: error: mode 'exit' cannot be used in a monitor: an engine does not tell the end of a construct that is fallen into from one that is branched to; instrument the application instead (-a)
wasm:opcode:block|loop|if|else:exit { report var n: u32; n++; }

// Assignments.
// CHECK-DAG: :[[@LINE+1]]:30: error: assigning 'arg0' cannot be used in a monitor: an engine lets it change nothing; instrument the application instead (-a)
wasm:opcode:i32.add:before { arg0 = 1; }
// CHECK-DAG: :[[@LINE+1]]:40: error: assigning 'res0' cannot be used in a monitor: an engine lets it change nothing; instrument the application instead (-a)
wasm:opcode:i32.add(res0: i32):after { res0 = 1; }
// CHECK-DAG: :[[@LINE+1]]:32: error: assigning 'local0' cannot be used in a monitor: an engine lets it change nothing; instrument the application instead (-a)
wasm(local0: i32):func:entry { local0 = 1; }
// CHECK-DAG: :[[@LINE+1]]:32: error: assigning 'imm0' cannot be used in a monitor: an engine lets it change nothing; instrument the application instead (-a)
wasm:opcode:i32.const:before { imm0 = 1; }

// Results.
// CHECK-DAG: :[[@LINE+1]]:63: error: 'res0' cannot be used in a monitor: an engine calls in front of instructions and knows no results; instrument the application instead (-a)
wasm:opcode:i32.add(res0: i32):after { report var r: i32; r = res0; }
// CHECK-DAG: :[[@LINE+1]]:37: error: 'res0' cannot be used in a monitor: an engine calls in front of instructions and knows no results; instrument the application instead (-a)
wasm:opcode:call(res0: i32):after / res0 == 0 / { report var r: u32; r++; }
// CHECK-DAG: :[[@LINE+1]]:56: error: 'res0' cannot be used in a monitor: an engine calls in front of instructions and knows no results; instrument the application instead (-a)
wasm:opcode:memory.grow:after { report var n: u32; if (failed) { n++; } }

// Operands that are gone.
// CHECK-DAG: :[[@LINE+1]]:52: error: 'arg0' in this mode cannot be used in a monitor: an engine calls where the instruction has taken its operands already; instrument the application instead (-a)
wasm:opcode:i32.add:after { report var a: i32; a = arg0; }
// CHECK-DAG: :[[@LINE+1]]:53: error: 'addr' in this mode cannot be used in a monitor: an engine calls where the instruction has taken its operands already; instrument the application instead (-a)
wasm:opcode:i32.load:after { report var a: u32; a = effective_addr; }
// CHECK-DAG: :[[@LINE+1]]:47: error: 'arg0' in this mode cannot be used in a monitor: an engine calls where the instruction has taken its operands already; instrument the application instead (-a)
wasm:opcode:if:entry { report var a: u32; a = arg0; }

// Memories.
// CHECK-DAG: :[[@LINE+1]]:34: error: 'mem_size' on a memory of the application cannot be used in a monitor: an engine does not let it reach that; instrument the application instead (-a)
wasm:opcode:call:before { size = mem_size(APP_MEMID); }
// CHECK-DAG: :[[@LINE+1]]:45: error: 'read_str' on a memory of the application cannot be used in a monitor: an engine does not let it reach that; instrument the application instead (-a)
wasm:opcode:call(arg0: i32):before { text = read_str(APP_MEMID, arg0, 4); }
// CHECK-DAG: :[[@LINE+1]]:38: error: 'memcpy' on a memory of the application cannot be used in a monitor: an engine does not let it reach that; instrument the application instead (-a)
wasm:opcode:call(arg0: u32):before { memcpy(APP_MEMID, arg0, memid(whamm_core), 0, 4); }
// CHECK-DAG: :[[@LINE+1]]:34: error: 'mem_size' on the memory of library 'tally' cannot be used in a monitor: a monitor can reach no memory but its own and that of 'whamm_core'; instrument the application instead (-a)
wasm:opcode:call:before { size = mem_size(memid(tally)); }
// CHECK-DAG: :[[@LINE+1]]:34: error: 'dup_at' on a memory of the application cannot be used in a monitor: an engine does not let it reach that; instrument the application instead (-a)
wasm:opcode:memory.fill:before { dup_at(APP_MEMID, 256); }
// CHECK-DAG: :[[@LINE+1]]:34: error: 'dup_at' of a data segment cannot be used in a monitor: an engine does not let it use those of the application; instrument the application instead (-a)
wasm:opcode:memory.init:before { dup_at(memid(whamm_core), 256); }
// CHECK-DAG: :[[@LINE+1]]:34: error: 'read_str' on the memory of library 'tally' cannot be used in a monitor: a monitor can reach no memory but its own and that of 'whamm_core'; instrument the application instead (-a)
fn read(at: i32) -> str { return read_str(memid(tally), at, 4); }

// Tables.
// CHECK-DAG: :[[@LINE+1]]:59: error: the function that a slot of a table holds cannot be used in a monitor: an engine shows no tables; instrument the application instead (-a)
wasm:opcode:call_indirect:before { report var f: i32; f = resolved_fid; }
wasm:opcode:table.set:before { report var f: i32; f = resolved_fid; }
