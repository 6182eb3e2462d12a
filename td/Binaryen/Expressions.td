//===- Expressions.td - Children of Binaryen's expressions -*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// Every kind of expression that Binaryen's C API (`wasm-delegations.def`) knows
// from version 108 on: which accessors reach its children, in evaluation order,
// and which reach the labels it defines or branches to. Accessor names are the
// part behind `Binaryen<Kind>Get` and `Binaryen<Kind>Set`. Generates the tables
// of lib/Target/Rewrite/Binaryen/Expressions.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_BINARYEN_EXPRESSIONS
#define WHAMM_BINARYEN_EXPRESSIONS

/// One child: `Get<name>(e)`, `Set<name>(e, child)`. An optional child may be
/// null.
class Child<string accessor, bit isOptional = 0> {
  string Accessor = accessor;
  bit Optional = isOptional;
  bit List = 0;
}
class OptChild<string accessor> : Child<accessor, 1>;

/// A list of children: `GetNum<plural>(e)`, `Get<singular>At(e, i)`,
/// `Set<singular>At(e, i, child)`.
class Children<string plural, string singular> : Child<singular> {
  string Plural = plural;
  let List = 1;
}

/// A label that the expression defines (`def`) or branches to.
class Label<string accessor, bit isDefinition> {
  string Accessor = accessor;
  bit Definition = isDefinition;
  bit List = 0;
}
class Defines<string accessor> : Label<accessor, 1>;
class Targets<string accessor> : Label<accessor, 0>;
class TargetList<string plural, string singular> : Label<singular, 0> {
  string Plural = plural;
  let List = 1;
}

/// A kind of expression, present in versions `since` to `until` (inclusive).
class Expression<list<Child> children = [], list<Label> labels = []> {
  list<Child> ChildList = children;
  list<Label> LabelList = labels;
  int Since = 108;
  int Until = 0; // 0: still present
  /// The C API cannot reach all children or labels: code that walks
  /// expressions leaves the enclosing function alone.
  bit Opaque = 0;
}
class OpaqueExpression : Expression<> {
  let Opaque = 1;
}

// Control flow.
def Nop : Expression;
def Block : Expression<[Children<"Children", "Child">], [Defines<"Name">]>;
def If : Expression<[Child<"Condition">, Child<"IfTrue">, OptChild<"IfFalse">]>;
def Loop : Expression<[Child<"Body">], [Defines<"Name">]>;
def Break : Expression<[OptChild<"Value">, OptChild<"Condition">],
                       [Targets<"Name">]>;
def Switch : Expression<[OptChild<"Value">, Child<"Condition">],
                        [TargetList<"Names", "Name">, Targets<"DefaultName">]>;
def Call : Expression<[Children<"Operands", "Operand">]>;
def CallIndirect : Expression<[Children<"Operands", "Operand">,
                               Child<"Target">]>;
def Return : Expression<[OptChild<"Value">]>;
def Unreachable : Expression;
def Select : Expression<[Child<"IfTrue">, Child<"IfFalse">,
                         Child<"Condition">]>;
def Drop : Expression<[Child<"Value">]>;
def Pop : Expression;

// Variables.
def LocalGet : Expression;
def LocalSet : Expression<[Child<"Value">]>;
def GlobalGet : Expression;
def GlobalSet : Expression<[Child<"Value">]>;

// Memory.
def Load : Expression<[Child<"Ptr">]>;
def Store : Expression<[Child<"Ptr">, Child<"Value">]>;
def MemorySize : Expression;
def MemoryGrow : Expression<[Child<"Delta">]>;
def MemoryInit : Expression<[Child<"Dest">, Child<"Offset">, Child<"Size">]>;
def DataDrop : Expression;
def MemoryCopy : Expression<[Child<"Dest">, Child<"Source">, Child<"Size">]>;
def MemoryFill : Expression<[Child<"Dest">, Child<"Value">, Child<"Size">]>;

// Threads.
def AtomicRMW : Expression<[Child<"Ptr">, Child<"Value">]>;
def AtomicCmpxchg : Expression<[Child<"Ptr">, Child<"Expected">,
                                Child<"Replacement">]>;
def AtomicWait : Expression<[Child<"Ptr">, Child<"Expected">,
                             Child<"Timeout">]>;
def AtomicNotify : Expression<[Child<"Ptr">, Child<"NotifyCount">]>;
def AtomicFence : Expression;

// Numbers.
def Const : Expression;
def Unary : Expression<[Child<"Value">]>;
def Binary : Expression<[Child<"Left">, Child<"Right">]>;

// Vectors.
def SIMDExtract : Expression<[Child<"Vec">]>;
def SIMDReplace : Expression<[Child<"Vec">, Child<"Value">]>;
def SIMDShuffle : Expression<[Child<"Left">, Child<"Right">]>;
def SIMDTernary : Expression<[Child<"A">, Child<"B">, Child<"C">]>;
def SIMDShift : Expression<[Child<"Vec">, Child<"Shift">]>;
def SIMDLoad : Expression<[Child<"Ptr">]>;
def SIMDLoadStoreLane : Expression<[Child<"Ptr">, Child<"Vec">]>;

// References and tables.
def RefNull : Expression;
def RefFunc : Expression;
def RefEq : Expression<[Child<"Left">, Child<"Right">]>;
let Until = 111 in
def RefIs : Expression<[Child<"Value">]>;
let Since = 112 in
def RefIsNull : Expression<[Child<"Value">]>;
def RefAs : Expression<[Child<"Value">]>;
def TableGet : Expression<[Child<"Index">]>;
def TableSet : Expression<[Child<"Index">, Child<"Value">]>;
def TableSize : Expression;
def TableGrow : Expression<[Child<"Value">, Child<"Delta">]>;

// Exceptions.
def Try : Expression<[Child<"Body">, Children<"CatchBodies", "CatchBody">],
                     [Defines<"Name">, Targets<"DelegateTarget">]>;
def Throw : Expression<[Children<"Operands", "Operand">]>;
def Rethrow : Expression<[], [Targets<"Target">]>;

// Tuples: how Binaryen represents several values.
def TupleMake : Expression<[Children<"Operands", "Operand">]>;
def TupleExtract : Expression<[Child<"Tuple">]>;

// Garbage collection: in version 108 without accessors.
let Until = 115 in
def I31New : Expression<[Child<"Value">]>;
let Since = 116 in
def RefI31 : Expression<[Child<"Value">]>;
def I31Get : Expression<[Child<"I31">]>;
foreach kind = ["CallRef", "RefTest", "RefCast", "BrOn", "StructNew",
                "StructGet", "StructSet", "ArrayNew", "ArrayGet", "ArraySet",
                "ArrayLen", "ArrayCopy"] in
def kind : OpaqueExpression;
// Gone with the isorecursive type system, or renamed to ArrayNewFixed.
let Until = 109 in {
def RttCanon : OpaqueExpression;
def RttSub : OpaqueExpression;
}
let Until = 112 in
def ArrayInit : OpaqueExpression;

// Younger kinds are looked up by what the header offers, not by version: they
// are absent from this table and so unknown, which has the same effect as
// Opaque.

#endif // WHAMM_BINARYEN_EXPRESSIONS
