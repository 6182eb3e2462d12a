//===- Events.td - Packages, events, modes, bound names ----*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// What a script can name: everything below the provider `wasm`.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_EVENTS
#define WHAMM_WASM_EVENTS

include "Wasm/Opcodes.td"

//===----------------------------------------------------------------------===//
// Modes
//===----------------------------------------------------------------------===//

def None : Mode<"", "No mode: the event itself says when.">;
def Before : Mode<"before", "In front of the instruction, when control falls "
                            "into it.">;
def After : Mode<"after", "Behind the instruction; for block-like ones behind "
                          "the matching end.">;
def Alt : Mode<"alt", "Instead of the instruction or construct.">;
def Entry : Mode<"entry", "First thing inside the construct; for a loop, each "
                          "iteration.">;
def Exit : Mode<"exit", "In front of the matching end (or else), when control "
                        "falls into it.">;
def AtTarget : Mode<"at_target", "Where the branch lands, when this branch was "
                                 "taken; for conditional ones also when not.">;

defvar PlainModes = [Before, After, Alt];
defvar BlockModes = [Before, After, Alt, Entry, Exit];
defvar BranchModes = [Before, After, Alt, AtTarget];

//===----------------------------------------------------------------------===//
// Bound variables
//===----------------------------------------------------------------------===//

class Static<string name, BoundType type, string source, string text>
    : BoundVar<name, type, source, text>;
class Dynamic<string name, BoundType type, string source, string text>
    : BoundVar<name, type, source, text, 1>;
class Literal<string name, BoundType type, string source, string text>
    : BoundVar<name, type, source, text, 0, 0, 1>;

// Operands, results, locals, immediates: one by number, or a family.
class Arg<int n, BoundType type>
    : BoundVar<"arg" # n, type, "Arg",
               "operand " # n # ", counted from the top of the stack", 1, n>;
class Res0<BoundType type>
    : BoundVar<"res0", type, "Res", "the result (in `after` probes)", 1, 0>;
class Imm<int n, string text, BoundType type = U32Bound>
    : BoundVar<"imm" # n, type, "Imm", text, 0, n>;
def ArgN : BoundVar<"argN", UnknownBound, "Arg",
                    "operand N, counted from the top of the stack", 1, -1>;
def ResN : BoundVar<"resN", UnknownBound, "Res",
                    "result N, counted from the top of the stack (in `after` "
                    "probes)", 1, -1>;
def LocalN : BoundVar<"localN", UnknownBound, "Local",
                      "local N of the function, parameters first", 1, -1>;
def ImmN : BoundVar<"immN", U32Bound, "Imm",
                    "entry N, the default behind the last", 0, -1>;

// Other names for an operand or an immediate.
class ArgAlias<string name, int n, BoundType type, string text>
    : BoundVar<name, type, "Arg", text, 1, n>;
class ImmAlias<string name, int n, string text, BoundType type = U32Bound>
    : BoundVar<name, type, "Imm", text, 0, n>;

def AppMemId : Static<"APP_MEMID", U32Bound, "AppMemId",
                      "the application's first own memory">;
def Fid : Static<"fid", U32Bound, "Fid", "index of the function">;
def Fname : Static<"fname", StrBound, "Fname",
                   "name of the function in the name section, or empty">;
def Pc : Static<"pc", U32Bound, "Pc",
                "byte offset of the instruction in the function body">;
def Opidx : Static<"opidx", U32Bound, "Opidx",
                   "index of the instruction in the function">;
def AtFuncEnd : Static<"at_func_end", BoolBound, "AtFuncEnd",
                       "true on the final end of the function">;
def ProbeId : Static<"probe_id", I32Bound, "ProbeId",
                     "number of the probe (engine target)">;
def Opname : Literal<"opname", StrBound, "Opname", "name of the opcode">;
def Bytecode : Literal<"bytecode", U16Bound, "Bytecode",
                       "the opcode: a byte, or prefix * 256 + number">;
def CategoryId : Literal<"category_id", U32Bound, "CategoryId",
                         "number of the category">;
def CategoryName : Literal<"category_name", StrBound, "CategoryName",
                           "name of the category">;

def MemArgMemory : Static<"memory", U32Bound, "MemArgMemory",
                          "index of the memory">;
def MemArgAlign : Static<"align", U32Bound, "MemArgAlign",
                         "alignment, as a power of two">;
def MemArgOffset : Static<"offset", U64Bound, "MemArgOffset",
                          "constant offset">;
def DataSize : Literal<"data_size", U32Bound, "DataSize", "bytes accessed">;
def IsWrite : Literal<"is_write", BoolBound, "IsWrite",
                      "true where memory is written">;
def EffectiveAddr : Dynamic<"effective_addr", U32Bound, "EffectiveAddr",
                            "addr + offset as u32, modulo 2^32"> {
  let derivation = "addr + offset as u32";
}

def Targets : Static<"targets", MapU32U32Bound, "Targets",
                     "label depth by entry, without the default">;
def NumTargets : Static<"num_targets", U32Bound, "NumTargets",
                        "number of entries, without the default">;
def DefaultTarget : Static<"default_target", U32Bound, "DefaultTarget",
                           "label depth of the default">;
def Target : Dynamic<"target", U32Bound, "Target",
                     "index of the entry taken, num_targets for the default"> {
  let derivation = "arg0 <= (num_targets - 1) ? arg0 : num_targets";
}

def TargetFnType : Static<"target_fn_type", StrBound, "TargetFnType",
                          "`local` or `import`">;
def TargetImpModule : Static<"target_imp_module", StrBound, "TargetImpModule",
                             "module of the import, or the module's own name">;
def TargetFnName : Static<"target_fn_name", StrBound, "TargetFnName",
                          "name of the import, or of the function">;
def TableEntryIdx : ArgAlias<"table_entry_idx", 0, I32Bound,
                             "index of the table slot">;
def TargetFuncref : Dynamic<"target_funcref", FuncRefBound, "TargetFuncref",
                            "the function in the table slot">;
def SlotResolvedFid : Dynamic<"resolved_fid", I32Bound, "ResolvedFid",
                              "index of the function in the slot, -1 where "
                              "not known"> {
  let derivation = "resolve_funcref(target_funcref, table_entry_idx)";
}
def LookbackResolvedFid : Static<"resolved_fid", I32Bound, "ResolvedFid",
                                 "function of the ref.func just before, else "
                                 "-1">;
def OwnResolvedFid : ImmAlias<"resolved_fid", 0, "index of the function",
                              I32Bound>;
def Tid : ImmAlias<"tid", 0, "type index">;
def FieldIdx : ImmAlias<"field_idx", 1, "field index">;
def Failed : Dynamic<"failed", BoolBound, "Failed",
                     "true where memory.grow gave -1 (in `after` probes)"> {
  let derivation = "res0 == -1";
}
def InstrCount : Static<"instr_count", U32Bound, "InstrCount",
                        "instructions in the basic block">;

defvar CalleeNames = [TargetImpModule, TargetFnName, TargetFnType];
defvar SlotNames = [TableEntryIdx, TargetFuncref, SlotResolvedFid];
class AccessNames<int addressArg> {
  list<BoundVar> names = [
    ArgAlias<"addr", addressArg, U32Bound, "the address operand">,
    MemArgMemory, MemArgAlign, MemArgOffset, EffectiveAddr, IsWrite
  ];
}

//===----------------------------------------------------------------------===//
// Bound functions
//===----------------------------------------------------------------------===//

class GlobalFn<string name, string signature, string text>
    : BoundFn<name, signature, text>;
def : GlobalFn<"memid", "(library) -> u32",
               "Index of the memory of an imported library.">;
def : GlobalFn<"strcmp", "((i32, i32), str) -> bool",
               "True where the bytes (address, length) in the instrumentation "
               "memory equal the string.">;
def : GlobalFn<"strcontains", "((i32, i32), str) -> bool",
               "True where the bytes (address, length) in the instrumentation "
               "memory contain the string.">;
def : GlobalFn<"read_str", "(u32, i32, u32) -> str",
               "Copies bytes of a memory into a new string.">;
def : GlobalFn<"write_str", "(u32, i32, str) -> ()",
               "Copies the bytes of a string into a memory.">;
def : GlobalFn<"memcpy", "(u32, u32, u32, u32, u32) -> ()",
               "Copies from (memory, address) to (memory, address), n bytes.">;
def : GlobalFn<"active_data_start", "(u32) -> u32",
               "Lowest address that active data segments of the memory fill.">;
def : GlobalFn<"active_data_len", "(u32) -> u32",
               "Length from there to the highest end.">;
def : GlobalFn<"page_size", "(u32) -> u32",
               "Page size of the memory in bytes.">;
def : GlobalFn<"mem_size", "(u32) -> u32",
               "Current size of the memory in pages.">;

class EventFn<string name, string signature, string text>
    : BoundFn<name, signature, text>;
def DropArgs : EventFn<"drop_args", "() -> ()",
                       "Drops the operands of the instruction.">;
def AltCallById : EventFn<"alt_call_by_id", "(i32) -> ()",
                          "Calls another function with the same operands.">;
def AltCallByName : EventFn<"alt_call_by_name", "(str) -> ()",
                            "Calls another function with the same operands.">;
def DupAt : EventFn<"dup_at", "(u32, u32) -> ()",
                    "Repeats the bulk operation on another memory and "
                    "destination.">;
def ResolveFuncref : EventFn<"resolve_funcref", "(funcref, i32) -> i32",
                             "Index of the function in a table slot, -1 where "
                             "not known.">;

//===----------------------------------------------------------------------===//
// Packages and their events
//===----------------------------------------------------------------------===//

defvar FunctionNames = [Fid, Fname, Pc, Opidx, AtFuncEnd, LocalN, ProbeId];

def PackageBegin : Package<"begin", "The start of the program.", [AppMemId]>;
def PackageEnd : Package<"end", "The end of the program.", [AppMemId]>;
def PackageReport : Package<"report", "Replaces the report.", [AppMemId]>;
def PackageFunc : Package<"func", "Functions.",
                    !listconcat([AppMemId], FunctionNames)>;
def PackageBlock : Package<"block", "Basic blocks.",
                     !listconcat([AppMemId], FunctionNames)>;
def PackageOpcode : Package<"opcode", "Instructions.",
                      !listconcat([AppMemId], FunctionNames,
                                  [Opname, Bytecode, CategoryId,
                                   CategoryName])>;

class PlainEvent<int index, Package package, string name, string text,
                 list<BoundVar> vars = []>
    : AnyEvent<index, package, name, vars, [], [None]> {
  let description = text;
}
def : PlainEvent<0, PackageBegin, "", "When the program starts.">;
def : PlainEvent<0, PackageEnd, "", "When the program ends.">;
def : PlainEvent<0, PackageReport, "", "When the report is due.">;
def : PlainEvent<0, PackageFunc, "entry", "When a function is entered.">;
def : PlainEvent<1, PackageFunc, "exit",
                 "When a function is left, but for traps.">;
def : PlainEvent<0, PackageBlock, "start", "In front of a basic block.">;
def : PlainEvent<1, PackageBlock, "end",
                 "In front of the last instruction of a basic block.",
                 [InstrCount]>;

//===----------------------------------------------------------------------===//
// Opcode events
//===----------------------------------------------------------------------===//

// An event at an opcode. The index is the position in the provider.
class Event<int index, Opcode op, list<BoundVar> vars = [],
            list<BoundFn> fns = [], list<Mode> modes = PlainModes,
            string name = op.mnemonic>
    : AnyEvent<index, PackageOpcode, name, vars, !listconcat([DropArgs], fns),
               modes> {
  Opcode opcode = op;
  let description = "At each `" # name # "`.";
}

class BlockEvent<int index, Opcode op, list<BoundVar> vars = []>
    : Event<index, op, vars, [], BlockModes>;
class BranchEvent<int index, Opcode op, list<BoundVar> vars>
    : Event<index, op, vars, [], BranchModes>;

// Numeric instructions. The result needs a bound.
class ConstEvent<int index, Opcode op, BoundType type>
    : Event<index, op, [Imm<0, "value", type>, ResN]>;
class UnaryEvent<int index, Opcode op, BoundType type>
    : Event<index, op, [Arg<0, type>, ResN]>;
class BinaryEvent<int index, Opcode op, BoundType type>
    : Event<index, op, [Arg<0, type>, Arg<1, type>, ResN]>;

// Memory accesses, plain and atomic.
class AccessEvent<int index, Opcode op, int addressArg, list<BoundVar> vars>
    : Event<index, op, !listconcat(vars, [Arg<addressArg, U32Bound>],
                                   AccessNames<addressArg>.names, [DataSize])>;
class LoadEvent<int index, Opcode op, BoundType type>
    : AccessEvent<index, op, 0, [Res0<type>]>;
class StoreEvent<int index, Opcode op, BoundType type>
    : AccessEvent<index, op, 1, [Arg<0, type>]>;
class RmwEvent<int index, Opcode op, BoundType type>
    : AccessEvent<index, op, 1, [Arg<0, type>, ResN]>;
// The replacement is on top, the expected value below it.
class CmpxchgEvent<int index, Opcode op, BoundType type>
    : AccessEvent<index, op, 2, [Arg<0, type>, Arg<1, type>, ResN]>;
class WaitEvent<int index, Opcode op, list<BoundVar> vars, int addressArg>
    : Event<index, op, !listconcat(vars, [Arg<addressArg, U32Bound>],
                                   AccessNames<addressArg>.names, [ResN])>;

// Length, source, destination.
class BulkEvent<int index, Opcode op, list<BoundVar> imms,
                list<BoundFn> fns = []>
    : Event<index, op, !listconcat([Arg<0, I32Bound>, Arg<1, I32Bound>,
                                    Arg<2, I32Bound>], imms), fns>;

class CallEvent<int index, Opcode op, list<BoundVar> results = []>
    : Event<index, op, !listconcat([ArgN, Imm<0, "function index">], results,
                                   CalleeNames),
            [AltCallById, AltCallByName]>;
class IndirectCallEvent<int index, Opcode op>
    : Event<index, op, !listconcat([Arg<0, I32Bound>, ArgN,
                                    Imm<0, "type index">,
                                    Imm<1, "table index">, ResN], SlotNames),
            [ResolveFuncref]>;

// Structures and arrays: the type index comes first.
class TypedEvent<int index, Opcode op, list<BoundVar> vars>
    : Event<index, op, !listconcat(vars, [Imm<0, "type index">, Tid])>;
class FieldEvent<int index, Opcode op, list<BoundVar> vars = []>
    : TypedEvent<index, op, !listconcat([ArgN, Imm<1, "field index">, FieldIdx],
                                        vars)>;

def : Event<0, Unreachable, modes = [Alt, Before]>;
def : Event<1, Nop>;
def : BlockEvent<2, Block, [ArgN, ResN]>;
def : BlockEvent<3, Loop, [ArgN, ResN]>;
def : BlockEvent<4, If, [Arg<0, U32Bound>, ResN]>;
def : BlockEvent<5, Else>;
def : BlockEvent<6, TryTable, [ResN]>;
def : Event<7, Throw, [ArgN, Imm<0, "tag index">]>;
def : Event<8, ThrowRef, [ArgN]>;
def : Event<9, End, modes = [Before, After]>;
def : BranchEvent<10, Br, [Imm<0, "label depth">]>;
def : BranchEvent<11, BrIf, [Arg<0, U32Bound>, Imm<0, "label depth">, ResN]>;
def
    : BranchEvent<12, BrTable, [Arg<0, U32Bound>, ImmN, Targets, NumTargets,
      DefaultTarget, Target]>;
def : Event<13, Return>;
def : CallEvent<14, Call, [ResN]>;
def : IndirectCallEvent<15, CallIndirect>;
def : CallEvent<16, ReturnCall>;
def : IndirectCallEvent<17, ReturnCallIndirect>;
def : Event<18, Drop, [ArgN]>;
def : Event<19, Select, [ArgN, ResN]>;
def : Event<20, TypedSelect, [ArgN, ResN], name = "typed_select">;
def : Event<21, LocalGet, [Imm<0, "local index">, ResN]>;
def : Event<22, LocalSet, [Arg<0, UnknownBound>, Imm<0, "local index">]>;
def : Event<23, LocalTee, [Arg<0, UnknownBound>, Imm<0, "local index">, ResN]>;
def : Event<24, GlobalGet, [Imm<0, "global index">, ResN]>;
def : Event<25, GlobalSet, [Arg<0, UnknownBound>, Imm<0, "global index">]>;
def : LoadEvent<26, I32Load, I32Bound>;
def : LoadEvent<27, I64Load, I64Bound>;
def : LoadEvent<28, F32Load, F32Bound>;
def : LoadEvent<29, F64Load, F64Bound>;
def : LoadEvent<30, I32Load8S, I32Bound>;
def : LoadEvent<31, I32Load8U, I32Bound>;
def : LoadEvent<32, I32Load16S, I32Bound>;
def : LoadEvent<33, I32Load16U, I32Bound>;
def : LoadEvent<34, I64Load8S, I64Bound>;
def : LoadEvent<35, I64Load8U, I64Bound>;
def : LoadEvent<36, I64Load16S, I64Bound>;
def : LoadEvent<37, I64Load16U, I64Bound>;
def : LoadEvent<38, I64Load32S, I64Bound>;
def : LoadEvent<39, I64Load32U, I64Bound>;
def : StoreEvent<40, I32Store, I32Bound>;
def : StoreEvent<41, I64Store, I64Bound>;
def : StoreEvent<42, F32Store, F32Bound>;
def : StoreEvent<43, F64Store, F64Bound>;
def : StoreEvent<44, I32Store8, I32Bound>;
def : StoreEvent<45, I32Store16, I32Bound>;
def : StoreEvent<46, I64Store8, I64Bound>;
def : StoreEvent<47, I64Store16, I64Bound>;
def : StoreEvent<48, I64Store32, I64Bound>;
def : Event<49, MemorySize, [Imm<0, "memory index">, Res0<I32Bound>]>;
def
    : Event<50, MemoryGrow, [Arg<0, U32Bound>, Imm<0, "memory index">,
      Res0<I32Bound>, Failed]>;
def : ConstEvent<51, I32Const, I32Bound>;
def : ConstEvent<52, I64Const, I64Bound>;
def : ConstEvent<53, F32Const, F32Bound>;
def : ConstEvent<54, F64Const, F64Bound>;
def : Event<55, RefNull, [ResN]>;
def : Event<56, RefIsNull, [ArgN, ResN]>;
def : Event<57, RefFunc, [Imm<0, "function index">, ResN, OwnResolvedFid]>;
def : Event<58, RefEq, [ArgN, ResN]>;
def : UnaryEvent<59, I32Eqz, I32Bound>;
def : BinaryEvent<60, I32Eq, I32Bound>;
def : BinaryEvent<61, I32Ne, I32Bound>;
def : BinaryEvent<62, I32LtS, I32Bound>;
def : BinaryEvent<63, I32LtU, U32Bound>;
def : BinaryEvent<64, I32GtS, I32Bound>;
def : BinaryEvent<65, I32GtU, U32Bound>;
def : BinaryEvent<66, I32LeS, I32Bound>;
def : BinaryEvent<67, I32LeU, U32Bound>;
def : BinaryEvent<68, I32GeS, I32Bound>;
def : BinaryEvent<69, I32GeU, U32Bound>;
def : UnaryEvent<70, I64Eqz, I64Bound>;
def : BinaryEvent<71, I64Eq, I64Bound>;
def : BinaryEvent<72, I64Ne, I64Bound>;
def : BinaryEvent<73, I64LtS, I64Bound>;
def : BinaryEvent<74, I64LtU, U64Bound>;
def : BinaryEvent<75, I64GtS, I64Bound>;
def : BinaryEvent<76, I64GtU, U64Bound>;
def : BinaryEvent<77, I64LeS, I64Bound>;
def : BinaryEvent<78, I64LeU, U64Bound>;
def : BinaryEvent<79, I64GeS, I64Bound>;
def : BinaryEvent<80, I64GeU, U64Bound>;
def : BinaryEvent<81, F32Eq, F32Bound>;
def : BinaryEvent<82, F32Ne, F32Bound>;
def : BinaryEvent<83, F32Lt, F32Bound>;
def : BinaryEvent<84, F32Gt, F32Bound>;
def : BinaryEvent<85, F32Le, F32Bound>;
def : BinaryEvent<86, F32Ge, F32Bound>;
def : BinaryEvent<87, F64Eq, F64Bound>;
def : BinaryEvent<88, F64Ne, F64Bound>;
def : BinaryEvent<89, F64Lt, F64Bound>;
def : BinaryEvent<90, F64Gt, F64Bound>;
def : BinaryEvent<91, F64Le, F64Bound>;
def : BinaryEvent<92, F64Ge, F64Bound>;
def : UnaryEvent<93, I32Clz, I32Bound>;
def : UnaryEvent<94, I32Ctz, I32Bound>;
def : UnaryEvent<95, I32Popcnt, I32Bound>;
def : BinaryEvent<96, I32Add, I32Bound>;
def : BinaryEvent<97, I32Sub, I32Bound>;
def : BinaryEvent<98, I32Mul, I32Bound>;
def : BinaryEvent<99, I32DivS, I32Bound>;
def : BinaryEvent<100, I32DivU, U32Bound>;
def : BinaryEvent<101, I32RemS, I32Bound>;
def : BinaryEvent<102, I32RemU, U32Bound>;
def : BinaryEvent<103, I32And, I32Bound>;
def : BinaryEvent<104, I32Or, I32Bound>;
def : BinaryEvent<105, I32Xor, I32Bound>;
def : BinaryEvent<106, I32Shl, I32Bound>;
def : BinaryEvent<107, I32ShrS, I32Bound>;
def : BinaryEvent<108, I32ShrU, I32Bound>;
def : BinaryEvent<109, I32Rotl, I32Bound>;
def : BinaryEvent<110, I32Rotr, I32Bound>;
def : UnaryEvent<111, I64Clz, I64Bound>;
def : UnaryEvent<112, I64Ctz, I64Bound>;
def : UnaryEvent<113, I64Popcnt, I64Bound>;
def : BinaryEvent<114, I64Add, I64Bound>;
def : BinaryEvent<115, I64Sub, I64Bound>;
def : BinaryEvent<116, I64Mul, I64Bound>;
def : BinaryEvent<117, I64DivS, I64Bound>;
def : BinaryEvent<118, I64DivU, I64Bound>;
def : BinaryEvent<119, I64RemS, I64Bound>;
def : BinaryEvent<120, I64RemU, I64Bound>;
def : BinaryEvent<121, I64And, I64Bound>;
def : BinaryEvent<122, I64Or, I64Bound>;
def : BinaryEvent<123, I64Xor, I64Bound>;
def : BinaryEvent<124, I64Shl, I64Bound>;
def : BinaryEvent<125, I64ShrS, I64Bound>;
def : BinaryEvent<126, I64ShrU, I64Bound>;
def : BinaryEvent<127, I64Rotl, I64Bound>;
def : BinaryEvent<128, I64Rotr, I64Bound>;
def : UnaryEvent<129, F32Abs, F32Bound>;
def : UnaryEvent<130, F32Neg, F32Bound>;
def : UnaryEvent<131, F32Ceil, F32Bound>;
def : UnaryEvent<132, F32Floor, F32Bound>;
def : UnaryEvent<133, F32Trunc, F32Bound>;
def : UnaryEvent<134, F32Nearest, F32Bound>;
def : UnaryEvent<135, F32Sqrt, F32Bound>;
def : BinaryEvent<136, F32Add, F32Bound>;
def : BinaryEvent<137, F32Sub, F32Bound>;
def : BinaryEvent<138, F32Mul, F32Bound>;
def : BinaryEvent<139, F32Div, F32Bound>;
def : BinaryEvent<140, F32Min, F32Bound>;
def : BinaryEvent<141, F32Max, F32Bound>;
def : BinaryEvent<142, F32Copysign, F32Bound>;
def : UnaryEvent<143, F64Abs, F64Bound>;
def : UnaryEvent<144, F64Neg, F64Bound>;
def : UnaryEvent<145, F64Ceil, F64Bound>;
def : UnaryEvent<146, F64Floor, F64Bound>;
def : UnaryEvent<147, F64Trunc, F64Bound>;
def : UnaryEvent<148, F64Nearest, F64Bound>;
def : UnaryEvent<149, F64Sqrt, F64Bound>;
def : BinaryEvent<150, F64Add, F64Bound>;
def : BinaryEvent<151, F64Sub, F64Bound>;
def : BinaryEvent<152, F64Mul, F64Bound>;
def : BinaryEvent<153, F64Div, F64Bound>;
def : BinaryEvent<154, F64Min, F64Bound>;
def : BinaryEvent<155, F64Max, F64Bound>;
def : BinaryEvent<156, F64Copysign, F64Bound>;
def : UnaryEvent<157, I32WrapI64, I64Bound>;
def : UnaryEvent<158, I32TruncF32S, F32Bound>;
def : UnaryEvent<159, I32TruncF32U, F32Bound>;
def : UnaryEvent<160, I32TruncF64S, F64Bound>;
def : UnaryEvent<161, I32TruncF64U, F64Bound>;
def : UnaryEvent<162, I64ExtendI32S, I32Bound>;
def : UnaryEvent<163, I64ExtendI32U, U32Bound>;
def : UnaryEvent<164, I64TruncF32S, F32Bound>;
def : UnaryEvent<165, I64TruncF32U, F32Bound>;
def : UnaryEvent<166, I64TruncF64S, F64Bound>;
def : UnaryEvent<167, I64TruncF64U, F64Bound>;
def : UnaryEvent<168, F32ConvertI32S, I32Bound>;
def : UnaryEvent<169, F32ConvertI32U, U32Bound>;
def : UnaryEvent<170, F32ConvertI64S, I64Bound>;
def : UnaryEvent<171, F32ConvertI64U, U64Bound>;
def : UnaryEvent<172, F32DemoteF64, F64Bound>;
def : UnaryEvent<173, F64ConvertI32S, I32Bound>;
def : UnaryEvent<174, F64ConvertI32U, U32Bound>;
def : UnaryEvent<175, F64ConvertI64S, I64Bound>;
def : UnaryEvent<176, F64ConvertI64U, U64Bound>;
def : UnaryEvent<177, F64PromoteF32, F32Bound>;
def : UnaryEvent<178, I32ReinterpretF32, F32Bound>;
def : UnaryEvent<179, I64ReinterpretF64, F64Bound>;
def : UnaryEvent<180, F32ReinterpretI32, I32Bound>;
def : UnaryEvent<181, F64ReinterpretI64, I64Bound>;
def : UnaryEvent<182, I32Extend8S, I32Bound>;
def : UnaryEvent<183, I32Extend16S, I32Bound>;
def : UnaryEvent<184, I64Extend8S, I64Bound>;
def : UnaryEvent<185, I64Extend16S, I64Bound>;
def : UnaryEvent<186, I64Extend32S, I64Bound>;
def : TypedEvent<187, StructNew, [ArgN, ResN]>;
def : TypedEvent<188, StructNewDefault, [ResN]>;
def : FieldEvent<189, StructGet, [ResN]>;
def : FieldEvent<190, StructGetS, [ResN]>;
def : FieldEvent<191, StructGetU, [ResN]>;
def : FieldEvent<192, StructSet>;
def : TypedEvent<193, ArrayNew, [Arg<0, U32Bound>, ArgN, ResN]>;
def : TypedEvent<194, ArrayNewDefault, [Arg<0, U32Bound>, ResN]>;
def : TypedEvent<195, ArrayNewFixed, [ArgN, Imm<1, "count">, ResN]>;
def
    : TypedEvent<196, ArrayNewData, [Arg<0, I32Bound>, Arg<1, I32Bound>,
      Imm<1, "data segment index">, ResN]>;
def
    : TypedEvent<197, ArrayNewElem, [Arg<0, I32Bound>, Arg<1, I32Bound>,
      Imm<1, "element segment index">, ResN]>;
def : TypedEvent<198, ArrayGet, [ArgN, ResN]>;
def : TypedEvent<199, ArrayGetS, [ArgN, ResN]>;
def : TypedEvent<200, ArrayGetU, [ArgN, ResN]>;
def : TypedEvent<201, ArraySet, [ArgN]>;
def : Event<202, ArrayLen, [ArgN, ResN]>;
def : TypedEvent<203, ArrayFill, [ArgN]>;
def
    : Event<204, ArrayCopy, [ArgN, Imm<0, "destination type index">, Imm<1,
      "source type index">]>;
def : TypedEvent<205, ArrayInitData, [ArgN, Imm<1, "data segment index">]>;
def : TypedEvent<206, ArrayInitElem, [ArgN, Imm<1, "element segment index">]>;
def : Event<207, RefTest, [ArgN, ResN]>;
def : Event<208, RefTestNull, [ArgN, ResN]>;
def : Event<209, RefCast, [ArgN, ResN]>;
def : Event<210, RefCastNull, [ArgN, ResN]>;
def : Event<211, BrOnCast, [ArgN, Imm<0, "label depth">, ResN]>;
def : Event<212, BrOnCastFail, [ArgN, Imm<0, "label depth">, ResN]>;
def : Event<213, AnyConvertExtern, [ArgN, ResN]>;
def : Event<214, ExternConvertAny, [ArgN, ResN]>;
def : Event<215, RefI31, [Arg<0, I32Bound>, ResN]>;
def : Event<216, I31GetS, [ArgN, ResN]>;
def : Event<217, I31GetU, [ArgN, ResN]>;
def : UnaryEvent<218, I32TruncSatF32S, F32Bound>;
def : UnaryEvent<219, I32TruncSatF32U, F32Bound>;
def : UnaryEvent<220, I32TruncSatF64S, F64Bound>;
def : UnaryEvent<221, I32TruncSatF64U, F64Bound>;
def : UnaryEvent<222, I64TruncSatF32S, F32Bound>;
def : UnaryEvent<223, I64TruncSatF32U, F32Bound>;
def : UnaryEvent<224, I64TruncSatF64S, F64Bound>;
def : UnaryEvent<225, I64TruncSatF64U, F64Bound>;
def
    : BulkEvent<226, MemoryInit, [Imm<0, "data segment index">, Imm<1,
      "memory index">], [DupAt]>;
def
    : BulkEvent<227, MemoryCopy, [Imm<0, "destination memory">, Imm<1,
      "source memory">], [DupAt]>;
def : BulkEvent<228, MemoryFill, [Imm<0, "memory index">], [DupAt]>;
def : Event<229, DataDrop, [Imm<0, "data segment index">]>;
def : Event<230, ElemDrop, [Imm<0, "element segment index">]>;
def
    : BulkEvent<231, TableCopy, [Imm<0, "destination table">, Imm<1,
      "source table">]>;
def
    : BulkEvent<232, TableInit, [Imm<0, "element segment index">, Imm<1,
      "table index">]>;
def : Event<233, TableFill, [ArgN, Imm<0, "table index">]>;
def
    : Event<234, TableGet, !listconcat([Arg<0, I32Bound>, Imm<0,
      "table index">, ResN], SlotNames), [ResolveFuncref]>;
def : Event<235, TableSet, [ArgN, Imm<0, "table index">, LookbackResolvedFid]>;
def : Event<236, TableGrow, [ArgN, Imm<0, "table index">, ResN]>;
def : Event<237, TableSize, [Imm<0, "table index">, ResN]>;
def : WaitEvent<238, MemoryAtomicNotify, [Arg<0, I32Bound>], 1>;
def
    : WaitEvent<239, MemoryAtomicWait32, [Arg<0, I64Bound>, Arg<1, I32Bound>],
      2>;
def
    : WaitEvent<240, MemoryAtomicWait64, [Arg<0, I64Bound>, Arg<1, I64Bound>],
      2>;
def : Event<241, AtomicFence>;
def : LoadEvent<242, I32AtomicLoad, I32Bound>;
def : LoadEvent<243, I64AtomicLoad, I64Bound>;
def : LoadEvent<244, I32AtomicLoad8U, I32Bound>;
def : LoadEvent<245, I32AtomicLoad16U, I32Bound>;
def : LoadEvent<246, I64AtomicLoad8U, I64Bound>;
def : LoadEvent<247, I64AtomicLoad16U, I64Bound>;
def : LoadEvent<248, I64AtomicLoad32U, I64Bound>;
def : StoreEvent<249, I32AtomicStore, I32Bound>;
def : StoreEvent<250, I32AtomicStore8, I32Bound>;
def : StoreEvent<251, I32AtomicStore16, I32Bound>;
def : StoreEvent<252, I64AtomicStore, I64Bound>;
def : StoreEvent<253, I64AtomicStore8, I64Bound>;
def : StoreEvent<254, I64AtomicStore16, I64Bound>;
def : StoreEvent<255, I64AtomicStore32, I64Bound>;
def : RmwEvent<256, I32AtomicRmwAdd, I32Bound>;
def : RmwEvent<257, I32AtomicRmw8AddU, I32Bound>;
def : RmwEvent<258, I32AtomicRmw16AddU, I32Bound>;
def : RmwEvent<259, I64AtomicRmwAdd, I64Bound>;
def : RmwEvent<260, I64AtomicRmw8AddU, I64Bound>;
def : RmwEvent<261, I64AtomicRmw16AddU, I64Bound>;
def : RmwEvent<262, I64AtomicRmw32AddU, I64Bound>;
def : RmwEvent<263, I32AtomicRmwSub, I32Bound>;
def : RmwEvent<264, I32AtomicRmw8SubU, I32Bound>;
def : RmwEvent<265, I32AtomicRmw16SubU, I32Bound>;
def : RmwEvent<266, I64AtomicRmwSub, I64Bound>;
def : RmwEvent<267, I64AtomicRmw8SubU, I64Bound>;
def : RmwEvent<268, I64AtomicRmw16SubU, I64Bound>;
def : RmwEvent<269, I64AtomicRmw32SubU, I64Bound>;
def : RmwEvent<270, I32AtomicRmwAnd, I32Bound>;
def : RmwEvent<271, I32AtomicRmw8AndU, I32Bound>;
def : RmwEvent<272, I32AtomicRmw16AndU, I32Bound>;
def : RmwEvent<273, I64AtomicRmwAnd, I64Bound>;
def : RmwEvent<274, I64AtomicRmw8AndU, I64Bound>;
def : RmwEvent<275, I64AtomicRmw16AndU, I64Bound>;
def : RmwEvent<276, I64AtomicRmw32AndU, I64Bound>;
def : RmwEvent<277, I32AtomicRmwOr, I32Bound>;
def : RmwEvent<278, I32AtomicRmw8OrU, I32Bound>;
def : RmwEvent<279, I32AtomicRmw16OrU, I32Bound>;
def : RmwEvent<280, I64AtomicRmwOr, I64Bound>;
def : RmwEvent<281, I64AtomicRmw8OrU, I64Bound>;
def : RmwEvent<282, I64AtomicRmw16OrU, I64Bound>;
def : RmwEvent<283, I64AtomicRmw32OrU, I64Bound>;
def : RmwEvent<284, I32AtomicRmwXor, I32Bound>;
def : RmwEvent<285, I32AtomicRmw8XorU, I32Bound>;
def : RmwEvent<286, I32AtomicRmw16XorU, I32Bound>;
def : RmwEvent<287, I64AtomicRmwXor, I64Bound>;
def : RmwEvent<288, I64AtomicRmw8XorU, I64Bound>;
def : RmwEvent<289, I64AtomicRmw16XorU, I64Bound>;
def : RmwEvent<290, I64AtomicRmw32XorU, I64Bound>;
def : RmwEvent<291, I32AtomicRmwXchg, I32Bound>;
def : RmwEvent<292, I32AtomicRmw8XchgU, I32Bound>;
def : RmwEvent<293, I32AtomicRmw16XchgU, I32Bound>;
def : RmwEvent<294, I64AtomicRmwXchg, I64Bound>;
def : RmwEvent<295, I64AtomicRmw8XchgU, I64Bound>;
def : RmwEvent<296, I64AtomicRmw16XchgU, I64Bound>;
def : RmwEvent<297, I64AtomicRmw32XchgU, I64Bound>;
def : CmpxchgEvent<298, I32AtomicRmwCmpxchg, I32Bound>;
def : CmpxchgEvent<299, I32AtomicRmw8CmpxchgU, I32Bound>;
def : CmpxchgEvent<300, I32AtomicRmw16CmpxchgU, I32Bound>;
def : CmpxchgEvent<301, I64AtomicRmwCmpxchg, I64Bound>;
def : CmpxchgEvent<302, I64AtomicRmw8CmpxchgU, I64Bound>;
def : CmpxchgEvent<303, I64AtomicRmw16CmpxchgU, I64Bound>;
def : CmpxchgEvent<304, I64AtomicRmw32CmpxchgU, I64Bound>;
def
    : Event<305, CallRef, [ArgN, Imm<0, "type index">, ResN,
      LookbackResolvedFid]>;
def
    : Event<306, ReturnCallRef, [ArgN, Imm<0, "type index">,
      LookbackResolvedFid]>;
def : Event<307, RefAsNonNull, [ArgN, ResN]>;
def : Event<308, BrOnNull, [ArgN, Imm<0, "label depth">, ResN]>;
def : Event<309, BrOnNonNull, [ArgN, Imm<0, "label depth">, ResN]>;

#endif // WHAMM_WASM_EVENTS
