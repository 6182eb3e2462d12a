// A replaced proc_exit does not leave the program.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/proc-exit.wat %s | FileCheck %s --match-full-lines

report var g: i32;
wasm:opcode:call(arg0: i32):alt / target_fn_name == "proc_exit" / { g = arg0; }
wasm:opcode:nop:before { g = g * 10; }

// CHECK: g: i32 = 30
