// RUN: whamm-frontend-test --parse-only --dump-ast %s | FileCheck %s --match-full-lines

// CHECK: Int 0
// CHECK: Int 1000
// CHECK: Int 10
// CHECK: Int 255
// CHECK: Int 5
// CHECK: Int -42
// CHECK: Int 170141183460469231731687303715884105727
x = 0; x = 1_000; x = 1__0_; x = 0xfF; x = 0B101; x = -42;
x = 170141183460469231731687303715884105727;

// CHECK: Float 0.10000000000000001
// CHECK: Float 1
// CHECK: Float 1000
// CHECK: Float -0
// CHECK: Float 0.00125
// CHECK: Float -inf
// CHECK: Float -nan
// CHECK: Float 1234.5
x = 0.1; x = 1.; x = 1e3; x = -0.0; x = 12.5E-4; x = -Inf; x = -nan;
x = 1_234.5;

// Without a sign they are names.
// CHECK: Ident 'inf'
// CHECK: Ident 'NaN'
x = inf; x = NaN;

// CHECK: String "a\n\015\t\"'\\\000" : str
// CHECK: String "\303\277\342\202\254\360\237\230\200" : str
// CHECK: String "two\nlines" : str
// CHECK: String "\"" : str
x = "a\n\r\t\"\'\\\0"; x = "\xff\u{20AC}\u{1F600}"; x = "two
lines"; x = "\"";

wasm:report {}
