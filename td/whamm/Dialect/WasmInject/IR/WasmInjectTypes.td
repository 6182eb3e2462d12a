//===- WasmInjectTypes.td - Types of templates -------------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTTYPES_TD
#define WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTTYPES_TD

include "mlir/IR/AttrTypeBase.td"
include "whamm/Dialect/WasmInject/IR/WasmInjectDialect.td"

def WasmInject_LocalType : TypeDef<WasmInject_Dialect, "Local"> {
  let mnemonic = "local";
  let summary = "A local variable of a template";
  let parameters = (ins "::mlir::Type":$valueType);
  let assemblyFormat = "`<` $valueType `>`";
  let builders = [
    TypeBuilderWithInferredContext<(ins "::mlir::Type":$valueType), [{
      return $_get(valueType.getContext(), valueType);
    }]>
  ];
}

def WasmInject_ReferenceType : TypeDef<WasmInject_Dialect, "Reference"> {
  let mnemonic = "reference";
  let summary = "A reference type of WebAssembly";
  let description = [{
    By its name in the text format; functions of monitors may have such
    parameters, bodies of templates do not.

    ```mlir
    !wasm_inject.reference<"externref">
    ```
  }];
  let parameters = (ins StringRefParameter<>:$text);
  let assemblyFormat = "`<` $text `>`";
}

def WasmInject_Value : AnyTypeOf<[I1, I32, I64, F32, F64],
                                 "WebAssembly number or i1">;
def WasmInject_Integer : AnyTypeOf<[I32, I64], "WebAssembly integer">;
def WasmInject_Float : AnyTypeOf<[F32, F64], "WebAssembly float">;

#endif // WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTTYPES_TD
