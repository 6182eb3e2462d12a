// RUN: whamm-frontend-test --dump-checked %s | FileCheck %s --match-full-lines

// CHECK: Global report 'h' str
report var h: str = "hello";
var l: u32 = h.len();
// CHECK: Function 'pick' -> str
// CHECK-NEXT: Param 's' str
// CHECK: Return
// CHECK-NEXT: Ternary : str
// CHECK-NEXT: StrMethod ends_with : bool
// CHECK-NEXT: Ident 's' param : str
// CHECK-NEXT: String "d" : str
// CHECK-NEXT: Ident 's' param : str
// CHECK-NEXT: Ident 'h' global : str
fn pick(s: str) -> str { return s.ends_with("d") ? s : h; }

wasm:opcode:drop:before {
  // A variable of the site can be used by the next one.
  // CHECK: SiteVar report 's' str
  // CHECK-NEXT: String "hello world" : str
  // CHECK-NEXT: SiteVar 'n' u32
  // CHECK-NEXT: StrMethod len : u32
  // CHECK-NEXT: Ident 's' site : str
  report var s: str = "hello world";
  unshared var n: u32 = s.len();
  // A string starts empty, which is left to others.
  // CHECK: Assign
  // CHECK-NEXT: Ident 't' local : str
  // CHECK-NEXT: Assign
  var t: str;
  // CHECK: Call 'pick' function : str
  t = pick(fname);
  // CHECK: Assign
  // CHECK-NEXT: Ident 'n' site : u32
  // CHECK-NEXT: StrMethod addr : u32
  // CHECK-NEXT: Ident 't' local : str
  n = t.addr();
  // CHECK: Binary && : bool
  // CHECK-NEXT: Binary != : bool
  // CHECK-NEXT: Ident 't' local : str
  // CHECK-NEXT: Ident 's' site : str
  // CHECK-NEXT: StrMethod contains : bool
  // CHECK-NEXT: Ident 't' local : str
  // CHECK-NEXT: Ident 'opname' static literal : str
  if (t != s && t.contains(opname)) { l++; }
}
