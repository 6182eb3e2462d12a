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
    stored as its components, WebAssembly values: two (address, length) for a
    string, the elements' in order for a tuple, the handle for a map. `name` is
    the variable's name in the script, `script` the script's number. An initial
    value exists for numbers and bools only.

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
    /// The WebAssembly types that hold a value of the language's type, in the
    /// order of components. Empty for the empty tuple and references.
    static ::llvm::SmallVector<::mlir::Type> getComponents(::mlir::Type type);
    ::llvm::SmallVector<::mlir::Type> getComponents() {
      return getComponents(getType());
    }
    /// The type as reports and the runtime name it: `u32`, `(i32,(u8,str))`,
    /// `map<u32,str>`.
    static std::string getTypeText(::mlir::Type type);
    /// The component of a type that has exactly one.
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
    the site state that the body uses, in the order of a site's slots; each
    takes as many slots as it has components. `assigned` lists, with their
    types, operands, results and locals that the body reads and assigns by
    `operand_get` and `operand_set` (they are no arguments then), and what an
    `alt` template sets. `alt_calls` are functions of the application.
    `immediates` are the immediates of the matched instruction that sites
    exchange, filled by columns of the table. `may_fall_through` marks an `alt`
    template with a path that gives no result. `inline` says that calls of the
    body, where sites make some, are to be replaced by it.

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
                         :$states,
                       OptionalAttr<TypedArrayAttrBase<WasmInject_ParamAttr,
                                    "assigned operands">>:$assigned,
                       OptionalAttr<TypeArrayAttr>:$assignedTypes,
                       OptionalAttr<DenseI32ArrayAttr>:$altCalls,
                       OptionalAttr<DenseI32ArrayAttr>:$immediates,
                       UnitAttr:$mayFallThrough, UnitAttr:$inlined);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `params` $params `states` $states
    (`assigned` $assigned^ `types` $assignedTypes)?
    (`alt_calls` $altCalls^)? (`immediates` $immediates^)?
    (`may_fall_through` $mayFallThrough^)? (`inline` $inlined^)?
    attr-dict-with-keyword `body` $body
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    ::llvm::SmallVector<ParamAttr> getParamList() {
      return ::llvm::to_vector(getParams().getAsRange<ParamAttr>());
    }
    /// The number of parameters that are holes.
    unsigned getNumHoles();
    /// False for a body that lists `alt_taken` and never sets it: it does not
    /// take the place of an instruction.
    bool mayTakePlace();
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

def WasmInject_OnBeginOp
    : WasmInject_Op<"on_begin", [NoTerminator, SingleBlock]> {
  let summary = "What runs at program start, behind all of `init`";
  let description = [{
    ```mlir
    wasm_inject.on_begin { ... }
    ```
  }];
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def WasmInject_OnEndOp
    : WasmInject_Op<"on_end", [NoTerminator, SingleBlock]> {
  let summary = "What runs once when the program ends, before the report";
  let description = [{
    ```mlir
    wasm_inject.on_end { ... }
    ```
  }];
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def WasmInject_FunctionOp : WasmInject_Op<"function", [
    Symbol, NoTerminator, SingleBlock, IsolatedFromAbove]> {
  let summary = "A function of the generated code";
  let description = [{
    The region's arguments are the parameters; `wasm_inject.return` leaves it
    with its results. Falling off the end of a function with results is
    unreachable.

    With `accumulates`, the last parameter is an amount of type i64, and calls
    only add up: those with the same other arguments can be replaced by one with
    the sum of their amounts, made at any time before the program has ended. An
    amount of 0 does nothing.

    ```mlir
    wasm_inject.function @twice -> [i32] {
    ^bb0(%a: i32):
      %b = arith.addi %a, %a : i32
      wasm_inject.return %b : i32
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeArrayAttr:$signatureResults,
                       UnitAttr:$accumulates);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name `->` $signatureResults (`accumulates` $accumulates^)?
    attr-dict-with-keyword $body
  }];
  let hasVerifier = 1;
}

def WasmInject_ImportOp : WasmInject_Op<"import", [Symbol]> {
  let summary = "A function that the host or a library gives";
  let description = [{
    ```mlir
    wasm_inject.import @cache.check from "cache" "check" : (i32, i32) -> i32
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$module, StrAttr:$name,
                       TypeAttrOf<FunctionType>:$type);
  let assemblyFormat = [{
    $sym_name `from` $module $name `:` $type attr-dict
  }];
}

def WasmInject_MemoriesOp : WasmInject_Op<"memories"> {
  let summary = "Libraries whose memories have numbers";
  let description = [{
    The module names of libraries; their memories are numbered from the number
    of the application's memories on.

    ```mlir
    wasm_inject.memories ["whamm_core", "cache"]
    ```
  }];
  let arguments = (ins StrArrayAttr:$libraries);
  let assemblyFormat = "$libraries attr-dict";
}

def WasmInject_ShadowOp : WasmInject_Op<"shadow"> {
  let summary = "Shadow of a table: which function each slot holds";
  let description = [{
    Made at program start in the runtime: `fids` are the functions of the slots
    of `table`'s initial size, -1 where that is not known.

    ```mlir
    wasm_inject.shadow 0 fids [-1, 3, 4]
    ```
  }];
  let arguments = (ins I32Attr:$table, DenseI32ArrayAttr:$fids);
  let assemblyFormat = "$table `fids` $fids attr-dict";
}

def WasmInject_DataOp : WasmInject_Op<"data"> {
  let summary = "Bytes that program start puts into the runtime's memory";
  let description = [{
    Where they lie is `wasm_inject.data_address`.

    ```mlir
    wasm_inject.data "hello"
    ```
  }];
  let arguments = (ins StrAttr:$bytes);
  let assemblyFormat = "$bytes attr-dict";
}

def WasmInject_DataAddressOp : WasmInject_Op<"data_address", [
    MemoryEffects<[MemRead]>]> {
  let summary = "Address of `wasm_inject.data`";
  let description = [{
    ```mlir
    %a = wasm_inject.data_address : i32
    ```
  }];
  let results = (outs I32:$result);
  let assemblyFormat = "`:` type($result) attr-dict";
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
    A column of `holes` that is shorter than the table has an entry per instance:
    the hole depends on what matched only. `immediates` are columns for the template's `immediates`.

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
                                    "columns">>:$inits,
                       OptionalAttr<TypedArrayAttrBase<DenseI64ArrayAttr,
                                    "columns">>:$immediates);
  let assemblyFormat = [{
    $template_ `at` $position `rank` $rank `instances` $instances
    `func` $func `opidx` $opidx `pc` $pc `instance` $instance `slot` $slot
    `holes` $holes (`inits` $inits^)? (`immediates` $immediates^)? attr-dict
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    size_t getNumSites() { return getFunc().size(); }
    /// The values of a hole, one per site.
    llvm::SmallVector<int64_t> getHoleValues(unsigned hole);
    /// The same for a column that could be one of `holes`.
    llvm::SmallVector<int64_t> getValues(mlir::DenseI64ArrayAttr column);
  }];
}

//===----------------------------------------------------------------------===//
// Counting
//===----------------------------------------------------------------------===//

def WasmInject_TallyOp : WasmInject_Op<"tally", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "State that depends on how often control passes places";
  let description = [{
    At each place, whenever control passes, `amount` is added to the state; with
    `set`, the state becomes `amount`. One row per place: the instruction
    (`func`, `opidx`) in front of which control passes (`enter`), or the `br_if`
    or `if` whose condition is not 0 (`taken`) or 0 (`not_taken`); for `site`
    state, the `slot` that it is in, else no slots. `set` holds for all tallies
    of a state or for none.

    ```mlir
    wasm_inject.tally @p0.count at enter func [5, 5] opidx [0, 7] slot [0, 1]
        amount [1, 1]
    wasm_inject.tally @p1.reached set at enter func [5] opidx [0] slot [2]
        amount [1]
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$state, UnitAttr:$set,
                       WasmInject_CountAtAttr:$at,
                       DenseI32ArrayAttr:$func, DenseI32ArrayAttr:$opidx,
                       DenseI32ArrayAttr:$slot, DenseI64ArrayAttr:$amount);
  let assemblyFormat = [{
    $state (`set` $set^)? `at` $at `func` $func `opidx` $opidx `slot` $slot
    `amount` $amount attr-dict
  }];
  let hasVerifier = 1;
}

def WasmInject_TallyCallOp : WasmInject_Op<"tally_call", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Calls that depend on how often control passes places";
  let description = [{
    As `tally`: at each place, whenever control passes, the function that
    accumulates is called with the row's arguments and `amount`. `args` has a
    column of bit patterns per argument but the amount; where `in_data` is not
    0, the argument counts from `wasm_inject.data_address`.

    ```mlir
    wasm_inject.tally_call @edges.add at enter func [5, 5] opidx [0, 7]
        args [array<i64: 5, 5>, array<i64: 9, 8>] in_data [0, 0] amount [1, 1]
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, WasmInject_CountAtAttr:$at,
                       DenseI32ArrayAttr:$func, DenseI32ArrayAttr:$opidx,
                       TypedArrayAttrBase<DenseI64ArrayAttr, "columns">:$args,
                       DenseI32ArrayAttr:$inData, DenseI64ArrayAttr:$amount);
  let assemblyFormat = [{
    $callee `at` $at `func` $func `opidx` $opidx `args` $args
    `in_data` $inData `amount` $amount attr-dict
  }];
  let hasVerifier = 1;
}

def WasmInject_CountersOp : WasmInject_Op<"counters"> {
  let summary = "Counters, where they are incremented, and what follows";
  let description = [{
    `number` counters of 64 bits, which start at 0. An *increment* (`func`,
    `opidx`, `at`, `counter`, `amount`, `local`: one row each, ascending by
    function and instruction) adds to a counter whenever control passes its
    place. With `local`, the function adds to a local of its own, and adds that
    to the counter in front of the instructions that the columns `write_back`
    name: those in front of which the function may be left, or the counter seen.

    *Values* are sums: value V has the next `terms` entry of `term` and
    `factor`. A term below `number` is a counter, `number` + K is value K, which
    stands before V.

    There is one such operation at most.

    ```mlir
    // Value 0 is counter 0, value 1 is what is left: 0 - 1.
    wasm_inject.counters 2
        increments func [4, 4] opidx [0, 9] at [0, 0] counter [0, 1]
                   amount [1, 1] local [0, 1]
        write_back func [4] opidx [30]
        values terms [1, 2] term [0, 0, 1] factor [1, 1, -1]
    ```
  }];
  let arguments = (ins I32Attr:$number,
                       DenseI32ArrayAttr:$func, DenseI32ArrayAttr:$opidx,
                       DenseI32ArrayAttr:$at, DenseI32ArrayAttr:$counter,
                       DenseI64ArrayAttr:$amount, DenseI32ArrayAttr:$local,
                       DenseI32ArrayAttr:$backFunc,
                       DenseI32ArrayAttr:$backOpidx,
                       DenseI32ArrayAttr:$terms, DenseI32ArrayAttr:$term,
                       DenseI64ArrayAttr:$factor);
  let assemblyFormat = [{
    $number `increments` `func` $func `opidx` $opidx `at` $at `counter` $counter
    `amount` $amount `local` $local
    `write_back` `func` $backFunc `opidx` $backOpidx
    `values` `terms` $terms `term` $term `factor` $factor attr-dict
  }];
  let hasVerifier = 1;
}

def WasmInject_CountedOp : WasmInject_Op<"counted", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "State that is known from counters";
  let description = [{
    When the program has ended (and whenever the host asks), `program` state is
    what code stored there, plus the value with this number of
    `wasm_inject.counters`, in the width of its type. With `set` it is the
    constant of `set` where the value is not 0. For `site` state there is a row
    per slot; no code uses these slots, so that what the value is added to is
    the initial value, and what is set is the row's constant.

    ```mlir
    wasm_inject.counted @total slot [] value [7]
    wasm_inject.counted @p0.count slot [0, 1, 4] value [3, 3, 5]
    wasm_inject.counted @p1.reached set [1, 1] slot [2, 3] value [3, 5]
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$state,
                       OptionalAttr<DenseI64ArrayAttr>:$set,
                       DenseI32ArrayAttr:$slot, DenseI32ArrayAttr:$value);
  let assemblyFormat = [{
    $state (`set` $set^)? `slot` $slot `value` $value attr-dict
  }];
  let hasVerifier = 1;
}

def WasmInject_CountedCallOp : WasmInject_Op<"counted_call", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Calls that are made from counters when the program has ended";
  let description = [{
    In front of all else that happens when the program has ended, the function
    that accumulates is called once per row, with the row's arguments (as in
    `tally_call`) and the value of this number.

    ```mlir
    wasm_inject.counted_call @edges.add
        args [array<i64: 5, 5>, array<i64: 9, 8>] in_data [0, 0] value [3, 4]
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee,
                       TypedArrayAttrBase<DenseI64ArrayAttr, "columns">:$args,
                       DenseI32ArrayAttr:$inData, DenseI32ArrayAttr:$value);
  let assemblyFormat = [{
    $callee `args` $args `in_data` $inData `value` $value attr-dict
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Monitors
//===----------------------------------------------------------------------===//

def WasmInject_RowOp : WasmInject_Op<"row", [Symbol]> {
  let summary = "A kind of row of a monitor's report";
  let description = [{
    What the rows of one report variable of one probe have in common: the
    variable's name, its type of the language, the script's number, and the
    probe's number and rule as reports print them. Rows themselves are made by
    `add_row`, at match time.

    ```mlir
    wasm_inject.row @p0.count : ui32 name "count" script 0
        probe "3_wasm:opcode:call:before"
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttr:$type, StrAttr:$name,
                       I32Attr:$script, StrAttr:$probe);
  let assemblyFormat = [{
    $sym_name `:` $type `name` $name `script` $script `probe` $probe attr-dict
  }];
  let hasVerifier = 1;
}

def WasmInject_AddRowOp : WasmInject_Op<"add_row", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>,
    MemoryEffects<[MemWrite]>]> {
  let summary = "Add a row to a monitor's report";
  let description = [{
    The value of the row is read at `address` when the monitor reports: the
    components of its type, one behind the other, each aligned to its size.
    Rows of one type are printed in the order in which they were added. With an
    index it is a row of the kind that stands so many `row` operations behind
    the one that is named.

    ```mlir
    wasm_inject.add_row @p0.count at %record fid %fid pc %pc
    wasm_inject.add_row @p0.count[%event] at %record fid %fid pc %pc
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$row, I32:$address, I32:$fid, I32:$pc,
                       Optional<I32>:$index);
  let assemblyFormat = [{
    $row (`[` $index^ `]`)? `at` $address `fid` $fid `pc` $pc attr-dict
  }];
}

def WasmInject_LoadOp : WasmInject_Op<"load", [MemoryEffects<[MemRead]>]> {
  let summary = "Read memory of the monitor";
  let description = [{
    An i1 takes four bytes, as an i32.

    ```mlir
    %v = wasm_inject.load %record[8] : i64
    ```
  }];
  let arguments = (ins I32:$address,
                       ConfinedAttr<I32Attr, [IntNonNegative]>:$offset);
  let results = (outs WasmInject_Value:$result);
  let assemblyFormat = "$address `[` $offset `]` `:` type($result) attr-dict";
}

def WasmInject_StoreOp : WasmInject_Op<"store", [MemoryEffects<[MemWrite]>]> {
  let summary = "Write memory of the monitor";
  let description = [{
    ```mlir
    wasm_inject.store %record[8], %v : i64
    ```
  }];
  let arguments = (ins I32:$address,
                       ConfinedAttr<I32Attr, [IntNonNegative]>:$offset,
                       WasmInject_Value:$value);
  let assemblyFormat = [{
    $address `[` $offset `]` `,` $value `:` type($value) attr-dict
  }];
}

def WasmInject_MonitorFunctionOp
    : WasmInject_Op<"monitor_function", [Symbol]> {
  let summary = "A function of a monitor that exists as code";
  let description = [{
    `index` is its number in the monitor. `v128` is `vector<16xi8>` here.

    ```mlir
    wasm_inject.monitor_function @f3 index 3 : (i32, i32) -> i32
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, I32Attr:$index,
                       TypeAttrOf<FunctionType>:$type);
  let assemblyFormat = "$sym_name `index` $index `:` $type attr-dict";
}

def WasmInject_RuleOp : WasmInject_Op<"rule", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Where an engine calls a function of a monitor";
  let description = [{
    At each site of `event` at which the predicate, a call at match time, gives
    no zero, the engine calls the function with these parameters. Rules hold in
    the order in which they stand. The rule becomes an export of the function
    whose name says all this; `trailing` is text without a meaning at its end
    that makes the names of equal rules differ. `spelled` is the name where its
    spaces are not the usual ones.

    ```mlir
    wasm_inject.rule "wasm:opcode:call" when <"$want"(imm 0)>
        params [#wasm_inject.match_call<"$slot"(fid, pc)>,
                #wasm_inject.engine<arg 0>]
        calls @count trailing "#2"
    ```
  }];
  let arguments = (ins StrAttr:$event,
                       OptionalAttr<WasmInject_MatchCallAttr>:$predicate,
                       TypedArrayAttrBase<WasmInject_RuleParamAttr,
                                          "parameters of rules">:$params,
                       FlatSymbolRefAttr:$body,
                       OptionalAttr<StrAttr>:$trailing,
                       OptionalAttr<StrAttr>:$spelled);
  let assemblyFormat = [{
    $event (`when` $predicate^)? `params` $params `calls` $body
    (`trailing` $trailing^)? (`spelled` $spelled^)? attr-dict
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The rule as the contract has it; `event` has been verified.
    ::whamm::wei::MonitorRule getRule();
    /// The name of the export.
    std::string getExportName();
  }];
}

def WasmInject_ExportOp : WasmInject_Op<"export", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "An export of a monitor that is no rule";
  let description = [{
    A function for calls at match time, or `wasm:exit`, which runs when the
    program has ended.

    ```mlir
    wasm_inject.export "$slot" of @f3
    ```
  }];
  let arguments = (ins StrAttr:$name, FlatSymbolRefAttr:$function);
  let assemblyFormat = "$name `of` $function attr-dict";
  let hasVerifier = 1;
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
    %n = wasm_inject.state_get @text[1] : i32
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$state,
                       DefaultValuedAttr<I32Attr, "0">:$component);
  let results = (outs WasmInject_Value:$result);
  let assemblyFormat = [{
    $state (`[` $component^ `]`)? `:` type($result) attr-dict
  }];
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
  let arguments = (ins FlatSymbolRefAttr:$state, WasmInject_Value:$value,
                       DefaultValuedAttr<I32Attr, "0">:$component);
  let assemblyFormat = [{
    $state (`[` $component^ `]`)? `,` $value `:` type($value) attr-dict
  }];
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

def WasmInject_OperandGetOp : WasmInject_Op<"operand_get", [
    MemoryEffects<[MemRead]>]> {
  let summary = "Read an operand that the template assigns";
  let description = [{
    ```mlir
    %v = wasm_inject.operand_get <arg 0> : i32
    ```
  }];
  let arguments = (ins WasmInject_ParamAttr:$operand);
  let results = (outs WasmInject_Value:$result);
  let assemblyFormat = "$operand `:` type($result) attr-dict";
  let hasVerifier = 1;
}

def WasmInject_OperandSetOp : WasmInject_Op<"operand_set", [
    MemoryEffects<[MemWrite]>]> {
  let summary = "Assign an operand, result or local of the place";
  let description = [{
    ```mlir
    wasm_inject.operand_set <arg 0>, %v : i32
    ```
  }];
  let arguments = (ins WasmInject_ParamAttr:$operand, WasmInject_Value:$value);
  let assemblyFormat = "$operand `,` $value `:` type($value) attr-dict";
  let hasVerifier = 1;
}

def WasmInject_CallOp : WasmInject_Op<"call", [
    DeclareOpInterfaceMethods<SymbolUserOpInterface>,
    MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "Call a function of the generated code or an import";
  let description = [{
    ```mlir
    %r = wasm_inject.call @twice(%a) : (i32) -> i32
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee,
                       Variadic<WasmInject_Value>:$args);
  let results = (outs Variadic<WasmInject_Value>:$results);
  let assemblyFormat = [{
    $callee `(` $args `)` `:` functional-type($args, $results) attr-dict
  }];
}

def WasmInject_ReturnOp : WasmInject_Op<"return", [MemoryEffects<[MemWrite]>]> {
  let summary = "Leave a function with its results";
  let description = [{
    ```mlir
    wasm_inject.return %a : i32
    ```
  }];
  let arguments = (ins Variadic<WasmInject_Value>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
}

def WasmInject_TrapOp : WasmInject_Op<"trap", [MemoryEffects<[MemWrite]>]> {
  let summary = "`unreachable`";
  let description = [{
    ```mlir
    wasm_inject.trap
    ```
  }];
  let assemblyFormat = "attr-dict";
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
  let hasFolder = 1;
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
