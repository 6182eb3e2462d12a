//===- WasmInjectDialect.td - What is put where ------------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTDIALECT_TD
#define WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTDIALECT_TD

include "mlir/IR/OpBase.td"

def WasmInject_Dialect : Dialect {
  let name = "wasm_inject";
  let cppNamespace = "::whamm::wasm_inject";
  let summary = "What is put where, at the level of WebAssembly values";
  let description = [{
    Templates are bodies over WebAssembly's value types (`i32`, `i64`, `f32`,
    `f64`; `i1` for what a comparison gives) with parameters for what differs
    from site to site. State declarations say what has to be stored; `sites`
    tables bind a template to places of one application. The IR grows with the
    script, the tables grow with the program.

    Bodies use `arith` and `scf`; the dialect adds what `arith` leaves
    undefined: division and float-to-integer conversion that trap.
  }];
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
  let extraClassDeclaration = [{
    void registerTypes();
    void registerAttributes();
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::scf::SCFDialect"];
}

#endif // WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTDIALECT_TD
