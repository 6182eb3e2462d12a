// Updates of maps, which -O2 makes with one look-up and -O0 with two: the
// report is the same.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/map-updates.wat %s | FileCheck %s --match-full-lines

report var accesses: map<(u32, bool), u32>;
report var narrow: map<i32, u8>;
report var signed: map<i64, i16>;
report var wide: map<(u64, u32, bool), i64>;
report var singles: map<f32, f32>;
report var doubles: map<u32, f64>;
report var strings: map<str, u32>;
report var before: map<u32, u32>;
report var last: u32;
fn add(key: u32) -> u32 { before[key] = before[key] + 2; return before[key]; }

wasm:opcode:i32.load|i32.store:before {
  accesses[(effective_addr, is_write)]++;
  narrow[-1] = narrow[-1] + 100;
  narrow[arg0 as i32]--;
  signed[-9223372036854775808] = signed[-9223372036854775808] - 20000;
  wide[(18446744073709551615, effective_addr, is_write)] = wide[(18446744073709551615, effective_addr, is_write)] - 5;
  // The key is NaN, then 0 with either sign.
  singles[0.0 / 0.0]++;
  singles[-0.0]++;
  singles[0.0] = singles[0.0] - 0.25;
  doubles[effective_addr] = 0.1 + doubles[effective_addr];
  strings[opname]++;
  // The right-hand side changes what was read.
  before[7] = before[7] + add(7);
  last = before[7];
}

//      CHECK: last: u32 = 126
// CHECK-NEXT: accesses: map<(u32,bool),u32> = (0,false)->1;(4,false)->1;(4,true)->1;(8,false)->1;(8,true)->1;(12,true)->1
// CHECK-NEXT: before: map<u32,u32> = 7->126
// CHECK-NEXT: doubles: map<u32,f64> = 0->+1e-1;4->+2e-1;8->+2e-1;12->+1e-1
// CHECK-NEXT: narrow: map<i32,u8> = -1->88;0->252;4->255;8->255
// CHECK-NEXT: signed: map<i64,i16> = -9223372036854775808->11072
// CHECK-NEXT: singles: map<f32,f32> = +0e0->+4.5e0;NaN->+6e0
// CHECK-NEXT: strings: map<str,u32> = i32.load->3;i32.store->3
// CHECK-NEXT: wide: map<(u64,u32,bool),i64> = (18446744073709551615,0,false)->-5;(18446744073709551615,4,false)->-5;(18446744073709551615,4,true)->-5;(18446744073709551615,8,false)->-5;(18446744073709551615,8,true)->-5;(18446744073709551615,12,true)->-5
