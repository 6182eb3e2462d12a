// RUN: not whamm-frontend-test %s 2>&1 | FileCheck %s

// CHECK: :[[@LINE+1]]:14: error: a begin probe cannot declare 'report' or 'unshared' variables: they belong to probes with match sites; declare a global{{$}}
wasm:begin { unshared var y: u32; }
// CHECK: :[[@LINE+1]]:12: error: an end probe cannot declare 'report' or 'unshared' variables: they belong to probes with match sites; declare a global{{$}}
wasm:end { report var y: u32; }
// CHECK: :[[@LINE+1]]:14: error: 'pc' is not available in a begin probe: it belongs to no site{{$}}
wasm:begin / pc == 1 / {}
// CHECK: :[[@LINE+1]]:6: error: 'wasm:end' has no operands or locals{{$}}
wasm(local0: i32):end {}
// CHECK: :[[@LINE+1]]:21: error: only an 'alt' probe can return a value: elsewhere the instruction gives its own result{{$}}
wasm:begin { return 1; }
// CHECK: :[[@LINE+1]]:12: error: package 'begin' has no events{{$}}
wasm:begin:entry {}
