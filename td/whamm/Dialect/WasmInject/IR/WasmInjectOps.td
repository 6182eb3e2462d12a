//===- WasmInjectOps.td - Templates, state and sites -------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTOPS_TD
#define WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTOPS_TD

include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "whamm/Dialect/WasmInject/IR/WasmInjectAttributes.td"
include "whamm/Dialect/WasmInject/IR/WasmInjectTypes.td"

class WasmInject_Op<string mnemonic, list<Trait> traits = []>
    : Op<WasmInject_Dialect, mnemonic, traits>;

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

def WasmInject_StateOp : WasmInject_Op<"state", [Symbol]> {
  let summary = "Something that is stored";
  let description = [{
    `program` state exists once, `site` state once per site of the templates
    that list it. `type` is the type of the language that a report prints; it is
    stored as the WebAssembly type that holds it. `name` is the variable's name
    in the script, `script` the script's number.

    ```mlir
    wasm_inject.state @count : ui32 site report name "count" script 0 = 1 : ui32
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttr:$type,
                       WasmInject_ScopeAttr:$scope, UnitAttr:$report,
                       StrAttr:$name, I32Attr:$script,
                       OptionalAttr<TypedAttrInterface>:$init);
  let assemblyFormat = [{
    $sym_name `:` $type $scope (`report` $report^)? `name` $name
    `script` $script (`=` $init^)? attr-dict
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The WebAssembly type that holds a value of the language's type.
    static ::mlir::Type getStorageType(::mlir::Type type);
    ::mlir::Type getStorageType() { return getStorageType(getType()); }
  }];
}

def WasmInject_TemplateOp : WasmInject_Op<"template", [
    Symbol, NoTerminator, SingleBlock, IsolatedFromAbove,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A body to be put at sites";
  let description = [{
    The region's arguments are what differs from site to site: operands, results
    and locals of the place, and holes that the site table fills. `states` lists
    the site state that the body uses, in the order of a site's slots.

    ```mlir
    wasm_inject.template @taken params [#wasm_inject.param<arg 0>]
        states [@p0.count] body {
    ^bb0(%arg0: i32):
      %n = wasm_inject.state_get @p0.count : i32
      %m = arith.addi %n, %arg0 : i32
      wasm_inject.state_set @p0.count, %m : i32
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       TypedArrayAttrBase<WasmInject_ParamAttr, "parameters">
                         :$params,
                       TypedArrayAttrBase<FlatSymbolRefAttr, "symbols">
                         :$states);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `params` $params `states` $states attr-dict-with-keyword
    `body` $body
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    ::llvm::SmallVector<ParamAttr> getParamList() {
      return ::llvm::to_vector(getParams().getAsRange<ParamAttr>());
    }
    /// The number of parameters that are holes.
    unsigned getNumHoles();
  }];
}

def WasmInject_InitOp : WasmInject_Op<"init", [NoTerminator, SingleBlock]> {
  let summary = "What runs first at program start";
  let description = [{
    ```mlir
    wasm_inject.init {
      wasm_inject.state_set @total, %c : i32
    }
    ```
  }];
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def WasmInject_OnReportOp
    : WasmInject_Op<"on_report", [NoTerminator, SingleBlock]> {
  let summary = "What runs instead of the default report";
  let description = [{
    ```mlir
    wasm_inject.on_report { ... }
    ```
  }];
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def WasmInject_SitesOp : WasmInject_Op<"sites", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "The places of one template in one application";
  let description = [{
    One row per site, as columns of equal length: the function and instruction
    that matched (`func`, `opidx`, `pc`, as the application numbers them), the
    entry of `instances` (probe number and rule, as reports print them), the
    first state `slot` (-1 without state), and the values of the template's
    holes as bit patterns. Rows ascend by function and instruction. `rank`
    orders tables at one place. `inits` gives, where it is there, for each state
    of the template a column of initial values, or `[]` for the declared one.

    ```mlir
    wasm_inject.sites @count at before rank 0
        instances ["3_wasm:opcode:call:before"]
        func [5, 5] opidx [0, 7] pc [1, 20] instance [0, 0] slot [0, 1]
        holes [array<i64: 4, 4>]
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$template_,
                       WasmInject_PositionAttr:$position, I32Attr:$rank,
                       StrArrayAttr:$instances,
                       DenseI32ArrayAttr:$func, DenseI32ArrayAttr:$opidx,
                       DenseI32ArrayAttr:$pc, DenseI32ArrayAttr:$instance,
                       DenseI32ArrayAttr:$slot,
                       TypedArrayAttrBase<DenseI64ArrayAttr, "columns">:$holes,
                       OptionalAttr<TypedArrayAttrBase<DenseI64ArrayAttr,
                                    "columns">>:$inits);
  let assemblyFormat = [{
    $template_ `at` $position `rank` $rank `instances` $instances
    `func` $func `opidx` $opidx `pc` $pc `instance` $instance `slot` $slot
    `holes` $holes (`inits` $inits^)? attr-dict
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    size_t getNumSites() { return getFunc().size(); }
  }];
}

//===----------------------------------------------------------------------===//
// State and locals
//===----------------------------------------------------------------------===//

def WasmInject_StateGetOp : WasmInject_Op<"state_get", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>,
    MemoryEffects<[MemRead]>]> {
  let summary = "Read state";
  let description = [{
    ```mlir
    %v = wasm_inject.state_get @total : i32
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$state);
  let results = (outs WasmInject_Value:$result);
  let assemblyFormat = "$state `:` type($result) attr-dict";
}

def WasmInject_StateSetOp : WasmInject_Op<"state_set", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>,
    MemoryEffects<[MemWrite]>]> {
  let summary = "Store state";
  let description = [{
    ```mlir
    wasm_inject.state_set @total, %v : i32
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$state, WasmInject_Value:$value);
  let assemblyFormat = "$state `,` $value `:` type($value) attr-dict";
}

def WasmInject_LocalOp : WasmInject_Op<"local", [MemoryEffects<[MemAlloc]>]> {
  let summary = "A local variable of the template";
  let description = [{
    Its value is undefined until it is set.

    ```mlir
    %l = wasm_inject.local : !wasm_inject.local<i32>
    ```
  }];
  let results = (outs WasmInject_LocalType:$result);
  let assemblyFormat = "`:` type($result) attr-dict";
}

def WasmInject_LocalGetOp : WasmInject_Op<"local_get", [
    MemoryEffects<[MemRead]>,
    TypesMatchWith<"result is what the local holds", "local", "result",
                   "::llvm::cast<LocalType>($_self).getValueType()">]> {
  let summary = "Read a local";
  let description = [{
    ```mlir
    %v = wasm_inject.local_get %l : !wasm_inject.local<i32>
    ```
  }];
  let arguments = (ins WasmInject_LocalType:$local);
  let results = (outs WasmInject_Value:$result);
  let assemblyFormat = "$local `:` type($local) attr-dict";
}

def WasmInject_LocalSetOp : WasmInject_Op<"local_set", [
    MemoryEffects<[MemWrite]>,
    TypesMatchWith<"value is what the local holds", "local", "value",
                   "::llvm::cast<LocalType>($_self).getValueType()">]> {
  let summary = "Assign a local";
  let description = [{
    ```mlir
    wasm_inject.local_set %l, %v : !wasm_inject.local<i32>
    ```
  }];
  let arguments = (ins WasmInject_LocalType:$local, WasmInject_Value:$value);
  let assemblyFormat = "$local `,` $value `:` type($local) attr-dict";
}

def WasmInject_ExitOp : WasmInject_Op<"exit", [MemoryEffects<[MemWrite]>]> {
  let summary = "Leave the template";
  let description = [{
    ```mlir
    wasm_inject.exit
    ```
  }];
  let assemblyFormat = "attr-dict";
}

//===----------------------------------------------------------------------===//
// Arithmetic that `arith` leaves undefined
//===----------------------------------------------------------------------===//

class WasmInject_TrappingDivOp<string mnemonic, string instr>
    : WasmInject_Op<mnemonic, [SameOperandsAndResultType,
        DeclareOpInterfaceMethods<MemoryEffectsOpInterface>,
        DeclareOpInterfaceMethods<ConditionallySpeculatable>]> {
  let summary = "`" # instr # "`: traps as WebAssembly does";
  let description = [{
    Has an effect (it may trap) unless the divisor is a constant that cannot.

    ```mlir
    %c = wasm_inject.}] # mnemonic # [{ signed %a, %b : i32
    ```
  }];
  let arguments = (ins UnitAttr:$isSigned, WasmInject_Integer:$lhs,
                       WasmInject_Integer:$rhs);
  let results = (outs WasmInject_Integer:$result);
  let assemblyFormat = [{
    (`signed` $isSigned^)? $lhs `,` $rhs `:` type($result) attr-dict
  }];
}

def WasmInject_DivOp : WasmInject_TrappingDivOp<"div", "div_s / div_u">;
def WasmInject_RemOp : WasmInject_TrappingDivOp<"rem", "rem_s / rem_u">;

def WasmInject_TruncOp
    : WasmInject_Op<"trunc", [MemoryEffects<[MemWrite]>]> {
  let summary = "Float to integer; traps out of range and on NaN";
  let description = [{
    ```mlir
    %c = wasm_inject.trunc signed %a : f64 to i32
    ```
  }];
  let arguments = (ins UnitAttr:$isSigned, WasmInject_Float:$operand);
  let results = (outs WasmInject_Integer:$result);
  let assemblyFormat = [{
    (`signed` $isSigned^)? $operand `:` type($operand) `to` type($result)
    attr-dict
  }];
}

#endif // WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTOPS_TD
