//===- ProbeOps.td - Operations of scripts -----------------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_PROBE_IR_PROBEOPS_TD
#define WHAMM_DIALECT_PROBE_IR_PROBEOPS_TD

include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "whamm/Dialect/Predicate/IR/PredicateInterfaces.td"
include "whamm/Dialect/Probe/IR/ProbeAttributes.td"
include "whamm/Dialect/Probe/IR/ProbeTypes.td"

class Probe_Op<string mnemonic, list<Trait> traits = []>
    : Op<Probe_Dialect, mnemonic, traits>;

//===----------------------------------------------------------------------===//
// Scripts
//===----------------------------------------------------------------------===//

def Probe_ScriptOp : Probe_Op<"script", [
    IsolatedFromAbove, NoTerminator, SingleBlock, Symbol, SymbolTable]> {
  let summary = "One script";
  let description = [{
    Holds the script's globals, its initialisation and its probes. `index` is
    the number that reports print (`script0`).

    ```mlir
    probe.script @calls index 0 {
      probe.global @total : ui32 report
      probe.probe rule "wasm:opcode:call:before" source 0 { ... }
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, I32Attr:$index);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name `index` $index attr-dict-with-keyword $body";
}

def Probe_GlobalOp : Probe_Op<"global", [Symbol, HasParent<"ScriptOp">]> {
  let summary = "A variable of the program";
  let description = [{
    Starts at the default of its type; initialisers are statements of
    `probe.init`. A `report` variable is a row of the report.

    ```mlir
    probe.global @total : ui32 report
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttr:$type,
                       UnitAttr:$report);
  let assemblyFormat = "$sym_name `:` $type (`report` $report^)? attr-dict";
  let hasVerifier = 1;
}

def Probe_InitOp : Probe_Op<"init", [
    HasParent<"ScriptOp">, NoTerminator, SingleBlock]> {
  let summary = "Global statements, in source order, at program start";
  let description = [{
    ```mlir
    probe.init {
      %c = probe.constant 5 : ui32
      probe.global_set @total, %c : ui32
    }
    ```
  }];
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def Probe_ProbeOp : Probe_Op<"probe", [
    HasParent<"ScriptOp">, NoTerminator, SingleBlock, IsolatedFromAbove]> {
  let summary = "A probe: where, when and what";
  let description = [{
    `rule` is the pattern of the script, `source` the number of the probe in the
    script. Where a rule expands to events whose bound names have different
    types, several `probe.probe` with the same `source` stand for it, one for
    each assignment of types that its regions use; `probe-expand` gives each the
    `instances` that fit.

    ```mlir
    probe.probe rule "wasm:opcode:br_if:before" source 0 predicate {
      %fid = probe.bound "fid" : ui32
      %c = probe.constant 3 : ui32
      %p = probe.cmp eq %fid, %c : ui32
      predicate.yield %p
    } body {
      %taken = probe.var "taken" report : ui32
      ...
    }
    ```
  }];
  let arguments = (ins StrAttr:$rule, I32Attr:$source,
                       OptionalAttr<TypedArrayAttrBase<Probe_BoundAttr,
                                    "type bounds">>:$bounds,
                       OptionalAttr<TypedArrayAttrBase<Probe_InstanceAttr,
                                    "instances">>:$instances);
  let regions = (region MaxSizedRegion<1>:$predicate, SizedRegion<1>:$body);
  let assemblyFormat = [{
    `rule` $rule `source` $source (`bounds` $bounds^)?
    (`instances` $instances^)? attr-dict-with-keyword
    (`predicate` $predicate^)? `body` $body
  }];
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    /// The op that yields the predicate, or null without one.
    ::whamm::predicate::YieldOp getPredicateYield();
  }];
}

//===----------------------------------------------------------------------===//
// Variables and bound names
//===----------------------------------------------------------------------===//

def Probe_GlobalGetOp : Probe_Op<"global_get", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>,
    DeclareOpInterfaceMethods<StagedLeafOpInterface>,
    MemoryEffects<[MemRead]>]> {
  let summary = "Read a global of the script";
  let description = [{
    ```mlir
    %v = probe.global_get @total : ui32
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$global);
  let results = (outs Probe_Scalar:$result);
  let assemblyFormat = "$global `:` type($result) attr-dict";
}

def Probe_GlobalSetOp : Probe_Op<"global_set", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>,
    MemoryEffects<[MemWrite]>]> {
  let summary = "Assign a global of the script";
  let description = [{
    ```mlir
    probe.global_set @total, %v : ui32
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$global, Probe_Scalar:$value);
  let assemblyFormat = "$global `,` $value `:` type($value) attr-dict";
}

def Probe_VarOp : Probe_Op<"var", [MemoryEffects<[MemAlloc]>]> {
  let summary = "A variable of the probe";
  let description = [{
    `local` variables exist while the body runs and start at their type's
    default. `unshared` and `report` variables exist once per match site, start
    at their type's default or at what the `init` region yields, which is
    evaluated once per site at program start, and must be declared in the body's
    own block.

    ```mlir
    %count = probe.var "count" report : ui32
    %limit = probe.var "limit" unshared : ui32 init {
      %f = probe.bound "fid" : ui32
      probe.yield %f : ui32
    }
    ```
  }];
  let arguments = (ins StrAttr:$name, Probe_StorageAttr:$storage);
  let regions = (region MaxSizedRegion<1>:$init);
  let results = (outs Probe_RefType:$result);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

def Probe_YieldOp : Probe_Op<"yield", [
    Pure, Terminator, HasParent<"VarOp">]> {
  let summary = "The initial value of a variable";
  let description = [{
    ```mlir
    probe.yield %v : ui32
    ```
  }];
  let arguments = (ins Probe_Scalar:$value);
  let assemblyFormat = "$value `:` type($value) attr-dict";
}

def Probe_GetOp : Probe_Op<"get", [
    DeclareOpInterfaceMethods<StagedLeafOpInterface>, MemoryEffects<[MemRead]>,
    TypesMatchWith<"result is what the variable holds", "ref", "result",
                   "::llvm::cast<RefType>($_self).getValueType()">]> {
  let summary = "Read a variable of the probe";
  let description = [{
    ```mlir
    %v = probe.get %count : !probe.ref<ui32>
    ```
  }];
  let arguments = (ins Probe_RefType:$ref);
  let results = (outs Probe_Scalar:$result);
  let assemblyFormat = "$ref `:` type($ref) attr-dict";
}

def Probe_SetOp : Probe_Op<"set", [
    MemoryEffects<[MemWrite]>,
    TypesMatchWith<"value is what the variable holds", "ref", "value",
                   "::llvm::cast<RefType>($_self).getValueType()">]> {
  let summary = "Assign a variable of the probe";
  let description = [{
    ```mlir
    probe.set %count, %v : !probe.ref<ui32>
    ```
  }];
  let arguments = (ins Probe_RefType:$ref, Probe_Scalar:$value);
  let assemblyFormat = "$ref `,` $value `:` type($ref) attr-dict";
}

def Probe_BoundOp : Probe_Op<"bound", [
    DeclareOpInterfaceMethods<StagedLeafOpInterface>, Pure]> {
  let summary = "A name that the event binds";
  let description = [{
    The tables of `td/Wasm` say which names an event binds, their types and
    whether they are static. An alias names what it stands for; computed names
    (`effective_addr`) have been replaced by their computation.

    ```mlir
    %pc = probe.bound "pc" : ui32
    %addr = probe.bound "addr" is "arg0" : ui32
    ```
  }];
  let arguments = (ins StrAttr:$name, OptionalAttr<StrAttr>:$alias);
  let results = (outs Probe_Value:$result);
  let assemblyFormat = "$name (`is` $alias^)? `:` type($result) attr-dict";
  let extraClassDeclaration = [{
    /// The name that says where the value comes from: the alias if there is
    /// one.
    ::llvm::StringRef getSourceName() { return getAlias().value_or(getName()); }
  }];
  let hasVerifier = 1;
}

def Probe_ExitOp : Probe_Op<"exit", [MemoryEffects<[MemWrite]>]> {
  let summary = "Leave the body of the probe";
  let description = [{
    What a bare `return;` means: nothing behind it runs.

    ```mlir
    probe.exit
    ```
  }];
  let assemblyFormat = "attr-dict";
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

def Probe_ConstantOp : Probe_Op<"constant", [
    ConstantLike, Pure, AllTypesMatch<["value", "result"]>]> {
  let summary = "A literal";
  let description = [{
    ```mlir
    %c = probe.constant 5 : ui8
    %t = probe.constant true
    %s = probe.constant "main" : !probe.str
    ```
  }];
  let arguments = (ins TypedAttrInterface:$value);
  let results = (outs Probe_Value:$result);
  let assemblyFormat = "$value attr-dict";
  let hasFolder = 1;
}

class Probe_BinaryOp<string mnemonic, Type type, list<Trait> traits = []>
    : Probe_Op<mnemonic, !listconcat(traits, [SameOperandsAndResultType])> {
  let arguments = (ins type:$lhs, type:$rhs);
  let results = (outs type:$result);
  let assemblyFormat = "$lhs `,` $rhs `:` type($result) attr-dict";
  let hasFolder = 1;
  let description = [{
    ```mlir
    %c = probe.}] # mnemonic # [{ %a, %b : ui32
    ```
  }];
}

def Probe_AddOp : Probe_BinaryOp<"add", Probe_Number, [Pure, Commutative]> {
  let summary = "Addition; integers wrap";
}
def Probe_SubOp : Probe_BinaryOp<"sub", Probe_Number, [Pure]> {
  let summary = "Subtraction; integers wrap";
}
def Probe_MulOp : Probe_BinaryOp<"mul", Probe_Number, [Pure, Commutative]> {
  let summary = "Multiplication; integers wrap";
}

// Division by zero and MIN / -1 trap in the application, so a division is kept
// even where nobody uses its value, unless the divisor is known to be harmless.
class Probe_TrappingOp<string mnemonic>
    : Probe_BinaryOp<mnemonic, Probe_Number, [
        DeclareOpInterfaceMethods<MemoryEffectsOpInterface>,
        DeclareOpInterfaceMethods<ConditionallySpeculatable>]>;

def Probe_DivOp : Probe_TrappingOp<"div"> {
  let summary = "Division; integers truncate, and trap on a zero divisor";
}
def Probe_RemOp : Probe_TrappingOp<"rem"> {
  let summary = "Remainder, with the dividend's sign; `fmod` on floats";
}
def Probe_ShlOp : Probe_BinaryOp<"shl", Probe_Int, [Pure]> {
  let summary = "Shift left; the count is taken modulo 32 or 64";
}
def Probe_ShrOp : Probe_BinaryOp<"shr", Probe_Int, [Pure]> {
  let summary = "Shift right, arithmetic for signed types";
}
def Probe_AndOp : Probe_BinaryOp<"and", Probe_Int, [Pure, Commutative]> {
  let summary = "Bitwise and";
}
def Probe_OrOp : Probe_BinaryOp<"or", Probe_Int, [Pure, Commutative]> {
  let summary = "Bitwise or";
}
def Probe_XorOp : Probe_BinaryOp<"xor", Probe_Int, [Pure, Commutative]> {
  let summary = "Bitwise exclusive or";
}

def Probe_NotOp
    : Probe_Op<"not", [Pure, Involution, SameOperandsAndResultType]> {
  let summary = "Bitwise complement";
  let description = [{
    ```mlir
    %c = probe.not %a : ui8
    ```
  }];
  let arguments = (ins Probe_Int:$operand);
  let results = (outs Probe_Int:$result);
  let assemblyFormat = "$operand `:` type($result) attr-dict";
  let hasFolder = 1;
}

def Probe_CmpOp : Probe_Op<"cmp", [Pure, SameTypeOperands]> {
  let summary = "Comparison; signed or unsigned as the type says";
  let description = [{
    `i1` takes `eq` and `ne` only.

    ```mlir
    %c = probe.cmp lt %a, %b : ui32
    ```
  }];
  let arguments = (ins Probe_CmpPredicateAttr:$predicate, Probe_Scalar:$lhs,
                       Probe_Scalar:$rhs);
  let results = (outs I1:$result);
  let assemblyFormat = "`` $predicate $lhs `,` $rhs `:` type($lhs) attr-dict";
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Probe_CastOp : Probe_Op<"cast", [
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>,
    DeclareOpInterfaceMethods<ConditionallySpeculatable>]> {
  let summary = "Conversion (`e as T`)";
  let description = [{
    Integers truncate or extend by the signedness of the source; floats convert
    to integers by truncation and trap out of range of the 32-bit (64-bit for
    the 64-bit types) integer; `bool` gives 0 or 1; to `bool` is `!= 0`.

    ```mlir
    %c = probe.cast %a : si32 to f64
    ```
  }];
  let arguments = (ins Probe_Scalar:$operand);
  let results = (outs Probe_Scalar:$result);
  let assemblyFormat = [{
    $operand `:` type($operand) `to` type($result) attr-dict
  }];
  let hasFolder = 1;
}

def Probe_SelectOp : Probe_Op<"select", [
    Pure, AllTypesMatch<["onTrue", "onFalse", "result"]>]> {
  let summary = "The ternary where both branches are free of effects";
  let description = [{
    ```mlir
    %c = probe.select %p, %a, %b : ui32
    ```
  }];
  let arguments = (ins I1:$condition, Probe_Value:$onTrue,
                       Probe_Value:$onFalse);
  let results = (outs Probe_Value:$result);
  let assemblyFormat = [{
    $condition `,` $onTrue `,` $onFalse `:` type($result) attr-dict
  }];
  let hasFolder = 1;
  let hasCanonicalizeMethod = 1;
}

class Probe_StrPredicateOp<string mnemonic, string text>
    : Probe_Op<mnemonic, [Pure]> {
  let summary = "True where the string " # text;
  let description = [{
    Compares bytes.

    ```mlir
    %c = probe.}] # mnemonic # [{ %a, %b
    ```
  }];
  let arguments = (ins Probe_StrType:$lhs, Probe_StrType:$rhs);
  let results = (outs I1:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict";
  let hasFolder = 1;
}

def Probe_StrEqOp : Probe_StrPredicateOp<"str_eq", "equals another">;
def Probe_StrStartsWithOp
    : Probe_StrPredicateOp<"str_starts_with", "starts with another">;
def Probe_StrEndsWithOp
    : Probe_StrPredicateOp<"str_ends_with", "ends with another">;
def Probe_StrContainsOp
    : Probe_StrPredicateOp<"str_contains", "contains another">;

def Probe_StrLenOp : Probe_Op<"str_len", [Pure]> {
  let summary = "Length of a string in bytes";
  let description = [{
    ```mlir
    %n = probe.str_len %s : ui32
    ```
  }];
  let arguments = (ins Probe_StrType:$operand);
  let results = (outs UI<32>:$result);
  let assemblyFormat = "$operand `:` type($result) attr-dict";
  let hasFolder = 1;
}

#endif // WHAMM_DIALECT_PROBE_IR_PROBEOPS_TD
