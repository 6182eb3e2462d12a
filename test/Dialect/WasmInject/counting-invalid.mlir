// What the verifiers of tallies and counters refuse.
// RUN: whamm-opt %s -verify-diagnostics -split-input-file

wasm_inject.state @n : ui32 site name "n" script 0
// expected-error @+1 {{expects a slot per row, found 0}}
wasm_inject.tally @n at enter func [0] opidx [1] slot [] amount [1]

// -----

wasm_inject.state @f : f32 program name "f" script 0
// expected-error @+1 {{expects state that is an integer or a bool}}
wasm_inject.tally @f at enter func [0] opidx [1] slot [] amount [1]

// -----

wasm_inject.state @n : ui32 program name "n" script 0
// expected-error @+1 {{expects rows that ascend by function and instruction; row 1 does not}}
wasm_inject.tally @n at enter func [1, 0] opidx [1, 1] slot [] amount [1, 1]

// -----

// expected-error @+1 {{no counter 1}}
wasm_inject.counters 1 increments func [0] opidx [0] at [0] counter [1] amount [1] local [0] write_back func [] opidx [] values terms [] term [] factor []

// -----

// expected-error @+1 {{value 0 has term 1, which is no counter and no value in front of it}}
wasm_inject.counters 1 increments func [] opidx [] at [] counter [] amount [] local [] write_back func [] opidx [] values terms [1] term [1] factor [1]

// -----

wasm_inject.state @n : ui32 program name "n" script 0
// expected-error @+1 {{expects `counters` beside it}}
wasm_inject.counted @n slot [] value [0]

// -----

// expected-error @+1 {{that accumulates expects an amount of type i64 as its last parameter, and no results}}
wasm_inject.function @f -> [] accumulates {
^bb0(%a: i32):
  wasm_inject.exit
}

// -----

wasm_inject.function @f -> [] {
^bb0(%a: i64):
  wasm_inject.exit
}
// expected-error @+1 {{no function that accumulates named @f}}
wasm_inject.tally_call @f at enter func [0] opidx [0] args [] in_data [] amount [1]
