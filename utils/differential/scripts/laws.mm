// What the operands and results of instructions have to do with each other:
// checks_* are how often it was checked, wrong_* how often it did not hold.
report var checks_i32: u64;
report var wrong_i32: u64;
report var checks_i64: u64;
report var wrong_i64: u64;
report var checks_f64: u64;
report var wrong_f64: u64;
report var checks_other: u64;
report var wrong_other: u64;

wasm:opcode:i32.add(res0: i32):after { checks_i32++; if (res0 != arg0 + arg1) { wrong_i32++; } }
wasm:opcode:i32.sub(res0: i32):after { checks_i32++; if (res0 != arg1 - arg0) { wrong_i32++; } }
wasm:opcode:i32.mul(res0: i32):after { checks_i32++; if (res0 != arg1 * arg0) { wrong_i32++; } }
wasm:opcode:i32.shl(res0: i32):after { checks_i32++; if (res0 != arg1 << arg0) { wrong_i32++; } }
wasm:opcode:i32.shr_u(res0: u32):after { checks_i32++; if (res0 != (arg1 as u32) >> (arg0 as u32)) { wrong_i32++; } }
wasm:opcode:i32.lt_u(res0: bool):after { checks_i32++; if (res0 != (arg1 < arg0)) { wrong_i32++; } }
wasm:opcode:i32.lt_s(res0: bool):after { checks_i32++; if (res0 != (arg1 < arg0)) { wrong_i32++; } }
wasm:opcode:i32.eqz(res0: bool):after { checks_i32++; if (res0 != (arg0 == 0)) { wrong_i32++; } }
wasm:opcode:i32.const(res0: i32):after { checks_i32++; if (res0 != imm0) { wrong_i32++; } }
wasm:opcode:i64.add(res0: i64):after { checks_i64++; if (res0 != arg0 + arg1) { wrong_i64++; } }
wasm:opcode:i64.mul(res0: i64):after { checks_i64++; if (res0 != arg0 * arg1) { wrong_i64++; } }
wasm:opcode:i64.xor(res0: i64):after { checks_i64++; if (res0 != (arg0 ^ arg1)) { wrong_i64++; } }
wasm:opcode:i64.const(res0: i64):after { checks_i64++; if (res0 != imm0) { wrong_i64++; } }
wasm:opcode:i64.extend_i32_u(res0: u64):after { checks_i64++; if (res0 != arg0 as u64) { wrong_i64++; } }
wasm:opcode:i32.wrap_i64(res0: i32):after { checks_i64++; if (res0 != arg0 as i32) { wrong_i64++; } }
wasm:opcode:f64.add(res0: f64):after / res0 == res0 / { checks_f64++; if (res0 != arg0 + arg1) { wrong_f64++; } }
wasm:opcode:f64.sub(res0: f64):after / res0 == res0 / { checks_f64++; if (res0 != arg1 - arg0) { wrong_f64++; } }
wasm:opcode:f64.mul(res0: f64):after / res0 == res0 / { checks_f64++; if (res0 != arg1 * arg0) { wrong_f64++; } }
wasm:opcode:f64.div(res0: f64):after / res0 == res0 / { checks_f64++; if (res0 != arg1 / arg0) { wrong_f64++; } }
wasm:opcode:f64.const(res0: f64):after / imm0 == imm0 / { checks_f64++; if (res0 != imm0) { wrong_f64++; } }
wasm:opcode:f32.mul(res0: f32):after / res0 == res0 / { checks_f64++; if (res0 != arg1 * arg0) { wrong_f64++; } }

// Locals keep what they are set to, whatever else is on the stack.
wasm(local0: i32):opcode:local.get(res0: i32):after / imm0 == 0 / { checks_other++; if (res0 != local0) { wrong_other++; } }
wasm(local1: i32):opcode:local.get(res0: i32):after / imm0 == 1 / { checks_other++; if (res0 != local1) { wrong_other++; } }
wasm(local1: i32):opcode:local.set|local.tee(arg0: i32):after / imm0 == 1 / { checks_other++; if (arg0 != local1) { wrong_other++; } }
wasm:opcode:local.tee(res0: i64, arg0: i64):after { checks_other++; if (res0 != arg0) { wrong_other++; } }
wasm:opcode:select(res0: i32, arg0: i32, arg1: i32, arg2: i32):after {
  var expected: i32 = arg0 != 0 ? arg2 : arg1;
  checks_other++;
  if (res0 != expected) { wrong_other++; }
}
wasm:opcode:i32.load8_u(res0: u32):after { checks_other++; if (res0 > 255) { wrong_other++; } }
wasm:opcode:i32.load16_s(res0: i32):after { checks_other++; if (res0 > 32767 || res0 < -32768) { wrong_other++; } }
