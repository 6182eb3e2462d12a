// RUN: whamm-frontend-test --parse-only --dump-ast %s | FileCheck %s --match-full-lines

// One level for && and ||, from left to right.
// CHECK: Binary &&
// CHECK-NEXT: Binary ||
// CHECK-NEXT: Ident 'a'
// CHECK-NEXT: Ident 'b'
// CHECK-NEXT: Ident 'c'
x = a || b && c;

// & binds looser than ==, shifts tighter; products tighter than sums.
// CHECK: Binary |
// CHECK-NEXT: Binary ^
// CHECK-NEXT: Binary &
// CHECK-NEXT: Ident 'a'
// CHECK-NEXT: Binary ==
// CHECK-NEXT: Ident 'b'
// CHECK-NEXT: Binary <<
// CHECK-NEXT: Ident 'c'
// CHECK-NEXT: Binary -
// CHECK-NEXT: Binary -
// CHECK-NEXT: Ident 'd'
// CHECK-NEXT: Binary %
// CHECK-NEXT: Ident 'e'
// CHECK-NEXT: Ident 'f'
// CHECK-NEXT: Ident 'g'
// CHECK-NEXT: Ident 'h'
// CHECK-NEXT: Ident 'i'
x = a & b == c << d - e % f - g ^ h | i;

// A cast binds tighter than a prefix.
// CHECK: Unary !
// CHECK-NEXT: Cast bool : bool
// CHECK-NEXT: Ident 'a'
x = !a as bool;

// A minus sign in front of a digit belongs to the literal, but only where an
// operand is expected.
// CHECK: Binary -
// CHECK-NEXT: Binary -
// CHECK-NEXT: Binary -
// CHECK-NEXT: Ident 'a'
// CHECK-NEXT: Int 1
// CHECK-NEXT: Int -1
// CHECK-NEXT: Int -1
x = a-1 - -1--1;

// Conditionals nest to the right, and in parentheses and arguments.
// CHECK: Ternary
// CHECK-NEXT: Ident 'a'
// CHECK-NEXT: Int 1
// CHECK-NEXT: Ternary
// CHECK-NEXT: Ident 'b'
// CHECK-NEXT: Int 2
// CHECK-NEXT: Call 'f'
// CHECK-NEXT: Ternary
// CHECK-NEXT: Ident 'c'
// CHECK-NEXT: Int 3
// CHECK-NEXT: Int 4
x = a ? 1 : b ? 2 : f(c ? 3 : 4);

// CHECK: TupleGet.0.1
// CHECK-NEXT: Ident 't'
// CHECK-NEXT: TupleGet.1
// CHECK-NEXT: Ident 't'
t.0.1 = t.1;

// CHECK: LibCall @static 'lib'
// CHECK-NEXT: Call 'f'
// CHECK-NEXT: LibCall 's'
// CHECK-NEXT: Call 'len'
x = @static lib.f(s.len());

wasm:report {}
