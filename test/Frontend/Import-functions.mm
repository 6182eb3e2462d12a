// Functions of the script, and the order in which what they do happens.
// RUN: whamm-translate --script-to-mlir %s | FileCheck %s
// RUN: whamm-translate --script-to-mlir %s | whamm-opt --whamm-script --verify-roundtrip -o /dev/null

var total: u32;

// CHECK: probe.fn @even -> i1 {
// CHECK-NEXT: ^bb0(%[[N:.*]]: ui32):
// CHECK-NEXT: %[[VAR:.*]] = probe.var "n" local : ui32
// CHECK-NEXT: probe.set %[[VAR]], %[[N]]
// CHECK: scf.if
// CHECK: probe.return
// CHECK: } else {
// CHECK: %[[R:.*]] = probe.call @odd(%{{.*}}) : (ui32) -> i1
// CHECK: probe.return %[[R]] : i1
fn even(n: u32) -> bool { if (n == 0) { return true; } else { return odd(n - 1); } }
// CHECK: probe.fn @odd -> i1 {
fn odd(n: u32) -> bool { if (n == 0) { return false; } else { return even(n - 1); } }
// A function without a result leaves as a probe does.
// CHECK: probe.fn @note {
// CHECK-NEXT: ^bb0(%{{.*}}: !probe.str, %{{.*}}: tuple<si32, i1>):
// CHECK: probe.exit
// CHECK: probe.global_set @total
fn note(s: str, t: (i32, bool)) { if (s == "q") { return; } total++; }

wasm:opcode:call:before / even(fid) && odd(pc) / {
  // CHECK: %[[EVEN:.*]] = probe.call @even
  // CHECK: predicate.and_then %[[EVEN]] {
  // CHECK: probe.call @odd
  // CHECK: } body {
  // CHECK: probe.call @note(%{{.*}}, %{{.*}}) : (!probe.str, tuple<si32, i1>) -> ()
  note("a", (1, true));
  // Only the chosen branch calls.
  // CHECK: scf.if %{{.*}} -> (i1) {
  // CHECK: probe.call @even
  // CHECK: } else {
  // CHECK: probe.call @odd
  // CHECK: }
  var b: bool = total == 1 ? even(1) : odd(2);
  // CHECK: predicate.or_else
  // CHECK: probe.call @even
  // CHECK: predicate.yield
  if (b || even(3)) { total = 0; }
}
