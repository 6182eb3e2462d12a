// The status of proc_exit is an operand like others.
// RUN: python3 %S/Inputs/e2e.py --exit 7 %S/Inputs/proc-exit.wat %s | FileCheck %s --match-full-lines

report var g: i32;
wasm:opcode:call(arg0: i32):before / target_fn_name == "proc_exit" / { g = arg0; arg0 = 7; }

// CHECK: g: i32 = 3
