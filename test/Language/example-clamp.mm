// An argument of calls of one import is limited; others are not touched.
// RUN: python3 %S/Inputs/e2e.py -u env=%S/Inputs/sleep-env.wat %S/Inputs/sleep.wat %s | FileCheck %s --match-full-lines

use env;
report var total: i32;
wasm:opcode:call(arg0: i32):before / target_imp_module == "env" && target_fn_name == "sleep" / {
    if (arg0 > 1000) { arg0 = 1000; }
}
wasm:end { total = env.total(); }

// CHECK: total: i32 = 6050
