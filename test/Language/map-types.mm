// Maps of every kind of key and value; numbers keep their signs.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/one.wat %s | FileCheck %s --match-full-lines

report var m0: map<str, str>;
report var m1: map<(str, i64), f64>;
report var m2: map<bool, u64>;
report var m3: map<u8, i8>;
report var m4: map<f64, bool>;
report var m5: map<i64, str>;
report var m6: map<(u32, (i32, bool)), u32>;
report var m7: map<u32, u32>;
report var e0: map<u32, u32>;
report var m8: map<i16, f32>;
m7[4294967295] = 4294967295; m7[0]--; m0["a"] = "b"; m0["b"] = m0["a"]; m0["c"] = m0["zz"];
wasm:opcode:nop:before {
  m1[("x", -1)] = 2.5; m1[("x", -1)] = m1[("x", -1)] * 2.0; m1[("y", 5)]++;
  m2[true] = 18446744073709551615; m2[false]--;
  m3[200] = -5; m3[255]--; m3[0] = m3[77];
  m4[1.5] = true; m4[-0.0] = false;m4[0.0] = true;
  m5[-9] = "neg"; m5[9223372036854775807] = m0["a"];
  m6[(1, (-2, true))]++; m6[(1, (-2, true))]++; m6[(1, (-2, false))]++;
  m8[-3] = 1.0; m8[-3]++; m8[32767] = 3.5;
  var l: map<i32, i32>; l[3]++; l[3]++; report var ll: i32; ll = l[3] + l[4];
  unshared var um: map<i32, i32>; um[1]++; report var lu: i32; lu = um[1];
  report var big: (u8, i8, u16, i16, u32, i32, u64, i64) = (255, -128, 65535, -32768, 4294967295, -2147483648, 18446744073709551615, -9223372036854775808);
}

// CHECK: 0_wasm:opcode:nop:before f 0:1 ll: i32 = 2
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 lu: i32 = 1
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 big: (u8,i8,u16,i16,u32,i32,u64,i64) = (255; -128; 65535; -32768; 4294967295; -2147483648; 18446744073709551615; -9223372036854775808)
// CHECK-NEXT: e0: map<u32,u32> = empty map
// CHECK-NEXT: m0: map<str,str> = a->b;b->b;c->
// CHECK-NEXT: m1: map<(str,i64),f64> = (x,-1)->+5e0;(y,5)->+1e0
// CHECK-NEXT: m2: map<bool,u64> = false->18446744073709551615;true->18446744073709551615
// CHECK-NEXT: m3: map<u8,i8> = 0->0;200->-5;255->-1
// CHECK-NEXT: m4: map<f64,bool> = +0e0->true;+1.5e0->true
// CHECK-NEXT: m5: map<i64,str> = -9->neg;9223372036854775807->b
// CHECK-NEXT: m6: map<(u32,(i32,bool)),u32> = (1,(-2,false))->1;(1,(-2,true))->2
// CHECK-NEXT: m7: map<u32,u32> = 0->4294967295;4294967295->4294967295
// CHECK-NEXT: m8: map<i16,f32> = -3->+2e0;32767->+3.5e0
