// Escapes, empty strings, methods, comparisons.
// RUN: python3 %S/Inputs/e2e.py %S/Inputs/one.wat %s | FileCheck %s --match-full-lines

wasm:opcode:nop:before {
  report var s: str = "q\"uo\"te\\ \x41 \u{1F600} \xff tab\tend";
  report var l: u32; l = s.len();
  report var e: str = ""; report var el: u32; el = e.len();
  report var emb: bool; emb = s.contains(""); report var sw: (bool, bool, bool, bool); sw = (s.starts_with(""), s.ends_with(""), e.starts_with("a"), e.contains("a"));
  report var q: str = "\"both\"";
  report var ne: (bool, bool); ne = (s == q, s != q);
  var t: str; report var def: u32; def = t.len(); t = fname; report var fn0: str; fn0 = t;
  report var ad: bool; ad = s.addr() != 0;
  report var multi: str = "two
lines";
  report var tern: str; tern = l > 3 ? "long" : "short";
  report var tb: bool; tb = t == "f";
}

// CHECK: 0_wasm:opcode:nop:before f 0:1 l: u32 = 26
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 el: u32 = 0
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 def: u32 = 0
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 emb: bool = true
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 ad: bool = true
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 tb: bool = true
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 s: str = q"uo"te\ A 😀 ÿ tab	end
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 e: str =
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 q: str = "both"
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 fn0: str = f
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 multi: str = two
// CHECK-NEXT: lines
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 tern: str = long
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 ne: (bool,bool) = (false; true)
// CHECK-NEXT: 0_wasm:opcode:nop:before f 0:1 sw: (bool,bool,bool,bool) = (true; true; false; false)
