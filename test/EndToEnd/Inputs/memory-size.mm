// Behind the laws of utils/differential: the programs of these tests have memory.
wasm:opcode:memory.size(res0: i32):after { checks_other++; if (res0 < 1) { wrong_other++; } }
