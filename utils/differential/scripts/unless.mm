// Instructions that would be replaced, if a predicate held that never does.
var never: i32;
wasm:opcode:drop|*.store*|global.set|nop|memory.fill|memory.copy|data.drop:alt / never != 0 / { drop_args(); }
wasm:opcode:i32.load*|i32.eq*|i32.ne|i32.lt*|i32.add|i32.div*|i32.rem*|i32.trunc*|i32.wrap_i64|i64.eqz|f64.lt|memory.size|memory.grow:alt / never != 0 / {
  report var n: u32;
  n++;
  drop_args();
  var zero: i32 = 0;
  return zero;
}
wasm:opcode:i64.load*|i64.add|i64.mul|i64.shl|i64.extend*|i64.const:alt / never > 0 / { drop_args(); var zero: i64 = 0; return zero; }
wasm:opcode:f64.load|f64.add|f64.convert*|f64.promote_f32|f64.neg:alt / never < 0 / { drop_args(); var zero: f64 = 0.0; return zero; }
wasm:opcode:f32.load|f32.mul|f32.demote_f64|f32.convert*:alt / never < 0 / { drop_args(); var zero: f32 = 0.0; return zero; }
wasm:opcode:select(arg1: i32, arg2: i32):alt / never != 0 / { return arg1; }
wasm:opcode:local.set(arg0: i32):alt / never != 0 / { }
wasm:opcode:local.tee(arg0: i32):alt / never != 0 / { return arg0; }
wasm:opcode:br_if|br_table|block|loop|if:before / never != 0 / { report var m: u32; m++; }
