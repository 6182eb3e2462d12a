//===- ProbeDialect.td - What the script says --------------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PROBE_IR_PROBEDIALECT_TD
#define WHAMM_DIALECT_PROBE_IR_PROBEDIALECT_TD

include "mlir/IR/OpBase.td"

def Probe_Dialect : Dialect {
  let name = "probe";
  let cppNamespace = "::whamm::probe";
  let summary = "A script as its author wrote it";
  let description = [{
    Scripts, their globals, and their probes: rules with type bounds, a
    predicate and a body. Values have the types of the language: `si8` to
    `ui64`, `f32`, `f64`, `i1` for `bool`, and `!probe.str`. Arithmetic wraps in
    the width of its type, shifts take their count modulo 32 (64 for the 64-bit
    types), division and the conversion of floats to integers can trap: all as
    the language defines it, so that folding here and running later agree.
  }];
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
  let extraClassDeclaration = [{
    void registerTypes();
    void registerAttributes();
  }];
  let hasConstantMaterializer = 1;
  let hasCanonicalizer = 1;
  let dependentDialects = ["::whamm::predicate::PredicateDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::scf::SCFDialect"];
}

#endif // WHAMM_DIALECT_PROBE_IR_PROBEDIALECT_TD
