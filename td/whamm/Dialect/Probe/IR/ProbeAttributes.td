//===- ProbeAttributes.td - Attributes of scripts ----------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PROBE_IR_PROBEATTRIBUTES_TD
#define WHAMM_DIALECT_PROBE_IR_PROBEATTRIBUTES_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "whamm/Dialect/Probe/IR/ProbeDialect.td"

def Probe_Storage : I32EnumAttr<"Storage", "lifetime of a probe's variable", [
    I32EnumAttrCase<"Local", 0, "local">,
    I32EnumAttrCase<"Unshared", 1, "unshared">,
    I32EnumAttrCase<"Report", 2, "report">]> {
  let cppNamespace = "::whamm::probe";
  let genSpecializedAttr = 0;
}
def Probe_StorageAttr : EnumAttr<Probe_Dialect, Probe_Storage, "storage">;

def Probe_CmpPredicate : I32EnumAttr<"CmpPredicate", "comparison", [
    I32EnumAttrCase<"eq", 0>, I32EnumAttrCase<"ne", 1>,
    I32EnumAttrCase<"lt", 2>, I32EnumAttrCase<"le", 3>,
    I32EnumAttrCase<"gt", 4>, I32EnumAttrCase<"ge", 5>]> {
  let cppNamespace = "::whamm::probe";
  let genSpecializedAttr = 0;
}
def Probe_CmpPredicateAttr
    : EnumAttr<Probe_Dialect, Probe_CmpPredicate, "cmp">;

def Probe_BoundAttr : AttrDef<Probe_Dialect, "TypeBound"> {
  let mnemonic = "bound";
  let summary = "A type bound of a rule: `arg0: i32`";
  let description = [{
    ```mlir
    #probe.bound<"arg0" : ui32>
    ```
  }];
  let parameters = (ins StringRefParameter<>:$name, "::mlir::Type":$type);
  let assemblyFormat = "`<` $name `:` $type `>`";
}

def Probe_InstanceAttr : AttrDef<Probe_Dialect, "Instance"> {
  let mnemonic = "instance";
  let summary = "One event and mode that a probe's rule expanded to";
  let description = [{
    `number` is the probe's number in reports; `order` decides which of several
    probes at one place goes first. Event and mode are kept as positions in the
    tables of `td/Wasm` and printed by name.

    ```mlir
    #probe.instance<"opcode:call:before" number 14 order 0>
    ```
  }];
  let parameters = (ins "uint16_t":$event, "uint8_t":$mode,
                        "uint32_t":$number, "uint32_t":$order);
  let hasCustomAssemblyFormat = 1;
}

#endif // WHAMM_DIALECT_PROBE_IR_PROBEATTRIBUTES_TD
