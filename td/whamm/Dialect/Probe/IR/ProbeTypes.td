//===- ProbeTypes.td - Types of scripts --------------------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PROBE_IR_PROBETYPES_TD
#define WHAMM_DIALECT_PROBE_IR_PROBETYPES_TD

include "mlir/IR/AttrTypeBase.td"
include "whamm/Dialect/Probe/IR/ProbeDialect.td"

class Probe_Type<string name, string typeMnemonic>
    : TypeDef<Probe_Dialect, name> {
  let mnemonic = typeMnemonic;
}

def Probe_StrType : Probe_Type<"Str", "str"> {
  let summary = "A string: immutable bytes in UTF-8";
}

def Probe_FuncRefType : Probe_Type<"FuncRef", "funcref"> {
  let summary = "A reference to a function";
  let description = [{
    Scripts can only hand it on to `resolve_funcref`, which looks at the index
    beside it; so it has no value at run time.
  }];
}

def Probe_MapType : Probe_Type<"Map", "map"> {
  let summary = "A handle of a map";
  let parameters = (ins "::mlir::Type":$keyType, "::mlir::Type":$valueType);
  let assemblyFormat = "`<` $keyType `,` $valueType `>`";
  let genVerifyDecl = 1;
  let builders = [
    TypeBuilderWithInferredContext<
        (ins "::mlir::Type":$keyType, "::mlir::Type":$valueType), [{
      return $_get(keyType.getContext(), keyType, valueType);
    }]>
  ];
}

def Probe_RefType : Probe_Type<"Ref", "ref"> {
  let summary = "A variable of a probe, to be read and assigned";
  let parameters = (ins "::mlir::Type":$valueType);
  let assemblyFormat = "`<` $valueType `>`";
  let builders = [
    TypeBuilderWithInferredContext<(ins "::mlir::Type":$valueType), [{
      return $_get(valueType.getContext(), valueType);
    }]>
  ];
}

def Probe_Int : AnyTypeOf<[SI<8>, SI<16>, SI<32>, SI<64>,
                           UI<8>, UI<16>, UI<32>, UI<64>],
                          "sized integer of the language">;
def Probe_Number : AnyTypeOf<[Probe_Int, F32, F64], "number of the language">;
def Probe_Scalar : AnyTypeOf<[Probe_Number, I1], "number or bool">;
// Tuples are MLIR's own; the empty one is the unit type.
def Probe_Tuple : Type<CPred<"::llvm::isa<::mlir::TupleType>($_self)">,
                       "tuple", "::mlir::TupleType">;
/// What can be compared, passed, stored and reported.
def Probe_Data : AnyTypeOf<[Probe_Scalar, Probe_StrType, Probe_FuncRefType,
                            Probe_Tuple], "data of the language">;
def Probe_Value : AnyTypeOf<[Probe_Data, Probe_MapType],
                            "value of the language">;

#endif // WHAMM_DIALECT_PROBE_IR_PROBETYPES_TD
