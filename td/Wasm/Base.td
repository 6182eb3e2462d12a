//===- Base.td - Classes of the fact tables ----------------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// The vocabulary in which Opcodes.td and Events.td state facts. Record names
// are the enumerators of the generated C++ enums.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_BASE
#define WHAMM_WASM_BASE

//===----------------------------------------------------------------------===//
// Immediates
//===----------------------------------------------------------------------===//

// One immediate of an instruction. Not every value of a `checked` one is valid.
class ImmSlot<bit isChecked> {
  bit checked = isChecked;
}
def ImmLabel : ImmSlot<1>;
def ImmFunc : ImmSlot<1>;
def ImmType : ImmSlot<1>;
def ImmTable : ImmSlot<1>;
def ImmMemory : ImmSlot<1>;
def ImmGlobal : ImmSlot<1>;
def ImmLocal : ImmSlot<1>;
def ImmTag : ImmSlot<1>;
def ImmData : ImmSlot<1>;
def ImmElem : ImmSlot<1>;
def ImmField : ImmSlot<1>;
def ImmCount : ImmSlot<1>;
def ImmLane : ImmSlot<1>;
def ImmBlockType : ImmSlot<1>;
def ImmMemArg : ImmSlot<1>;
def ImmI32 : ImmSlot<0>;
def ImmI64 : ImmSlot<0>;
def ImmF32 : ImmSlot<0>;
def ImmF64 : ImmSlot<0>;
def ImmV128 : ImmSlot<0>;
def ImmShuffle : ImmSlot<1>;
def ImmHeapType : ImmSlot<1>;
def ImmCastTypes : ImmSlot<1>; // flags byte, label, two heap types
def ImmLabels : ImmSlot<1>;    // br_table
def ImmValTypes : ImmSlot<1>;  // typed select
def ImmCatches : ImmSlot<1>;   // try_table
def ImmZeroByte : ImmSlot<0>;  // atomic.fence

// The immediates of an instruction as a whole: one case of the decoder.
class ImmForm<list<ImmSlot> theSlots> {
  list<ImmSlot> slots = theSlots;
}
def NoImm : ImmForm<[]>;
def Label : ImmForm<[ImmLabel]>;
def Func : ImmForm<[ImmFunc]>;
def Type : ImmForm<[ImmType]>;
def Table : ImmForm<[ImmTable]>;
def Memory : ImmForm<[ImmMemory]>;
def Global : ImmForm<[ImmGlobal]>;
def Local : ImmForm<[ImmLocal]>;
def Tag : ImmForm<[ImmTag]>;
def Data : ImmForm<[ImmData]>;
def Elem : ImmForm<[ImmElem]>;
def TypeTable : ImmForm<[ImmType, ImmTable]>;
def TypeField : ImmForm<[ImmType, ImmField]>;
def TypeCount : ImmForm<[ImmType, ImmCount]>;
def TypeData : ImmForm<[ImmType, ImmData]>;
def TypeElem : ImmForm<[ImmType, ImmElem]>;
def TypeType : ImmForm<[ImmType, ImmType]>;
def TableTable : ImmForm<[ImmTable, ImmTable]>;
def ElemTable : ImmForm<[ImmElem, ImmTable]>;
def DataMemory : ImmForm<[ImmData, ImmMemory]>;
def MemoryMemory : ImmForm<[ImmMemory, ImmMemory]>;
def MemAccess : ImmForm<[ImmMemArg]>;
def MemAccessLane : ImmForm<[ImmMemArg, ImmLane]>;
def Lane : ImmForm<[ImmLane]>;
def Shuffle : ImmForm<[ImmShuffle]>;
def BlockSig : ImmForm<[ImmBlockType]>;
def BlockSigCatches : ImmForm<[ImmBlockType, ImmCatches]>;
def LabelTable : ImmForm<[ImmLabels]>;
def SelectTypes : ImmForm<[ImmValTypes]>;
def HeapRef : ImmForm<[ImmHeapType]>;
def CastBranch : ImmForm<[ImmCastTypes]>;
def ConstI32 : ImmForm<[ImmI32]>;
def ConstI64 : ImmForm<[ImmI64]>;
def ConstF32 : ImmForm<[ImmF32]>;
def ConstF64 : ImmForm<[ImmF64]>;
def ConstV128 : ImmForm<[ImmV128]>;
def ZeroByte : ImmForm<[ImmZeroByte]>;

//===----------------------------------------------------------------------===//
// Stack types and typing rules
//===----------------------------------------------------------------------===//

// The type of an operand or result: a value type, or one that follows from an
// immediate and the module.
class StackType<string theText> {
  string text = theText;
}
class ValueType<int theKind, string text> : StackType<text> {
  int kind = theKind;
}
def I32 : ValueType<1, "i32">;
def I64 : ValueType<2, "i64">;
def F32 : ValueType<3, "f32">;
def F64 : ValueType<4, "f64">;
def V128 : ValueType<5, "v128">;
def Addr : StackType<"address of memory 1">;
def Addr2 : StackType<"address of memory 2">;
def AddrMin : StackType<"narrower address of both memories">;
def TableAddr : StackType<"index of table 1">;
def TableAddr2 : StackType<"index of table 2">;
def TableAddrMin : StackType<"narrower index of both tables">;
def TableElem : StackType<"table element">;
def LocalType : StackType<"local type">;
def GlobalType : StackType<"global type">;
def TypeRef : StackType<"(ref type)">;
def TypeRefNull : StackType<"(ref null type)">;
def TypeRefNull2 : StackType<"(ref null type 2)">;
def FieldType : StackType<"field type">;
def ElemType : StackType<"element type">;
def EqRefNull : StackType<"eqref">;
def I31Ref : StackType<"(ref i31)">;
def I31RefNull : StackType<"i31ref">;
def ArrayRefNull : StackType<"arrayref">;
def ExnRefNull : StackType<"exnref">;

// How operands and results follow from the context. `Fixed` is the rule of
// all opcodes whose operand and result lists say it.
class TypeRule<string theText> {
  string text = theText;
}
def Fixed : TypeRule<"as listed">;
def RuleUnreachable : TypeRule<"[] -> [t*], polymorphic">;
def RuleBlock : TypeRule<"[block parameters] -> [], opens a frame">;
def RuleIf : TypeRule<"[block parameters, i32] -> [], opens a frame">;
def RuleElse : TypeRule<"[block results] -> [block parameters]">;
def RuleCatch : TypeRule<"[block results] -> [tag parameters]">;
def RuleEnd : TypeRule<"[block results] -> [block results], closes a frame">;
def RuleDelegate : TypeRule<"as end">;
def RuleThrow : TypeRule<"[tag parameters] -> [t*], polymorphic">;
def RuleThrowRef : TypeRule<"[exnref] -> [t*], polymorphic">;
def RuleRethrow : TypeRule<"[] -> [t*], polymorphic">;
def RuleBr : TypeRule<"[label types] -> [t*], polymorphic">;
def RuleBrIf : TypeRule<"[label types, i32] -> [label types]">;
def RuleBrTable : TypeRule<"[label types, i32] -> [t*], polymorphic">;
def RuleReturn : TypeRule<"[function results] -> [t*], polymorphic">;
def RuleCall : TypeRule<"[parameters] -> [results]">;
def RuleCallIndirect : TypeRule<"[parameters, index] -> [results]">;
def RuleCallRef : TypeRule<"[parameters, (ref null type)] -> [results]">;
def RuleDrop : TypeRule<"[t] -> []">;
def RuleSelect : TypeRule<"[t, t, i32] -> [t], t not a reference">;
def RuleSelectTyped : TypeRule<"[t, t, i32] -> [t]">;
def RuleRefNull : TypeRule<"[] -> [(ref null ht)]">;
def RuleRefIsNull : TypeRule<"[(ref null ht)] -> [i32]">;
def RuleRefFunc : TypeRule<"[] -> [(ref type of function)]">;
def RuleRefAsNonNull : TypeRule<"[(ref null ht)] -> [(ref ht)]">;
def RuleRefTest : TypeRule<"[supertype of rt] -> [i32]">;
def RuleRefCast : TypeRule<"[supertype of rt] -> [rt]">;
def RuleBrOnNull
    : TypeRule<"[label types, (ref null ht)] -> [label types, (ref ht)]">;
def RuleBrOnNonNull
    : TypeRule<"[t*, (ref null ht)] -> [t*], label types are [t*, (ref ht)]">;
def RuleBrOnCast
    : TypeRule<"[t*, rt1] -> [t*, rt1 \\ rt2], label types are [t*, rt2]">;
def RuleBrOnCastFail
    : TypeRule<"[t*, rt1] -> [t*, rt2], label types are [t*, rt1 \\ rt2]">;
def RuleStructNew : TypeRule<"[field types] -> [(ref type)]">;
def RuleArrayNewFixed : TypeRule<"[element type, n times] -> [(ref type)]">;
def RuleConvertRef
    : TypeRule<"[(ref null? any or extern)] -> the other, nullability kept">;

//===----------------------------------------------------------------------===//
// Opcodes
//===----------------------------------------------------------------------===//

class Category<int theId, string theName> {
  int id = theId;
  string name = theName;
}
def Arith : Category<0, "arith">;
def Atomic : Category<1, "atomic">;
def Compare : Category<2, "compare">;
def Const : Category<3, "const">;
def Control : Category<4, "control">;
def Convert : Category<5, "convert">;
def Exn : Category<6, "exn">;
def Gc : Category<7, "gc">;
def GlobalAccess : Category<8, "global">;
def Load : Category<9, "load">;
def LocalAccess : Category<10, "local">;
def MemoryAccess : Category<11, "memory">;
def Misc : Category<12, "misc">;
def Ref : Category<13, "ref">;
def Simd : Category<14, "simd">;
def Store : Category<15, "store">;
def TableAccess : Category<16, "table">;

class Proposal<string theName> {
  string name = theName;
}
def Mvp : Proposal<"mvp">;
def SignExtension : Proposal<"sign-extension">;
def SaturatingConversion : Proposal<"nontrapping-float-to-int">;
def BulkMemory : Proposal<"bulk-memory">;
def ReferenceTypes : Proposal<"reference-types">;
def SimdProposal : Proposal<"simd">;
def RelaxedSimd : Proposal<"relaxed-simd">;
def Threads : Proposal<"threads">;
def TailCall : Proposal<"tail-call">;
def ExceptionHandling : Proposal<"exception-handling">;
def LegacyExceptions : Proposal<"legacy-exceptions">;
def FunctionReferences : Proposal<"function-references">;
def GarbageCollection : Proposal<"gc">;

// An instruction. Operands and results are listed bottom of the stack first.
class Opcode<string theMnemonic, int theOpcode, ImmForm form, Category cat,
             list<StackType> ins = [], list<StackType> outs = [],
             TypeRule typing = Fixed> {
  string mnemonic = theMnemonic;
  // The name in rules of monitors for engines; empty where there is none.
  string engineMnemonic = theMnemonic;
  int prefix = 0;      // the prefix byte, 0 for single-byte opcodes
  int opcode = theOpcode; // the byte, or the number behind the prefix
  ImmForm immediates = form;
  Category category = cat;
  list<StackType> operands = ins;
  list<StackType> results = outs;
  TypeRule rule = typing;
  int accessBytes = 0; // bytes of memory that a load or store touches
  int lanes = 0;       // number of lanes, for the check of lane immediates
  bit writesMemory = 0; // the access includes a write
  bit mayTrap = 0;
  bit endsBlock = 0;   // always the last of a basic block
  bit isTerminator = 0; // control never falls through
  bit isBlockLike = 0; // opens a construct that a matching `end` closes
  Proposal proposal = Mvp;
}

//===----------------------------------------------------------------------===//
// Events
//===----------------------------------------------------------------------===//

// A type that a bound name can have. Enumerators of BoundType are these names
// without the suffix.
class BoundType<string theEnumerator, string theText> {
  string enumerator = theEnumerator;
  string text = theText;
}
def UnknownBound : BoundType<"Unknown", "unknown">;
def U8Bound : BoundType<"U8", "u8">;
def I8Bound : BoundType<"I8", "i8">;
def U16Bound : BoundType<"U16", "u16">;
def I16Bound : BoundType<"I16", "i16">;
def U32Bound : BoundType<"U32", "u32">;
def I32Bound : BoundType<"I32", "i32">;
def U64Bound : BoundType<"U64", "u64">;
def I64Bound : BoundType<"I64", "i64">;
def F32Bound : BoundType<"F32", "f32">;
def F64Bound : BoundType<"F64", "f64">;
def BoolBound : BoundType<"Bool", "bool">;
def StrBound : BoundType<"Str", "str">;
def FuncRefBound : BoundType<"FuncRef", "funcref">;
def MapU32U32Bound : BoundType<"MapU32U32", "map<u32,u32>">;

// A bound variable. `source` is an enumerator of BoundSource; `index` is the N
// of an operand, result, local or immediate, -1 for a family.
class BoundVar<string theName, BoundType theType, string theSource,
               string theDescription, bit isDynamic = 0, int theIndex = 0,
               bit isLiteral = 0> {
  string name = theName;
  BoundType type = theType;
  string source = theSource;
  string description = theDescription;
  bit dynamic = isDynamic;
  int index = theIndex;
  bit literal = isLiteral;
  // The expression of a computed variable, in the script language.
  string derivation = "";
}

// A bound function. Those with `everywhere` need no event.
class BoundFn<string theName, string theSignature, string theDescription> {
  string name = theName;
  string signature = theSignature;
  string description = theDescription;
}

class Mode<string theName, string theDescription> {
  string name = theName;
  string description = theDescription;
}

class Package<string theName, string theDescription,
              list<BoundVar> theVars = []> {
  string name = theName;
  string description = theDescription;
  list<BoundVar> vars = theVars;
}

// Something that a probe can match. `index` orders the events of a package.
class AnyEvent<int theIndex, Package thePackage, string theName,
               list<BoundVar> theVars, list<BoundFn> theFns,
               list<Mode> theModes> {
  int index = theIndex;
  Package package = thePackage;
  string name = theName;
  list<BoundVar> vars = theVars;
  list<BoundFn> functions = theFns;
  list<Mode> modes = theModes;
  string description = "";
}

#endif // WHAMM_WASM_BASE
