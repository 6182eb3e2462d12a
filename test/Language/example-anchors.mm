// State of sites that a library keeps.
// RUN: python3 %S/Inputs/e2e.py -u tracer=%S/Inputs/tracer.wat %S/Inputs/control.wat %s | FileCheck %s --match-full-lines

use tracer;
report var a: (i32, i32, i32);
wasm:opcode:loop:entry {
    unshared var anchor: i32 = tracer.open(fid as i32, pc as i32);
    tracer.hit(anchor);
}
wasm:end { a = (tracer.hits(1), tracer.hits(2), tracer.hits(3)); }

// CHECK: a: (i32,i32,i32) = (4; 5; 5)
