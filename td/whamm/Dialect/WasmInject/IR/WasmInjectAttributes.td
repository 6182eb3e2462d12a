//===- WasmInjectAttributes.td - Places and parameters -----*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTATTRIBUTES_TD
#define WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTATTRIBUTES_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "whamm/Dialect/WasmInject/IR/WasmInjectDialect.td"

def WasmInject_Scope : I32EnumAttr<"Scope", "lifetime of state", [
    I32EnumAttrCase<"Program", 0, "program">,
    I32EnumAttrCase<"Site", 1, "site">]> {
  let cppNamespace = "::whamm::wasm_inject";
  let genSpecializedAttr = 0;
}
def WasmInject_ScopeAttr
    : EnumAttr<WasmInject_Dialect, WasmInject_Scope, "scope">;

// The enumerators are those of whamm::rewrite::Position, in the same order.
def WasmInject_Position : I32EnumAttr<"Position", "place at a site", [
    I32EnumAttrCase<"Init", 0, "init">,
    I32EnumAttrCase<"Before", 1, "before">,
    I32EnumAttrCase<"After", 2, "after">,
    I32EnumAttrCase<"Entry", 3, "entry">,
    I32EnumAttrCase<"Exit", 4, "exit">,
    I32EnumAttrCase<"AtTarget", 5, "at_target">,
    I32EnumAttrCase<"FuncEntry", 6, "func_entry">,
    I32EnumAttrCase<"FuncExit", 7, "func_exit">,
    I32EnumAttrCase<"BlockStart", 8, "block_start">,
    I32EnumAttrCase<"BlockEnd", 9, "block_end">,
    I32EnumAttrCase<"Alt", 10, "alt">]> {
  let cppNamespace = "::whamm::wasm_inject";
  let genSpecializedAttr = 0;
}
def WasmInject_PositionAttr
    : EnumAttr<WasmInject_Dialect, WasmInject_Position, "position">;

// The enumerators are those of whamm::profile::CountAt, in the same order.
def WasmInject_CountAt : I32EnumAttr<"CountAt", "where control is counted", [
    I32EnumAttrCase<"Enter", 0, "enter">,
    I32EnumAttrCase<"Taken", 1, "taken">,
    I32EnumAttrCase<"NotTaken", 2, "not_taken">]> {
  let cppNamespace = "::whamm::wasm_inject";
  let genSpecializedAttr = 0;
}
def WasmInject_CountAtAttr
    : EnumAttr<WasmInject_Dialect, WasmInject_CountAt, "count_at">;

def WasmInject_SourceKind : I32EnumAttr<"SourceKind", "source of a parameter", [
    I32EnumAttrCase<"Arg", 0, "arg">,
    I32EnumAttrCase<"Result", 1, "res">,
    I32EnumAttrCase<"Local", 2, "local">,
    I32EnumAttrCase<"Hole", 3, "hole">,
    I32EnumAttrCase<"AltTaken", 4, "alt_taken">,
    I32EnumAttrCase<"AltResult", 5, "alt_result">,
    I32EnumAttrCase<"AltCall", 6, "alt_call">]> {
  let cppNamespace = "::whamm::wasm_inject";
  let genSpecializedAttr = 0;
}

def WasmInject_ParamAttr : AttrDef<WasmInject_Dialect, "Param"> {
  let mnemonic = "param";
  let summary = "Where a template's parameter comes from";
  let description = [{
    `arg N` and `res N` are operand and result N of the matched instruction, 0
    being the top of the stack; `local N` is a local of its function; `hole N`
    is column N of the site table. The others are what an `alt` template sets
    (`assigned` of the template): whether it takes the instruction's place
    (always, where it does not list it), result N of the instruction (0 being
    the last, the top of the stack), and whether function N of its `alt_calls`
    is to be called.

    ```mlir
    #wasm_inject.param<arg 0>
    ```
  }];
  let parameters = (ins
    EnumParameter<WasmInject_SourceKind>:$kind, "uint32_t":$index);
  let assemblyFormat = "`<` $kind $index `>`";
}

//===----------------------------------------------------------------------===//
// Rules of monitors
//===----------------------------------------------------------------------===//

def WasmInject_EngineAttr : AttrDef<WasmInject_Dialect, "Engine"> {
  let mnemonic = "engine";
  let summary = "What an engine passes to a function of a monitor";
  let description = [{
    The kinds are those of rules (`td/Wasm/Engine.td`); `arg`, `imm` and `local`
    have a number.

    ```mlir
    #wasm_inject.engine<pc>
    #wasm_inject.engine<arg 0>
    ```
  }];
  let parameters = (ins "::whamm::wei::ParamKind":$kind, "uint32_t":$index);
  let hasCustomAssemblyFormat = 1;
  let builders = [
    AttrBuilder<(ins "::whamm::wei::ParamKind":$kind), [{
      return $_get($_ctxt, kind, 0);
    }]>
  ];
}

def WasmInject_MatchCallAttr : AttrDef<WasmInject_Dialect, "MatchCall"> {
  let mnemonic = "match_call";
  let summary = "A call of a monitor's export while the engine matches";
  let description = [{
    Its result is a constant of the site. Parameters are `engine` attributes
    (without their name) and, though engines refuse these, calls.

    ```mlir
    #wasm_inject.match_call<"$slot"(fid, pc, imm 0)>
    ```
  }];
  let parameters = (ins "::mlir::StringAttr":$callee,
                        ArrayRefParameter<"::mlir::Attribute">:$params);
  let hasCustomAssemblyFormat = 1;
  let extraClassDeclaration = [{
    /// The attribute of a parameter of a rule: `engine` or `match_call`.
    static ::mlir::Attribute fromParam(::mlir::MLIRContext *context,
                                       const ::whamm::wei::RuleParam &param);
    /// The reverse; `attr` is `engine` or `match_call`.
    static ::whamm::wei::RuleParam toParam(::mlir::Attribute attr);
  }];
}

def WasmInject_RuleParamAttr
    : AnyAttrOf<[WasmInject_EngineAttr, WasmInject_MatchCallAttr],
                "parameter of a rule">;

#endif // WHAMM_DIALECT_WASMINJECT_IR_WASMINJECTATTRIBUTES_TD
