// Every operator and cast on operands that only the program knows.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/numbers.wat %s | FileCheck %s --match-full-lines

wasm:opcode:call(arg5: i32, arg4: i32, arg3: i64, arg2: i64, arg1: f32, arg0: f64):before {
  var a: i32 = arg5; var b: i32 = arg4; var ua: u32 = a as u32; var ub: u32 = b as u32;
  report var div: (i32, u32, i64, u64); div = (a / b, ua / ub, arg3 / arg2, (arg3 as u64) / (arg2 as u64));
  report var rem: (i32, u32, i64, u64); rem = (a % b, ua % ub, arg3 % arg2, (arg3 as u64) % (arg2 as u64));
  report var shr: (i32, u32, i64, u64); shr = (a >> b, ua >> ub, arg3 >> arg2, (arg3 as u64) >> (arg2 as u64));
  report var shl: (i32, u32, i64, u64); shl = (a << 33, ua << 33, arg3 << 65, (arg3 as u64) << 65);
  report var cmp: (bool, bool, bool, bool); cmp = (a < b, ua < ub, arg3 < arg2, (arg3 as u64) < (arg2 as u64));
  var i8v: i8 = a as i8; var u8v: u8 = a as u8; var i16v: i16 = a as i16; var u16v: u16 = a as u16;
  report var narrow: (i8, u8, i16, u16); narrow = (i8v, u8v, i16v, u16v);
  report var nadd: (i8, u8, i16, u16); nadd = (i8v - 125, u8v + 10, i16v - 32765, u16v + 10);
  report var nmul: (i8, u8, i16, u16); nmul = (i8v * 40, u8v * 40, i16v * 20000, u16v * 20000);
  report var ndiv: (i8, u8, i16, u16); ndiv = (i8v / 2, u8v / 2, i16v / 2, u16v / 2);
  report var nrem: (i8, u8, i16, u16); nrem = (i8v % 4, u8v % 4, i16v % 4, u16v % 4);
  report var nshl: (i8, u8, i16, u16); nshl = (i8v << 5, u8v << 5, i16v << 13, u16v << 13);
  report var nshr: (i8, u8, i16, u16); nshr = (i8v >> 1, u8v >> 1, i16v >> 1, u16v >> 1);
  report var nnot: (i8, u8, i16, u16); nnot = (~i8v, ~u8v, ~i16v, ~u16v);
  report var bits: (i8, u8, i16, u16); bits = (i8v & 15, u8v | 1, i16v ^ 255, u16v ^ 255);
  report var cast0: (i32, i32, i32, i32); cast0 = (i8v as i32, u8v as i32, i16v as i32, u16v as i32);
  report var cast1: (i64, u64, i64, u64); cast1 = (i8v as i64, u8v as u64, a as i64, a as u64);
  report var cast2: (f32, f64, f64, f32); cast2 = (i8v as f32, u8v as f64, ua as f64, a as f32);
  report var cast3: (i8, u8, i16, u16, i32, u32); cast3 = (arg1 as i8, 200.7 as u8, arg1 as i16, arg0 as u16, arg1 as i32, arg0 as u32);
  report var cast4: (bool, bool, bool, i32, u64, f64); var t: bool = true; cast4 = (a as bool, (a + 7) as bool, arg1 as bool, t as i32, t as u64, t as f64);
  report var cast5: (i8, i16, u16, u8); cast5 = (u8v as i8, i8v as i16, i8v as u16, i16v as u8);
  report var fr: (f32, f64, f32, f64); fr = (arg1 % 2.0, arg0 % 1.5, 5.5 % (arg1 + 0.25), (0.0 - 7.5) % arg0);
  report var ff: (f32, f64, f64, f32, f64); ff = (arg1 / 0.0, arg0 / 3.0, 0.1, 0.1, 1e300 * 1e10);
  report var nan: (f64, bool, bool); nan = ((arg0 - arg0) / (arg0 - arg0), -nan == -nan, arg0 != arg0);
  report var un: (u32, u64, u8, u16); un = (ua, arg3 as u64, u8v, u16v);
  report var dub: f64 = 0.1;
  var z: i32; var cnt: i32;
  report var sc: (bool, bool); sc = (b == 0 && a / z == 1, b == 2 || a / z == 1);
  report var prec: (bool, i32, i32, bool); prec = (true || false && false, 1 + 2 * 3, 7 & 3 << 1, (1 | 2) == 3);
}

// CHECK: 0_wasm:opcode:call:before #1 1:23 dub: f64 = +1e-1
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 sc: (bool,bool) = (false; true)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 cmp: (bool,bool,bool,bool) = (true; false; true; false)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 cast4: (bool,bool,bool,i32,u64,f64) = (true; false; true; 1; 1; +1e0)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 prec: (bool,i32,i32,bool) = (false; 7; 6; true)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 fr: (f32,f64,f32,f64) = (-1.5e0; +5e-1; +2.5e-1; -1.5e0)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 cast2: (f32,f64,f64,f32) = (-7e0; +2.49e2; +4.294967289e9; -7e0)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 ff: (f32,f64,f64,f32,f64) = (-inf; +6.666666666666666e-1; +1e-1; +1e-1; +inf)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 nan: (f64,bool,bool) = (NaN; false; false)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 cast0: (i32,i32,i32,i32) = (-7; 249; -7; 65529)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 div: (i32,u32,i64,u64) = (-3; 2147483644; -3; 9223372036854775804)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 rem: (i32,u32,i64,u64) = (-1; 1; -1; 1)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 shr: (i32,u32,i64,u64) = (-2; 1073741822; -2; 4611686018427387902)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 shl: (i32,u32,i64,u64) = (-14; 4294967282; -14; 18446744073709551602)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 cast1: (i64,u64,i64,u64) = (-7; 249; -7; 18446744073709551609)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 cast5: (i8,i16,u16,u8) = (-7; -7; 65529; 249)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 narrow: (i8,u8,i16,u16) = (-7; 249; -7; 65529)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 nadd: (i8,u8,i16,u16) = (124; 3; 32764; 3)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 nmul: (i8,u8,i16,u16) = (-24; 232; -8928; 56608)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 ndiv: (i8,u8,i16,u16) = (-3; 124; -3; 32764)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 nrem: (i8,u8,i16,u16) = (-3; 1; -3; 1)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 nshl: (i8,u8,i16,u16) = (32; 32; 8192; 8192)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 nshr: (i8,u8,i16,u16) = (-4; 124; -4; 32764)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 nnot: (i8,u8,i16,u16) = (6; 6; 6; 6)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 bits: (i8,u8,i16,u16) = (9; 249; -250; 65286)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 cast3: (i8,u8,i16,u16,i32,u32) = (-5; 200; -5; 2; -5; 2)
// CHECK-NEXT: 0_wasm:opcode:call:before #1 1:23 un: (u32,u64,u8,u16) = (4294967289; 18446744073709551609; 249; 65529)
