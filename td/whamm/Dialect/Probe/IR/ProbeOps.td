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
    types or meanings, several `probe.probe` with the same `source` stand for
    it; each may list its `instances`, else `probe-expand` gives it those that
    fit.

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
  let results = (outs Probe_Value:$result);
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
  let arguments = (ins FlatSymbolRefAttr:$global, Probe_Value:$value);
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
  let arguments = (ins Probe_Value:$value);
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
  let results = (outs Probe_Value:$result);
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
  let arguments = (ins Probe_RefType:$ref, Probe_Value:$value);
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

def Probe_StrAddrOp : Probe_Op<"str_addr", [
    DeclareOpInterfaceMethods<StagedLeafOpInterface>, Pure]> {
  let summary = "Address of a string in the runtime's memory";
  let description = [{
    ```mlir
    %a = probe.str_addr %s : ui32
    ```
  }];
  let arguments = (ins Probe_StrType:$operand);
  let results = (outs UI<32>:$result);
  let assemblyFormat = "$operand `:` type($result) attr-dict";
}

// Reading beyond the memory's end traps, so, as with divisions, the operation
// claims to write: it keeps its place.
def Probe_StrAtOp : Probe_Op<"str_at", [
    DeclareOpInterfaceMethods<StagedLeafOpInterface>,
    MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "The bytes at an address of the runtime's memory as a string";
  let description = [{
    What `strcmp` and `strcontains` take as their first argument. The bytes are
    those at the time of this operation, which traps where there are none; so
    what reads the string stands right behind it.

    ```mlir
    %s = probe.str_at %addr, %len
    ```
  }];
  let arguments = (ins SI<32>:$addr, SI<32>:$len);
  let results = (outs Probe_StrType:$result);
  let assemblyFormat = "$addr `,` $len attr-dict";
}

//===----------------------------------------------------------------------===//
// Tuples and maps
//===----------------------------------------------------------------------===//

def Probe_TupleMakeOp : Probe_Op<"tuple_make", [Pure]> {
  let summary = "A tuple of its elements";
  let description = [{
    ```mlir
    %t = probe.tuple_make %a, %b : tuple<ui32, !probe.str>
    ```
  }];
  let arguments = (ins Variadic<Probe_Data>:$elements);
  let results = (outs Probe_Tuple:$result);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

def Probe_TupleGetOp : Probe_Op<"tuple_get", [Pure]> {
  let summary = "An element of a tuple";
  let description = [{
    ```mlir
    %e = probe.tuple_get %t[1] : tuple<ui32, !probe.str> -> !probe.str
    ```
  }];
  let arguments = (ins Probe_Tuple:$tuple, I32Attr:$index);
  let results = (outs Probe_Data:$result);
  let assemblyFormat = [{
    $tuple `[` $index `]` `:` type($tuple) `->` type($result) attr-dict
  }];
  let hasFolder = 1;
  let hasCanonicalizeMethod = 1;
  let hasVerifier = 1;
}

def Probe_TupleSetOp : Probe_Op<"tuple_set", [
    Pure, AllTypesMatch<["tuple", "result"]>]> {
  let summary = "A tuple with one element exchanged";
  let description = [{
    ```mlir
    %u = probe.tuple_set %t[0], %v : tuple<ui32, !probe.str>, ui32
    ```
  }];
  let arguments = (ins Probe_Tuple:$tuple, I32Attr:$index, Probe_Data:$value);
  let results = (outs Probe_Tuple:$result);
  let assemblyFormat = [{
    $tuple `[` $index `]` `,` $value `:` type($tuple) `,` type($value) attr-dict
  }];
  let hasCanonicalizeMethod = 1;
  let hasVerifier = 1;
}

def Probe_MapNewOp : Probe_Op<"map_new", [MemoryEffects<[MemAlloc, MemWrite]>]> {
  let summary = "A new, empty map";
  let description = [{
    The declaration of a local map. Maps of the program and of sites are made at
    program start without being asked.

    ```mlir
    %m = probe.map_new : !probe.map<ui32, ui32>
    ```
  }];
  let results = (outs Probe_MapType:$result);
  let assemblyFormat = "`:` type($result) attr-dict";
}

def Probe_MapGetOp : Probe_Op<"map_get", [
    MemoryEffects<[MemRead]>,
    DeclareOpInterfaceMethods<StagedLeafOpInterface>,
    TypesMatchWith<"key is the map's", "map", "key",
                   "::llvm::cast<MapType>($_self).getKeyType()">,
    TypesMatchWith<"result is the map's value", "map", "result",
                   "::llvm::cast<MapType>($_self).getValueType()">]> {
  let summary = "The value under a key; the default where there is none";
  let description = [{
    ```mlir
    %v = probe.map_get %m[%k] : !probe.map<ui32, ui32>
    ```
  }];
  let arguments = (ins Probe_MapType:$map, Probe_Data:$key);
  let results = (outs Probe_Data:$result);
  let assemblyFormat = "$map `[` $key `]` `:` type($map) attr-dict";
}

def Probe_MapSetOp : Probe_Op<"map_set", [
    MemoryEffects<[MemWrite]>,
    TypesMatchWith<"key is the map's", "map", "key",
                   "::llvm::cast<MapType>($_self).getKeyType()">,
    TypesMatchWith<"value is the map's", "map", "value",
                   "::llvm::cast<MapType>($_self).getValueType()">]> {
  let summary = "Insert or overwrite the value under a key";
  let description = [{
    ```mlir
    probe.map_set %m[%k], %v : !probe.map<ui32, ui32>
    ```
  }];
  let arguments = (ins Probe_MapType:$map, Probe_Data:$key, Probe_Data:$value);
  let assemblyFormat = [{
    $map `[` $key `]` `,` $value `:` type($map) attr-dict
  }];
}

def Probe_MapAddOp : Probe_Op<"map_add", [
    MemoryEffects<[MemRead, MemWrite]>,
    TypesMatchWith<"key is the map's", "map", "key",
                   "::llvm::cast<MapType>($_self).getKeyType()">,
    TypesMatchWith<"amount is the map's value", "map", "amount",
                   "::llvm::cast<MapType>($_self).getValueType()">]> {
  let summary = "Add to the value under a key, which is inserted if need be";
  let description = [{
    The same as reading the value, adding as `probe.add` does and writing it
    back, with one look-up. Made by `probe-fuse-map-updates`.

    ```mlir
    probe.map_add %m[%k], %x : !probe.map<ui32, ui64>
    ```
  }];
  let arguments = (ins Probe_MapType:$map, Probe_Data:$key,
                       Probe_Number:$amount);
  let assemblyFormat = [{
    $map `[` $key `]` `,` $amount `:` type($map) attr-dict
  }];
}

def Probe_MapCellOp : Probe_Op<"map_cell", [Pure]> {
  let summary = "The counter that stands for a map's value under a static key";
  let description = [{
    Its address, as a static value: each key of the global map has one counter
    of 64 bits, which is added to the map's value at the end of the program, if
    it is not zero then. Made by `probe-promote-maps`; lowered by
    `convert-probe-to-monitor` only.

    ```mlir
    %c = probe.map_cell @edges[%key] : (ui32, ui32)
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$global, Probe_Data:$key);
  let results = (outs UI<32>:$result);
  let assemblyFormat = "$global `[` $key `]` `:` type($key) attr-dict";
}

def Probe_CellAddOp : Probe_Op<"cell_add", [MemoryEffects<[MemWrite]>]> {
  let summary = "Add to a counter of a map";
  let description = [{
    ```mlir
    probe.cell_add %c, 1
    ```
  }];
  let arguments = (ins UI<32>:$cell,
                       ConfinedAttr<I64Attr, [IntPositive]>:$amount);
  let assemblyFormat = "$cell `,` $amount attr-dict";
}

def Probe_TableEntryOp : Probe_Op<"table_entry", [Pure]> {
  let summary = "An entry of a table known at match time (`targets[k]`)";
  let description = [{
    `table` is the bound name `targets` as bytes: little-endian 32-bit numbers.
    0 beyond the last entry.

    ```mlir
    %t = probe.bound "targets" : !probe.str
    %d = probe.table_entry %t[%k] : ui32
    ```
  }];
  let arguments = (ins Probe_StrType:$table, UI<32>:$index);
  let results = (outs UI<32>:$result);
  let assemblyFormat = "$table `[` $index `]` `:` type($result) attr-dict";
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Functions and libraries
//===----------------------------------------------------------------------===//

def Probe_FnOp : Probe_Op<"fn", [
    Symbol, HasParent<"ScriptOp">, NoTerminator, SingleBlock,
    IsolatedFromAbove]> {
  let summary = "A function of the script";
  let description = [{
    The region's arguments are the parameters. It ends with `probe.return` on
    every path if it has a result.

    With `accumulates`, the last parameter is an amount of type ui64, and calls
    only add up: those with the same other arguments can be replaced by one with
    the sum of their amounts, made at any time before the program has ended. An
    amount of 0 does nothing.

    ```mlir
    probe.fn @twice -> ui32 {
    ^bb0(%a: ui32):
      %b = probe.add %a, %a : ui32
      probe.return %b : ui32
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<TypeAttr>:$result_type,
                       UnitAttr:$accumulates);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name (`->` $result_type^)? (`accumulates` $accumulates^)?
    attr-dict-with-keyword $body
  }];
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def Probe_CallOp : Probe_Op<"call", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>,
    DeclareOpInterfaceMethods<StagedLeafOpInterface>,
    MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "Call a function of the script";
  let description = [{
    ```mlir
    %r = probe.call @twice(%a) : (ui32) -> ui32
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<Probe_Data>:$args);
  let results = (outs Optional<Probe_Data>:$result);
  let assemblyFormat = [{
    $callee `(` $args `)` `:` functional-type($args, $result) attr-dict
  }];
}

def Probe_ReturnOp : Probe_Op<"return", [MemoryEffects<[MemWrite]>]> {
  let summary = "Leave the body with a value";
  let description = [{
    In a function: its result. In an `alt` probe: what takes the place of the
    instruction's result; a tuple for several. Nothing behind it runs.

    ```mlir
    probe.return %v : ui32
    ```
  }];
  let arguments = (ins Probe_Data:$value);
  let assemblyFormat = "$value `:` type($value) attr-dict";
  let hasVerifier = 1;
}

def Probe_LibraryOp : Probe_Op<"library", [HasParent<"ScriptOp">]> {
  let summary = "A library that the script uses";
  let description = [{
    `import` is the module name under which the program imports it.

    ```mlir
    probe.library "cache" import "cache"
    ```
  }];
  let arguments = (ins StrAttr:$name, StrAttr:$importName);
  let assemblyFormat = "$name `import` $importName attr-dict";
}

def Probe_LibCallOp : Probe_Op<"lib_call", [
    DeclareOpInterfaceMethods<StagedLeafOpInterface>,
    MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "Call a function of a library";
  let description = [{
    `static` calls are executed by the compiler, once per evaluation at each
    match site, in the order of sites; their arguments are static. A library
    keeps state, so calls are neither merged, moved nor dropped.

    ```mlir
    %r = probe.lib_call static "toggle" "get"(%a) : (si32) -> si32
    ```
  }];
  let arguments = (ins UnitAttr:$isStaticCall, StrAttr:$library,
                       StrAttr:$function, Variadic<Probe_Scalar>:$args);
  let results = (outs Optional<Probe_Scalar>:$result);
  let assemblyFormat = [{
    (`static` $isStaticCall^)? $library $function `(` $args `)` `:`
    functional-type($args, $result) attr-dict
  }];
  let hasVerifier = 1;
}

def Probe_SiteInitOp : Probe_Op<"site_init", [
    HasParent<"ProbeOp">, NoTerminator, SingleBlock]> {
  let summary = "What `@init` asks for: runs once per site at program start";
  let description = [{
    In order with the initialisers of `probe.var`; stands in the probe's body
    itself.

    ```mlir
    probe.site_init {
      %f = probe.bound "fid" : ui32
      ...
    }
    ```
  }];
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict-with-keyword $body";
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Memories
//===----------------------------------------------------------------------===//

// A memory is named by a static ui32: the application's memories by index, then
// the libraries of all scripts in order of first use.

/// Operands that must be known at match time.
class StaticOperand<string operand>
    : PredOpTrait<operand # " is known at match time",
                  CPred<"::whamm::probe::isKnownAtMatchTime($" # operand
                        # ")">>;

def Probe_MemIdOp : Probe_Op<"memid", [
    DeclareOpInterfaceMethods<StagedLeafOpInterface>, Pure]> {
  let summary = "The number of a library's memory";
  let description = [{
    ```mlir
    %m = probe.memid "whamm_core" : ui32
    ```
  }];
  let arguments = (ins StrAttr:$library);
  let results = (outs UI<32>:$result);
  let assemblyFormat = "$library `:` type($result) attr-dict";
  let hasVerifier = 1;
}

class Probe_MemFactOp<string mnemonic, string text>
    : Probe_Op<mnemonic, [Pure, StaticOperand<"memory">]> {
  let summary = text;
  let description = [{
    ```mlir
    %n = probe.}] # mnemonic # [{ %mem : ui32
    ```
  }];
  let arguments = (ins UI<32>:$memory);
  let results = (outs UI<32>:$result);
  let assemblyFormat = "$memory `:` type($result) attr-dict";
}
def Probe_PageSizeOp
    : Probe_MemFactOp<"page_size", "Size of a memory's pages in bytes">;
def Probe_ActiveDataStartOp
    : Probe_MemFactOp<"active_data_start",
                      "Lowest offset that active data segments cover">;
def Probe_ActiveDataLenOp
    : Probe_MemFactOp<"active_data_len",
                      "Bytes from there to the highest end of one">;

def Probe_MemSizeOp : Probe_Op<"mem_size", [
    DeclareOpInterfaceMethods<StagedLeafOpInterface>,
    MemoryEffects<[MemRead]>, StaticOperand<"memory">]> {
  let summary = "Current size of a memory in pages";
  let description = [{
    ```mlir
    %n = probe.mem_size %mem : ui32
    ```
  }];
  let arguments = (ins UI<32>:$memory);
  let results = (outs UI<32>:$result);
  let assemblyFormat = "$memory `:` type($result) attr-dict";
}

def Probe_ReadStrOp : Probe_Op<"read_str", [
    DeclareOpInterfaceMethods<StagedLeafOpInterface>,
    MemoryEffects<[MemRead, MemWrite]>, StaticOperand<"memory">]> {
  let summary = "Copy bytes of a memory to a string";
  let description = [{
    ```mlir
    %s = probe.read_str %mem, %ptr, %len
    ```
  }];
  let arguments = (ins UI<32>:$memory, SI<32>:$ptr, UI<32>:$len);
  let results = (outs Probe_StrType:$result);
  let assemblyFormat = "$memory `,` $ptr `,` $len attr-dict";
}

def Probe_MemCopyOp : Probe_Op<"mem_copy", [
    MemoryEffects<[MemRead, MemWrite]>, StaticOperand<"dstMemory">,
    StaticOperand<"srcMemory">]> {
  let summary = "Copy bytes from one memory to another";
  let description = [{
    ```mlir
    probe.mem_copy %dstMem[%dst], %srcMem[%src], %n
    ```
  }];
  let arguments = (ins UI<32>:$dstMemory, UI<32>:$dst, UI<32>:$srcMemory,
                       UI<32>:$src, UI<32>:$size);
  let assemblyFormat = [{
    $dstMemory `[` $dst `]` `,` $srcMemory `[` $src `]` `,` $size attr-dict
  }];
}

def Probe_MemFillOp : Probe_Op<"mem_fill", [
    MemoryEffects<[MemWrite]>, StaticOperand<"memory">]> {
  let summary = "Fill bytes of a memory (`dup_at` of memory.fill)";
  let description = [{
    ```mlir
    probe.mem_fill %mem[%ptr], %byte, %n
    ```
  }];
  let arguments = (ins UI<32>:$memory, UI<32>:$ptr, UI<32>:$byte,
                       UI<32>:$size);
  let assemblyFormat = "$memory `[` $ptr `]` `,` $byte `,` $size attr-dict";
}

def Probe_MemInitOp : Probe_Op<"mem_init", [
    MemoryEffects<[MemWrite]>, StaticOperand<"memory">, StaticOperand<"segment">]> {
  let summary = "Copy bytes of a data segment (`dup_at` of memory.init)";
  let description = [{
    `segment` is the bound name `segment`: the bytes of the data segment that
    the instruction names. Traps beyond its end.

    ```mlir
    probe.mem_init %mem[%ptr], %segment[%offset], %n
    ```
  }];
  let arguments = (ins UI<32>:$memory, UI<32>:$ptr, Probe_StrType:$segment,
                       UI<32>:$offset, UI<32>:$size);
  let assemblyFormat = [{
    $memory `[` $ptr `]` `,` $segment `[` $offset `]` `,` $size attr-dict
  }];
}

//===----------------------------------------------------------------------===//
// Manipulation
//===----------------------------------------------------------------------===//

def Probe_BoundGetOp : Probe_Op<"bound_get", [
    DeclareOpInterfaceMethods<StagedLeafOpInterface>, MemoryEffects<[MemRead]>]> {
  let summary = "Read an operand, result or local that the probe also assigns";
  let description = [{
    Gives the value that was assigned last. Predicates run in front of the body
    and read `probe.bound`.

    ```mlir
    %a = probe.bound_get "arg0" : ui32
    ```
  }];
  let arguments = (ins StrAttr:$name);
  let results = (outs Probe_Data:$result);
  let assemblyFormat = "$name `:` type($result) attr-dict";
  let hasVerifier = 1;
}

def Probe_BoundSetOp : Probe_Op<"bound_set", [MemoryEffects<[MemWrite]>]> {
  let summary = "Assign an operand, result, local or immediate";
  let description = [{
    `argN` in front of the instruction changes what it receives, `resN` what the
    program sees, `localN` the local. `immN` takes a static value, in the body's
    own block; what the body reads of it later is that value itself.

    ```mlir
    probe.bound_set "arg0", %v : ui32
    ```
  }];
  let arguments = (ins StrAttr:$name, Probe_Data:$value);
  let assemblyFormat = "$name `,` $value `:` type($value) attr-dict";
  let hasVerifier = 1;
}

def Probe_AltCallOp : Probe_Op<"alt_call", [MemoryEffects<[MemWrite]>]> {
  let summary = "Call another function in place of the instruction's";
  let description = [{
    With the instruction's operands, when the body has ended. The function is
    given by its index in the application or by its name there.

    ```mlir
    probe.alt_call index 5
    probe.alt_call name "mult_all"
    ```
  }];
  let arguments = (ins OptionalAttr<I32Attr>:$index, OptionalAttr<StrAttr>:$name);
  let assemblyFormat = "(`index` $index^)? (`name` $name^)? attr-dict";
  let hasVerifier = 1;
}

def Probe_ResolveFuncrefOp : Probe_Op<"resolve_funcref", [
    DeclareOpInterfaceMethods<StagedLeafOpInterface>,
    MemoryEffects<[MemRead]>, StaticOperand<"table">]> {
  let summary = "Index of the function in a table's slot, or -1";
  let description = [{
    ```mlir
    %f = probe.resolve_funcref %table[%slot] : si32
    ```
  }];
  let arguments = (ins UI<32>:$table, SI<32>:$slot);
  let results = (outs SI<32>:$result);
  let assemblyFormat = "$table `[` $slot `]` `:` type($result) attr-dict";
}

#endif // WHAMM_DIALECT_PROBE_IR_PROBEOPS_TD
