//===- Opcodes.td - The WebAssembly 3.0 instructions -------*- tablegen -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// Every instruction of WebAssembly 3.0 (core specification 5.4), the threads
// proposal and the legacy exception instructions, each once.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_OPCODES
#define WHAMM_WASM_OPCODES

include "Wasm/Base.td"

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

class Unary<string m, int op, StackType t, Category cat = Arith>
    : Opcode<m, op, NoImm, cat, [t], [t]>;
class Binary<string m, int op, StackType t>
    : Opcode<m, op, NoImm, Arith, [t, t], [t]>;
// Integer division and remainder.
class Division<string m, int op, StackType t> : Binary<m, op, t> {
  let mayTrap = 1;
}
class Test<string m, int op, StackType t>
    : Opcode<m, op, NoImm, Compare, [t], [I32]>;
class Relation<string m, int op, StackType t>
    : Opcode<m, op, NoImm, Compare, [t, t], [I32]>;
class Conversion<string m, int op, StackType from, StackType to>
    : Opcode<m, op, NoImm, Convert, [from], [to]>;
class TrappingConversion<string m, int op, StackType from, StackType to>
    : Conversion<m, op, from, to> {
  let mayTrap = 1;
}

class LoadOf<string m, int op, StackType t, int bytes>
    : Opcode<m, op, MemAccess, Load, [Addr], [t]> {
  let accessBytes = bytes;
  let mayTrap = 1;
}
class StoreOf<string m, int op, StackType t, int bytes>
    : Opcode<m, op, MemAccess, Store, [Addr, t], []> {
  let accessBytes = bytes;
  let writesMemory = 1;
  let mayTrap = 1;
}

// Control never continues behind these.
class Terminator<string m, int op, ImmForm form, Category cat,
                 list<StackType> ins, TypeRule rule>
    : Opcode<m, op, form, cat, ins, [], rule> {
  let endsBlock = 1;
  let isTerminator = 1;
}
// Branches that may fall through, and the middle parts of constructs.
class BlockEnding<string m, int op, ImmForm form, TypeRule rule>
    : Opcode<m, op, form, Control, [], [], rule> {
  let endsBlock = 1;
}
class Opener<string m, int op, ImmForm form, Category cat, TypeRule rule>
    : Opcode<m, op, form, cat, [], [], rule> {
  let isBlockLike = 1;
}
class Trapping<string m, int op, ImmForm form, Category cat,
               list<StackType> ins, list<StackType> outs = [],
               TypeRule rule = Fixed>
    : Opcode<m, op, form, cat, ins, outs, rule> {
  let mayTrap = 1;
}

class AtomicAccess<string m, int op, list<StackType> ins,
                   list<StackType> outs, int bytes, bit writes = 1>
    : Opcode<m, op, MemAccess, Atomic, ins, outs> {
  let accessBytes = bytes;
  let writesMemory = writes;
  let mayTrap = 1;
}
class AtomicLoad<string m, int op, StackType t, int bytes>
    : AtomicAccess<m, op, [Addr], [t], bytes, 0>;
class AtomicStore<string m, int op, StackType t, int bytes>
    : AtomicAccess<m, op, [Addr, t], [], bytes>;
class AtomicRmw<string m, int op, StackType t, int bytes>
    : AtomicAccess<m, op, [Addr, t], [t], bytes>;
class AtomicCmpxchg<string m, int op, StackType t, int bytes>
    : AtomicAccess<m, op, [Addr, t, t], [t], bytes>;

class SimdOp<string m, int op, list<StackType> ins, StackType result,
             ImmForm form = NoImm> : Opcode<m, op, form, Simd, ins, [result]>;
class SimdUnary<string m, int op> : SimdOp<m, op, [V128], V128>;
class SimdBinary<string m, int op> : SimdOp<m, op, [V128, V128], V128>;
class SimdTernary<string m, int op>
    : SimdOp<m, op, [V128, V128, V128], V128>;
class SimdShift<string m, int op> : SimdOp<m, op, [V128, I32], V128>;
class SimdTest<string m, int op> : SimdOp<m, op, [V128], I32>;
class SimdSplat<string m, int op, StackType t> : SimdOp<m, op, [t], V128>;
class SimdExtract<string m, int op, StackType t, int count>
    : SimdOp<m, op, [V128], t, Lane> {
  let lanes = count;
}
class SimdReplace<string m, int op, StackType t, int count>
    : SimdOp<m, op, [V128, t], V128, Lane> {
  let lanes = count;
}
class SimdAccess<string m, int op, ImmForm form, list<StackType> ins,
                 list<StackType> outs, int bytes>
    : Opcode<m, op, form, Simd, ins, outs> {
  let accessBytes = bytes;
  let mayTrap = 1;
}
class SimdLoad<string m, int op, int bytes>
    : SimdAccess<m, op, MemAccess, [Addr], [V128], bytes>;
class SimdLoadLane<string m, int op, int bytes>
    : SimdAccess<m, op, MemAccessLane, [Addr, V128], [V128], bytes> {
  let lanes = !div(16, bytes);
}
class SimdStoreLane<string m, int op, int bytes>
    : SimdAccess<m, op, MemAccessLane, [Addr, V128], [], bytes> {
  let lanes = !div(16, bytes);
  let writesMemory = 1;
}

//===----------------------------------------------------------------------===//
// Control
//===----------------------------------------------------------------------===//

let mayTrap = 1 in
def Unreachable : Terminator<"unreachable", 0x00, NoImm, Misc, [],
                             RuleUnreachable>;
def Nop : Opcode<"nop", 0x01, NoImm, Misc>;
def Block : Opener<"block", 0x02, BlockSig, Control, RuleBlock>;
let endsBlock = 1 in {
def Loop : Opener<"loop", 0x03, BlockSig, Control, RuleBlock>;
def If : Opener<"if", 0x04, BlockSig, Control, RuleIf>;
} // endsBlock
def Else : BlockEnding<"else", 0x05, NoImm, RuleElse>;
// Ends a basic block where something branches to it; see Blocks.h.
def End : Opcode<"end", 0x0B, NoImm, Control, [], [], RuleEnd>;
def Br : Terminator<"br", 0x0C, Label, Control, [], RuleBr>;
def BrIf : BlockEnding<"br_if", 0x0D, Label, RuleBrIf>;
def BrTable : Terminator<"br_table", 0x0E, LabelTable, Control, [],
                         RuleBrTable>;
def Return : Terminator<"return", 0x0F, NoImm, Control, [], RuleReturn>;
def Call : Opcode<"call", 0x10, Func, Control, [], [], RuleCall>;
def CallIndirect : Trapping<"call_indirect", 0x11, TypeTable, Control, [], [],
                            RuleCallIndirect>;

let proposal = TailCall in {
def ReturnCall : Terminator<"return_call", 0x12, Func, Control, [], RuleCall>;
let mayTrap = 1 in
def ReturnCallIndirect : Terminator<"return_call_indirect", 0x13, TypeTable,
                                    Control, [], RuleCallIndirect>;
} // proposal

let proposal = FunctionReferences in {
def CallRef : Trapping<"call_ref", 0x14, Type, Control, [], [], RuleCallRef>;
let mayTrap = 1 in
def ReturnCallRef : Terminator<"return_call_ref", 0x15, Type, Control, [],
                               RuleCallRef>;
def RefAsNonNull : Trapping<"ref.as_non_null", 0xD4, NoImm, Convert, [], [],
                            RuleRefAsNonNull>;
def BrOnNull : BlockEnding<"br_on_null", 0xD5, Label, RuleBrOnNull>;
def BrOnNonNull : BlockEnding<"br_on_non_null", 0xD6, Label, RuleBrOnNonNull>;
} // proposal

let proposal = ExceptionHandling in {
def Throw : Terminator<"throw", 0x08, Tag, Exn, [], RuleThrow>;
let mayTrap = 1 in
def ThrowRef : Terminator<"throw_ref", 0x0A, NoImm, Exn, [], RuleThrowRef>;
def TryTable : Opener<"try_table", 0x1F, BlockSigCatches, TableAccess,
                      RuleBlock>;
} // proposal

// `catch` and `catch_all` separate the arms of a `try` as `else` does;
// `delegate` closes it.
let proposal = LegacyExceptions in {
def Try : Opener<"try", 0x06, BlockSig, Exn, RuleBlock>;
let category = Exn in {
def Catch : BlockEnding<"catch", 0x07, Tag, RuleCatch>;
def CatchAll : BlockEnding<"catch_all", 0x19, NoImm, RuleCatch>;
def Delegate : BlockEnding<"delegate", 0x18, Label, RuleDelegate>;
} // category
def Rethrow : Terminator<"rethrow", 0x09, Label, Exn, [], RuleRethrow>;
} // proposal

//===----------------------------------------------------------------------===//
// Variables and parametric instructions
//===----------------------------------------------------------------------===//

def Drop : Opcode<"drop", 0x1A, NoImm, Misc, [], [], RuleDrop>;
def Select : Opcode<"select", 0x1B, NoImm, Control, [], [], RuleSelect>;
let proposal = ReferenceTypes in
def TypedSelect : Opcode<"select", 0x1C, SelectTypes, Control, [], [],
                         RuleSelectTyped> {
  let engineMnemonic = "";
}
def LocalGet : Opcode<"local.get", 0x20, Local, LocalAccess, [], [LocalType]>;
def LocalSet : Opcode<"local.set", 0x21, Local, LocalAccess, [LocalType], []>;
def LocalTee : Opcode<"local.tee", 0x22, Local, LocalAccess, [LocalType],
                      [LocalType]>;
def GlobalGet : Opcode<"global.get", 0x23, Global, GlobalAccess, [],
                       [GlobalType]>;
def GlobalSet : Opcode<"global.set", 0x24, Global, GlobalAccess, [GlobalType],
                       []>;

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

let proposal = ReferenceTypes in {
def TableGet : Trapping<"table.get", 0x25, Table, TableAccess, [TableAddr],
                        [TableElem]>;
def TableSet : Trapping<"table.set", 0x26, Table, TableAccess,
                        [TableAddr, TableElem]>;
let prefix = 0xFC in {
def TableGrow : Opcode<"table.grow", 0x0F, Table, TableAccess,
                       [TableElem, TableAddr], [TableAddr]>;
def TableSize : Opcode<"table.size", 0x10, Table, TableAccess, [],
                       [TableAddr]>;
def TableFill : Trapping<"table.fill", 0x11, Table, TableAccess,
                         [TableAddr, TableElem, TableAddr]>;
} // prefix
} // proposal

let prefix = 0xFC, proposal = BulkMemory in {
def TableInit : Trapping<"table.init", 0x0C, ElemTable, TableAccess,
                         [TableAddr, I32, I32]>;
def ElemDrop : Opcode<"elem.drop", 0x0D, Elem, TableAccess>;
def TableCopy : Trapping<"table.copy", 0x0E, TableTable, TableAccess,
                         [TableAddr, TableAddr2, TableAddrMin]>;
} // prefix, proposal

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

def I32Load : LoadOf<"i32.load", 0x28, I32, 4>;
def I64Load : LoadOf<"i64.load", 0x29, I64, 8>;
def F32Load : LoadOf<"f32.load", 0x2A, F32, 4>;
def F64Load : LoadOf<"f64.load", 0x2B, F64, 8>;
def I32Load8S : LoadOf<"i32.load8_s", 0x2C, I32, 1>;
def I32Load8U : LoadOf<"i32.load8_u", 0x2D, I32, 1>;
def I32Load16S : LoadOf<"i32.load16_s", 0x2E, I32, 2>;
def I32Load16U : LoadOf<"i32.load16_u", 0x2F, I32, 2>;
def I64Load8S : LoadOf<"i64.load8_s", 0x30, I64, 1>;
def I64Load8U : LoadOf<"i64.load8_u", 0x31, I64, 1>;
def I64Load16S : LoadOf<"i64.load16_s", 0x32, I64, 2>;
def I64Load16U : LoadOf<"i64.load16_u", 0x33, I64, 2>;
def I64Load32S : LoadOf<"i64.load32_s", 0x34, I64, 4>;
def I64Load32U : LoadOf<"i64.load32_u", 0x35, I64, 4>;
def I32Store : StoreOf<"i32.store", 0x36, I32, 4>;
def I64Store : StoreOf<"i64.store", 0x37, I64, 8>;
def F32Store : StoreOf<"f32.store", 0x38, F32, 4>;
def F64Store : StoreOf<"f64.store", 0x39, F64, 8>;
def I32Store8 : StoreOf<"i32.store8", 0x3A, I32, 1>;
def I32Store16 : StoreOf<"i32.store16", 0x3B, I32, 2>;
def I64Store8 : StoreOf<"i64.store8", 0x3C, I64, 1>;
def I64Store16 : StoreOf<"i64.store16", 0x3D, I64, 2>;
def I64Store32 : StoreOf<"i64.store32", 0x3E, I64, 4>;
def MemorySize : Opcode<"memory.size", 0x3F, Memory, MemoryAccess, [], [Addr]>;
def MemoryGrow : Opcode<"memory.grow", 0x40, Memory, MemoryAccess, [Addr],
                        [Addr]>;

let prefix = 0xFC, proposal = BulkMemory in {
def MemoryInit : Trapping<"memory.init", 0x08, DataMemory, MemoryAccess,
                          [Addr, I32, I32]>;
def DataDrop : Opcode<"data.drop", 0x09, Data, MemoryAccess>;
def MemoryCopy : Trapping<"memory.copy", 0x0A, MemoryMemory, MemoryAccess,
                          [Addr, Addr2, AddrMin]>;
def MemoryFill : Trapping<"memory.fill", 0x0B, Memory, MemoryAccess,
                          [Addr, I32, Addr]>;
} // prefix, proposal

//===----------------------------------------------------------------------===//
// Numeric instructions
//===----------------------------------------------------------------------===//

def I32Const : Opcode<"i32.const", 0x41, ConstI32, Const, [], [I32]>;
def I64Const : Opcode<"i64.const", 0x42, ConstI64, Const, [], [I64]>;
def F32Const : Opcode<"f32.const", 0x43, ConstF32, Const, [], [F32]>;
def F64Const : Opcode<"f64.const", 0x44, ConstF64, Const, [], [F64]>;

def I32Eqz : Test<"i32.eqz", 0x45, I32>;
def I32Eq : Relation<"i32.eq", 0x46, I32>;
def I32Ne : Relation<"i32.ne", 0x47, I32>;
def I32LtS : Relation<"i32.lt_s", 0x48, I32>;
def I32LtU : Relation<"i32.lt_u", 0x49, I32>;
def I32GtS : Relation<"i32.gt_s", 0x4A, I32>;
def I32GtU : Relation<"i32.gt_u", 0x4B, I32>;
def I32LeS : Relation<"i32.le_s", 0x4C, I32>;
def I32LeU : Relation<"i32.le_u", 0x4D, I32>;
def I32GeS : Relation<"i32.ge_s", 0x4E, I32>;
def I32GeU : Relation<"i32.ge_u", 0x4F, I32>;

def I64Eqz : Test<"i64.eqz", 0x50, I64>;
def I64Eq : Relation<"i64.eq", 0x51, I64>;
def I64Ne : Relation<"i64.ne", 0x52, I64>;
def I64LtS : Relation<"i64.lt_s", 0x53, I64>;
def I64LtU : Relation<"i64.lt_u", 0x54, I64>;
def I64GtS : Relation<"i64.gt_s", 0x55, I64>;
def I64GtU : Relation<"i64.gt_u", 0x56, I64>;
def I64LeS : Relation<"i64.le_s", 0x57, I64>;
def I64LeU : Relation<"i64.le_u", 0x58, I64>;
def I64GeS : Relation<"i64.ge_s", 0x59, I64>;
def I64GeU : Relation<"i64.ge_u", 0x5A, I64>;

def F32Eq : Relation<"f32.eq", 0x5B, F32>;
def F32Ne : Relation<"f32.ne", 0x5C, F32>;
def F32Lt : Relation<"f32.lt", 0x5D, F32>;
def F32Gt : Relation<"f32.gt", 0x5E, F32>;
def F32Le : Relation<"f32.le", 0x5F, F32>;
def F32Ge : Relation<"f32.ge", 0x60, F32>;

def F64Eq : Relation<"f64.eq", 0x61, F64>;
def F64Ne : Relation<"f64.ne", 0x62, F64>;
def F64Lt : Relation<"f64.lt", 0x63, F64>;
def F64Gt : Relation<"f64.gt", 0x64, F64>;
def F64Le : Relation<"f64.le", 0x65, F64>;
def F64Ge : Relation<"f64.ge", 0x66, F64>;

def I32Clz : Unary<"i32.clz", 0x67, I32>;
def I32Ctz : Unary<"i32.ctz", 0x68, I32>;
def I32Popcnt : Unary<"i32.popcnt", 0x69, I32>;
def I32Add : Binary<"i32.add", 0x6A, I32>;
def I32Sub : Binary<"i32.sub", 0x6B, I32>;
def I32Mul : Binary<"i32.mul", 0x6C, I32>;
def I32DivS : Division<"i32.div_s", 0x6D, I32>;
def I32DivU : Division<"i32.div_u", 0x6E, I32>;
def I32RemS : Division<"i32.rem_s", 0x6F, I32>;
def I32RemU : Division<"i32.rem_u", 0x70, I32>;
def I32And : Binary<"i32.and", 0x71, I32>;
def I32Or : Binary<"i32.or", 0x72, I32>;
def I32Xor : Binary<"i32.xor", 0x73, I32>;
def I32Shl : Binary<"i32.shl", 0x74, I32>;
def I32ShrS : Binary<"i32.shr_s", 0x75, I32>;
def I32ShrU : Binary<"i32.shr_u", 0x76, I32>;
def I32Rotl : Binary<"i32.rotl", 0x77, I32>;
def I32Rotr : Binary<"i32.rotr", 0x78, I32>;

def I64Clz : Unary<"i64.clz", 0x79, I64>;
def I64Ctz : Unary<"i64.ctz", 0x7A, I64>;
def I64Popcnt : Unary<"i64.popcnt", 0x7B, I64>;
def I64Add : Binary<"i64.add", 0x7C, I64>;
def I64Sub : Binary<"i64.sub", 0x7D, I64>;
def I64Mul : Binary<"i64.mul", 0x7E, I64>;
def I64DivS : Division<"i64.div_s", 0x7F, I64>;
def I64DivU : Division<"i64.div_u", 0x80, I64>;
def I64RemS : Division<"i64.rem_s", 0x81, I64>;
def I64RemU : Division<"i64.rem_u", 0x82, I64>;
def I64And : Binary<"i64.and", 0x83, I64>;
def I64Or : Binary<"i64.or", 0x84, I64>;
def I64Xor : Binary<"i64.xor", 0x85, I64>;
def I64Shl : Binary<"i64.shl", 0x86, I64>;
def I64ShrS : Binary<"i64.shr_s", 0x87, I64>;
def I64ShrU : Binary<"i64.shr_u", 0x88, I64>;
def I64Rotl : Binary<"i64.rotl", 0x89, I64>;
def I64Rotr : Binary<"i64.rotr", 0x8A, I64>;

def F32Abs : Unary<"f32.abs", 0x8B, F32>;
def F32Neg : Unary<"f32.neg", 0x8C, F32>;
def F32Ceil : Unary<"f32.ceil", 0x8D, F32>;
def F32Floor : Unary<"f32.floor", 0x8E, F32>;
def F32Trunc : Unary<"f32.trunc", 0x8F, F32>;
def F32Nearest : Unary<"f32.nearest", 0x90, F32>;
def F32Sqrt : Unary<"f32.sqrt", 0x91, F32>;
def F32Add : Binary<"f32.add", 0x92, F32>;
def F32Sub : Binary<"f32.sub", 0x93, F32>;
def F32Mul : Binary<"f32.mul", 0x94, F32>;
def F32Div : Binary<"f32.div", 0x95, F32>;
def F32Min : Binary<"f32.min", 0x96, F32>;
def F32Max : Binary<"f32.max", 0x97, F32>;
def F32Copysign : Binary<"f32.copysign", 0x98, F32>;

def F64Abs : Unary<"f64.abs", 0x99, F64>;
def F64Neg : Unary<"f64.neg", 0x9A, F64>;
def F64Ceil : Unary<"f64.ceil", 0x9B, F64>;
def F64Floor : Unary<"f64.floor", 0x9C, F64>;
def F64Trunc : Unary<"f64.trunc", 0x9D, F64>;
def F64Nearest : Unary<"f64.nearest", 0x9E, F64>;
def F64Sqrt : Unary<"f64.sqrt", 0x9F, F64>;
def F64Add : Binary<"f64.add", 0xA0, F64>;
def F64Sub : Binary<"f64.sub", 0xA1, F64>;
def F64Mul : Binary<"f64.mul", 0xA2, F64>;
def F64Div : Binary<"f64.div", 0xA3, F64>;
def F64Min : Binary<"f64.min", 0xA4, F64>;
def F64Max : Binary<"f64.max", 0xA5, F64>;
def F64Copysign : Binary<"f64.copysign", 0xA6, F64>;

def I32WrapI64 : Conversion<"i32.wrap_i64", 0xA7, I64, I32>;
def I32TruncF32S : TrappingConversion<"i32.trunc_f32_s", 0xA8, F32, I32>;
def I32TruncF32U : TrappingConversion<"i32.trunc_f32_u", 0xA9, F32, I32>;
def I32TruncF64S : TrappingConversion<"i32.trunc_f64_s", 0xAA, F64, I32>;
def I32TruncF64U : TrappingConversion<"i32.trunc_f64_u", 0xAB, F64, I32>;
def I64ExtendI32S : Conversion<"i64.extend_i32_s", 0xAC, I32, I64>;
def I64ExtendI32U : Conversion<"i64.extend_i32_u", 0xAD, I32, I64>;
def I64TruncF32S : TrappingConversion<"i64.trunc_f32_s", 0xAE, F32, I64>;
def I64TruncF32U : TrappingConversion<"i64.trunc_f32_u", 0xAF, F32, I64>;
def I64TruncF64S : TrappingConversion<"i64.trunc_f64_s", 0xB0, F64, I64>;
def I64TruncF64U : TrappingConversion<"i64.trunc_f64_u", 0xB1, F64, I64>;
def F32ConvertI32S : Conversion<"f32.convert_i32_s", 0xB2, I32, F32>;
def F32ConvertI32U : Conversion<"f32.convert_i32_u", 0xB3, I32, F32>;
def F32ConvertI64S : Conversion<"f32.convert_i64_s", 0xB4, I64, F32>;
def F32ConvertI64U : Conversion<"f32.convert_i64_u", 0xB5, I64, F32>;
def F32DemoteF64 : Conversion<"f32.demote_f64", 0xB6, F64, F32>;
def F64ConvertI32S : Conversion<"f64.convert_i32_s", 0xB7, I32, F64>;
def F64ConvertI32U : Conversion<"f64.convert_i32_u", 0xB8, I32, F64>;
def F64ConvertI64S : Conversion<"f64.convert_i64_s", 0xB9, I64, F64>;
def F64ConvertI64U : Conversion<"f64.convert_i64_u", 0xBA, I64, F64>;
def F64PromoteF32 : Conversion<"f64.promote_f32", 0xBB, F32, F64>;
def I32ReinterpretF32 : Conversion<"i32.reinterpret_f32", 0xBC, F32, I32>;
def I64ReinterpretF64 : Conversion<"i64.reinterpret_f64", 0xBD, F64, I64>;
def F32ReinterpretI32 : Conversion<"f32.reinterpret_i32", 0xBE, I32, F32>;
def F64ReinterpretI64 : Conversion<"f64.reinterpret_i64", 0xBF, I64, F64>;

let proposal = SignExtension in {
def I32Extend8S : Conversion<"i32.extend8_s", 0xC0, I32, I32>;
def I32Extend16S : Conversion<"i32.extend16_s", 0xC1, I32, I32>;
def I64Extend8S : Conversion<"i64.extend8_s", 0xC2, I64, I64>;
def I64Extend16S : Conversion<"i64.extend16_s", 0xC3, I64, I64>;
def I64Extend32S : Conversion<"i64.extend32_s", 0xC4, I64, I64>;
} // proposal

let prefix = 0xFC, proposal = SaturatingConversion in {
def I32TruncSatF32S : Conversion<"i32.trunc_sat_f32_s", 0x00, F32, I32>;
def I32TruncSatF32U : Conversion<"i32.trunc_sat_f32_u", 0x01, F32, I32>;
def I32TruncSatF64S : Conversion<"i32.trunc_sat_f64_s", 0x02, F64, I32>;
def I32TruncSatF64U : Conversion<"i32.trunc_sat_f64_u", 0x03, F64, I32>;
def I64TruncSatF32S : Conversion<"i64.trunc_sat_f32_s", 0x04, F32, I64>;
def I64TruncSatF32U : Conversion<"i64.trunc_sat_f32_u", 0x05, F32, I64>;
def I64TruncSatF64S : Conversion<"i64.trunc_sat_f64_s", 0x06, F64, I64>;
def I64TruncSatF64U : Conversion<"i64.trunc_sat_f64_u", 0x07, F64, I64>;
} // prefix, proposal

//===----------------------------------------------------------------------===//
// References and garbage-collected objects
//===----------------------------------------------------------------------===//

let proposal = ReferenceTypes in {
def RefNull : Opcode<"ref.null", 0xD0, HeapRef, Gc, [], [], RuleRefNull>;
def RefIsNull : Opcode<"ref.is_null", 0xD1, NoImm, Gc, [], [], RuleRefIsNull>;
def RefFunc : Opcode<"ref.func", 0xD2, Func, Gc, [], [], RuleRefFunc>;
} // proposal

let proposal = GarbageCollection in {
def RefEq : Opcode<"ref.eq", 0xD3, NoImm, Gc, [EqRefNull, EqRefNull], [I32]>;

let prefix = 0xFB in {
def StructNew : Opcode<"struct.new", 0x00, Type, Gc, [], [], RuleStructNew>;
def StructNewDefault : Opcode<"struct.new_default", 0x01, Type, Gc, [],
                              [TypeRef]>;
class StructGet<string m, int op>
    : Trapping<m, op, TypeField, Gc, [TypeRefNull], [FieldType]>;
def StructGet : StructGet<"struct.get", 0x02>;
def StructGetS : StructGet<"struct.get_s", 0x03>;
def StructGetU : StructGet<"struct.get_u", 0x04>;
def StructSet : Trapping<"struct.set", 0x05, TypeField, Gc,
                         [TypeRefNull, FieldType]>;
def ArrayNew : Trapping<"array.new", 0x06, Type, Gc, [ElemType, I32],
                        [TypeRef]>;
def ArrayNewDefault : Trapping<"array.new_default", 0x07, Type, Gc, [I32],
                               [TypeRef]>;
def ArrayNewFixed : Opcode<"array.new_fixed", 0x08, TypeCount, Gc, [], [],
                           RuleArrayNewFixed>;
def ArrayNewData : Trapping<"array.new_data", 0x09, TypeData, Gc, [I32, I32],
                            [TypeRef]>;
def ArrayNewElem : Trapping<"array.new_elem", 0x0A, TypeElem, Gc, [I32, I32],
                            [TypeRef]>;
class ArrayGet<string m, int op>
    : Trapping<m, op, Type, Gc, [TypeRefNull, I32], [ElemType]>;
def ArrayGet : ArrayGet<"array.get", 0x0B>;
def ArrayGetS : ArrayGet<"array.get_s", 0x0C>;
def ArrayGetU : ArrayGet<"array.get_u", 0x0D>;
def ArraySet : Trapping<"array.set", 0x0E, Type, Gc,
                        [TypeRefNull, I32, ElemType]>;
def ArrayLen : Trapping<"array.len", 0x0F, NoImm, Gc, [ArrayRefNull], [I32]>;
def ArrayFill : Trapping<"array.fill", 0x10, Type, Gc,
                         [TypeRefNull, I32, ElemType, I32]>;
def ArrayCopy : Trapping<"array.copy", 0x11, TypeType, Gc,
                         [TypeRefNull, I32, TypeRefNull2, I32, I32]>;
def ArrayInitData : Trapping<"array.init_data", 0x12, TypeData, Gc,
                             [TypeRefNull, I32, I32, I32]>;
def ArrayInitElem : Trapping<"array.init_elem", 0x13, TypeElem, Gc,
                             [TypeRefNull, I32, I32, I32]>;
def RefTest : Opcode<"ref.test", 0x14, HeapRef, Gc, [], [], RuleRefTest>;
def RefTestNull : Opcode<"ref.test_null", 0x15, HeapRef, Gc, [], [],
                         RuleRefTest> {
  let engineMnemonic = "ref.test null";
}
def RefCast : Trapping<"ref.cast", 0x16, HeapRef, Gc, [], [], RuleRefCast>;
def RefCastNull : Trapping<"ref.cast_null", 0x17, HeapRef, Gc, [], [],
                           RuleRefCast> {
  let engineMnemonic = "ref.cast null";
}
def BrOnCast : BlockEnding<"br_on_cast", 0x18, CastBranch, RuleBrOnCast>;
def BrOnCastFail : BlockEnding<"br_on_cast_fail", 0x19, CastBranch,
                               RuleBrOnCastFail>;
def AnyConvertExtern : Opcode<"any.convert_extern", 0x1A, NoImm, Gc, [], [],
                              RuleConvertRef>;
def ExternConvertAny : Opcode<"extern.convert_any", 0x1B, NoImm, Gc, [], [],
                              RuleConvertRef>;
def RefI31 : Opcode<"ref.i31", 0x1C, NoImm, Gc, [I32], [I31Ref]>;
def I31GetS : Trapping<"i31.get_s", 0x1D, NoImm, Gc, [I31RefNull], [I32]>;
def I31GetU : Trapping<"i31.get_u", 0x1E, NoImm, Gc, [I31RefNull], [I32]>;
} // prefix
} // proposal

//===----------------------------------------------------------------------===//
// Vectors
//===----------------------------------------------------------------------===//

let prefix = 0xFD, proposal = SimdProposal in {
def V128Load : SimdLoad<"v128.load", 0x00, 16>;
def V128Load8x8S : SimdLoad<"v128.load8x8_s", 0x01, 8>;
def V128Load8x8U : SimdLoad<"v128.load8x8_u", 0x02, 8>;
def V128Load16x4S : SimdLoad<"v128.load16x4_s", 0x03, 8>;
def V128Load16x4U : SimdLoad<"v128.load16x4_u", 0x04, 8>;
def V128Load32x2S : SimdLoad<"v128.load32x2_s", 0x05, 8>;
def V128Load32x2U : SimdLoad<"v128.load32x2_u", 0x06, 8>;
def V128Load8Splat : SimdLoad<"v128.load8_splat", 0x07, 1>;
def V128Load16Splat : SimdLoad<"v128.load16_splat", 0x08, 2>;
def V128Load32Splat : SimdLoad<"v128.load32_splat", 0x09, 4>;
def V128Load64Splat : SimdLoad<"v128.load64_splat", 0x0A, 8>;
let writesMemory = 1 in
def V128Store : SimdAccess<"v128.store", 0x0B, MemAccess, [Addr, V128], [], 16>;
def V128Const : Opcode<"v128.const", 0x0C, ConstV128, Simd, [], [V128]>;
def I8x16Shuffle : SimdOp<"i8x16.shuffle", 0x0D, [V128, V128], V128, Shuffle>;
def I8x16Swizzle : SimdBinary<"i8x16.swizzle", 0x0E>;
def I8x16Splat : SimdSplat<"i8x16.splat", 0x0F, I32>;
def I16x8Splat : SimdSplat<"i16x8.splat", 0x10, I32>;
def I32x4Splat : SimdSplat<"i32x4.splat", 0x11, I32>;
def I64x2Splat : SimdSplat<"i64x2.splat", 0x12, I64>;
def F32x4Splat : SimdSplat<"f32x4.splat", 0x13, F32>;
def F64x2Splat : SimdSplat<"f64x2.splat", 0x14, F64>;
def I8x16ExtractLaneS : SimdExtract<"i8x16.extract_lane_s", 0x15, I32, 16>;
def I8x16ExtractLaneU : SimdExtract<"i8x16.extract_lane_u", 0x16, I32, 16>;
def I8x16ReplaceLane : SimdReplace<"i8x16.replace_lane", 0x17, I32, 16>;
def I16x8ExtractLaneS : SimdExtract<"i16x8.extract_lane_s", 0x18, I32, 8>;
def I16x8ExtractLaneU : SimdExtract<"i16x8.extract_lane_u", 0x19, I32, 8>;
def I16x8ReplaceLane : SimdReplace<"i16x8.replace_lane", 0x1A, I32, 8>;
def I32x4ExtractLane : SimdExtract<"i32x4.extract_lane", 0x1B, I32, 4>;
def I32x4ReplaceLane : SimdReplace<"i32x4.replace_lane", 0x1C, I32, 4>;
def I64x2ExtractLane : SimdExtract<"i64x2.extract_lane", 0x1D, I64, 2>;
def I64x2ReplaceLane : SimdReplace<"i64x2.replace_lane", 0x1E, I64, 2>;
def F32x4ExtractLane : SimdExtract<"f32x4.extract_lane", 0x1F, F32, 4>;
def F32x4ReplaceLane : SimdReplace<"f32x4.replace_lane", 0x20, F32, 4>;
def F64x2ExtractLane : SimdExtract<"f64x2.extract_lane", 0x21, F64, 2>;
def F64x2ReplaceLane : SimdReplace<"f64x2.replace_lane", 0x22, F64, 2>;
def I8x16Eq : SimdBinary<"i8x16.eq", 0x23>;
def I8x16Ne : SimdBinary<"i8x16.ne", 0x24>;
def I8x16LtS : SimdBinary<"i8x16.lt_s", 0x25>;
def I8x16LtU : SimdBinary<"i8x16.lt_u", 0x26>;
def I8x16GtS : SimdBinary<"i8x16.gt_s", 0x27>;
def I8x16GtU : SimdBinary<"i8x16.gt_u", 0x28>;
def I8x16LeS : SimdBinary<"i8x16.le_s", 0x29>;
def I8x16LeU : SimdBinary<"i8x16.le_u", 0x2A>;
def I8x16GeS : SimdBinary<"i8x16.ge_s", 0x2B>;
def I8x16GeU : SimdBinary<"i8x16.ge_u", 0x2C>;
def I16x8Eq : SimdBinary<"i16x8.eq", 0x2D>;
def I16x8Ne : SimdBinary<"i16x8.ne", 0x2E>;
def I16x8LtS : SimdBinary<"i16x8.lt_s", 0x2F>;
def I16x8LtU : SimdBinary<"i16x8.lt_u", 0x30>;
def I16x8GtS : SimdBinary<"i16x8.gt_s", 0x31>;
def I16x8GtU : SimdBinary<"i16x8.gt_u", 0x32>;
def I16x8LeS : SimdBinary<"i16x8.le_s", 0x33>;
def I16x8LeU : SimdBinary<"i16x8.le_u", 0x34>;
def I16x8GeS : SimdBinary<"i16x8.ge_s", 0x35>;
def I16x8GeU : SimdBinary<"i16x8.ge_u", 0x36>;
def I32x4Eq : SimdBinary<"i32x4.eq", 0x37>;
def I32x4Ne : SimdBinary<"i32x4.ne", 0x38>;
def I32x4LtS : SimdBinary<"i32x4.lt_s", 0x39>;
def I32x4LtU : SimdBinary<"i32x4.lt_u", 0x3A>;
def I32x4GtS : SimdBinary<"i32x4.gt_s", 0x3B>;
def I32x4GtU : SimdBinary<"i32x4.gt_u", 0x3C>;
def I32x4LeS : SimdBinary<"i32x4.le_s", 0x3D>;
def I32x4LeU : SimdBinary<"i32x4.le_u", 0x3E>;
def I32x4GeS : SimdBinary<"i32x4.ge_s", 0x3F>;
def I32x4GeU : SimdBinary<"i32x4.ge_u", 0x40>;
def F32x4Eq : SimdBinary<"f32x4.eq", 0x41>;
def F32x4Ne : SimdBinary<"f32x4.ne", 0x42>;
def F32x4Lt : SimdBinary<"f32x4.lt", 0x43>;
def F32x4Gt : SimdBinary<"f32x4.gt", 0x44>;
def F32x4Le : SimdBinary<"f32x4.le", 0x45>;
def F32x4Ge : SimdBinary<"f32x4.ge", 0x46>;
def F64x2Eq : SimdBinary<"f64x2.eq", 0x47>;
def F64x2Ne : SimdBinary<"f64x2.ne", 0x48>;
def F64x2Lt : SimdBinary<"f64x2.lt", 0x49>;
def F64x2Gt : SimdBinary<"f64x2.gt", 0x4A>;
def F64x2Le : SimdBinary<"f64x2.le", 0x4B>;
def F64x2Ge : SimdBinary<"f64x2.ge", 0x4C>;
def V128Not : SimdUnary<"v128.not", 0x4D>;
def V128And : SimdBinary<"v128.and", 0x4E>;
def V128Andnot : SimdBinary<"v128.andnot", 0x4F>;
def V128Or : SimdBinary<"v128.or", 0x50>;
def V128Xor : SimdBinary<"v128.xor", 0x51>;
def V128Bitselect : SimdTernary<"v128.bitselect", 0x52>;
def V128AnyTrue : SimdTest<"v128.any_true", 0x53> {
  let engineMnemonic = "v128.anytrue";
}
def V128Load8Lane : SimdLoadLane<"v128.load8_lane", 0x54, 1>;
def V128Load16Lane : SimdLoadLane<"v128.load16_lane", 0x55, 2>;
def V128Load32Lane : SimdLoadLane<"v128.load32_lane", 0x56, 4>;
def V128Load64Lane : SimdLoadLane<"v128.load64_lane", 0x57, 8>;
def V128Store8Lane : SimdStoreLane<"v128.store8_lane", 0x58, 1>;
def V128Store16Lane : SimdStoreLane<"v128.store16_lane", 0x59, 2>;
def V128Store32Lane : SimdStoreLane<"v128.store32_lane", 0x5A, 4>;
def V128Store64Lane : SimdStoreLane<"v128.store64_lane", 0x5B, 8>;
def V128Load32Zero : SimdLoad<"v128.load32_zero", 0x5C, 4>;
def V128Load64Zero : SimdLoad<"v128.load64_zero", 0x5D, 8>;
def F32x4DemoteF64x2Zero : SimdUnary<"f32x4.demote_f64x2_zero", 0x5E>;
def F64x2PromoteLowF32x4 : SimdUnary<"f64x2.promote_low_f32x4", 0x5F>;
def I8x16Abs : SimdUnary<"i8x16.abs", 0x60>;
def I8x16Neg : SimdUnary<"i8x16.neg", 0x61>;
def I8x16Popcnt : SimdUnary<"i8x16.popcnt", 0x62>;
def I8x16AllTrue : SimdTest<"i8x16.all_true", 0x63> {
  let engineMnemonic = "i8x16.alltrue";
}
def I8x16Bitmask : SimdTest<"i8x16.bitmask", 0x64>;
def I8x16NarrowI16x8S : SimdBinary<"i8x16.narrow_i16x8_s", 0x65>;
def I8x16NarrowI16x8U : SimdBinary<"i8x16.narrow_i16x8_u", 0x66>;
def F32x4Ceil : SimdUnary<"f32x4.ceil", 0x67>;
def F32x4Floor : SimdUnary<"f32x4.floor", 0x68>;
def F32x4Trunc : SimdUnary<"f32x4.trunc", 0x69>;
def F32x4Nearest : SimdUnary<"f32x4.nearest", 0x6A>;
def I8x16Shl : SimdShift<"i8x16.shl", 0x6B>;
def I8x16ShrS : SimdShift<"i8x16.shr_s", 0x6C>;
def I8x16ShrU : SimdShift<"i8x16.shr_u", 0x6D>;
def I8x16Add : SimdBinary<"i8x16.add", 0x6E>;
def I8x16AddSatS : SimdBinary<"i8x16.add_sat_s", 0x6F>;
def I8x16AddSatU : SimdBinary<"i8x16.add_sat_u", 0x70>;
def I8x16Sub : SimdBinary<"i8x16.sub", 0x71>;
def I8x16SubSatS : SimdBinary<"i8x16.sub_sat_s", 0x72>;
def I8x16SubSatU : SimdBinary<"i8x16.sub_sat_u", 0x73>;
def F64x2Ceil : SimdUnary<"f64x2.ceil", 0x74>;
def F64x2Floor : SimdUnary<"f64x2.floor", 0x75>;
def I8x16MinS : SimdBinary<"i8x16.min_s", 0x76>;
def I8x16MinU : SimdBinary<"i8x16.min_u", 0x77>;
def I8x16MaxS : SimdBinary<"i8x16.max_s", 0x78>;
def I8x16MaxU : SimdBinary<"i8x16.max_u", 0x79>;
def F64x2Trunc : SimdUnary<"f64x2.trunc", 0x7A>;
def I8x16AvgrU : SimdBinary<"i8x16.avgr_u", 0x7B>;
def I16x8ExtaddPairwiseI8x16S
    : SimdUnary<"i16x8.extadd_pairwise_i8x16_s", 0x7C> {
  let engineMnemonic = "i16x8.extaddpairwise_i8x16_s";
}
def I16x8ExtaddPairwiseI8x16U
    : SimdUnary<"i16x8.extadd_pairwise_i8x16_u", 0x7D> {
  let engineMnemonic = "i16x8.extaddpairwise_i8x16_u";
}
def I32x4ExtaddPairwiseI16x8S
    : SimdUnary<"i32x4.extadd_pairwise_i16x8_s", 0x7E> {
  let engineMnemonic = "i32x4.extaddpairwise_i16x8_s";
}
def I32x4ExtaddPairwiseI16x8U
    : SimdUnary<"i32x4.extadd_pairwise_i16x8_u", 0x7F> {
  let engineMnemonic = "i32x4.extaddpairwise_i16x8_u";
}
def I16x8Abs : SimdUnary<"i16x8.abs", 0x80>;
def I16x8Neg : SimdUnary<"i16x8.neg", 0x81>;
def I16x8Q15mulrSatS : SimdBinary<"i16x8.q15mulr_sat_s", 0x82> {
  let engineMnemonic = "i16x8.q15mulrsat_s";
}
def I16x8AllTrue : SimdTest<"i16x8.all_true", 0x83> {
  let engineMnemonic = "i16x8.alltrue";
}
def I16x8Bitmask : SimdTest<"i16x8.bitmask", 0x84>;
def I16x8NarrowI32x4S : SimdBinary<"i16x8.narrow_i32x4_s", 0x85>;
def I16x8NarrowI32x4U : SimdBinary<"i16x8.narrow_i32x4_u", 0x86>;
def I16x8ExtendLowI8x16S : SimdUnary<"i16x8.extend_low_i8x16_s", 0x87>;
def I16x8ExtendHighI8x16S : SimdUnary<"i16x8.extend_high_i8x16_s", 0x88>;
def I16x8ExtendLowI8x16U : SimdUnary<"i16x8.extend_low_i8x16_u", 0x89>;
def I16x8ExtendHighI8x16U : SimdUnary<"i16x8.extend_high_i8x16_u", 0x8A>;
def I16x8Shl : SimdShift<"i16x8.shl", 0x8B>;
def I16x8ShrS : SimdShift<"i16x8.shr_s", 0x8C>;
def I16x8ShrU : SimdShift<"i16x8.shr_u", 0x8D>;
def I16x8Add : SimdBinary<"i16x8.add", 0x8E>;
def I16x8AddSatS : SimdBinary<"i16x8.add_sat_s", 0x8F>;
def I16x8AddSatU : SimdBinary<"i16x8.add_sat_u", 0x90>;
def I16x8Sub : SimdBinary<"i16x8.sub", 0x91>;
def I16x8SubSatS : SimdBinary<"i16x8.sub_sat_s", 0x92>;
def I16x8SubSatU : SimdBinary<"i16x8.sub_sat_u", 0x93>;
def F64x2Nearest : SimdUnary<"f64x2.nearest", 0x94>;
def I16x8Mul : SimdBinary<"i16x8.mul", 0x95>;
def I16x8MinS : SimdBinary<"i16x8.min_s", 0x96>;
def I16x8MinU : SimdBinary<"i16x8.min_u", 0x97>;
def I16x8MaxS : SimdBinary<"i16x8.max_s", 0x98>;
def I16x8MaxU : SimdBinary<"i16x8.max_u", 0x99>;
def I16x8AvgrU : SimdBinary<"i16x8.avgr_u", 0x9B>;
def I16x8ExtmulLowI8x16S : SimdBinary<"i16x8.extmul_low_i8x16_s", 0x9C>;
def I16x8ExtmulHighI8x16S : SimdBinary<"i16x8.extmul_high_i8x16_s", 0x9D>;
def I16x8ExtmulLowI8x16U : SimdBinary<"i16x8.extmul_low_i8x16_u", 0x9E>;
def I16x8ExtmulHighI8x16U : SimdBinary<"i16x8.extmul_high_i8x16_u", 0x9F>;
def I32x4Abs : SimdUnary<"i32x4.abs", 0xA0>;
def I32x4Neg : SimdUnary<"i32x4.neg", 0xA1>;
def I32x4AllTrue : SimdTest<"i32x4.all_true", 0xA3> {
  let engineMnemonic = "i32x4.alltrue";
}
def I32x4Bitmask : SimdTest<"i32x4.bitmask", 0xA4>;
def I32x4ExtendLowI16x8S : SimdUnary<"i32x4.extend_low_i16x8_s", 0xA7>;
def I32x4ExtendHighI16x8S : SimdUnary<"i32x4.extend_high_i16x8_s", 0xA8>;
def I32x4ExtendLowI16x8U : SimdUnary<"i32x4.extend_low_i16x8_u", 0xA9>;
def I32x4ExtendHighI16x8U : SimdUnary<"i32x4.extend_high_i16x8_u", 0xAA>;
def I32x4Shl : SimdShift<"i32x4.shl", 0xAB>;
def I32x4ShrS : SimdShift<"i32x4.shr_s", 0xAC>;
def I32x4ShrU : SimdShift<"i32x4.shr_u", 0xAD>;
def I32x4Add : SimdBinary<"i32x4.add", 0xAE>;
def I32x4Sub : SimdBinary<"i32x4.sub", 0xB1>;
def I32x4Mul : SimdBinary<"i32x4.mul", 0xB5>;
def I32x4MinS : SimdBinary<"i32x4.min_s", 0xB6>;
def I32x4MinU : SimdBinary<"i32x4.min_u", 0xB7>;
def I32x4MaxS : SimdBinary<"i32x4.max_s", 0xB8>;
def I32x4MaxU : SimdBinary<"i32x4.max_u", 0xB9>;
def I32x4DotI16x8S : SimdBinary<"i32x4.dot_i16x8_s", 0xBA>;
def I32x4ExtmulLowI16x8S : SimdBinary<"i32x4.extmul_low_i16x8_s", 0xBC>;
def I32x4ExtmulHighI16x8S : SimdBinary<"i32x4.extmul_high_i16x8_s", 0xBD>;
def I32x4ExtmulLowI16x8U : SimdBinary<"i32x4.extmul_low_i16x8_u", 0xBE>;
def I32x4ExtmulHighI16x8U : SimdBinary<"i32x4.extmul_high_i16x8_u", 0xBF>;
def I64x2Abs : SimdUnary<"i64x2.abs", 0xC0>;
def I64x2Neg : SimdUnary<"i64x2.neg", 0xC1>;
def I64x2AllTrue : SimdTest<"i64x2.all_true", 0xC3> {
  let engineMnemonic = "i64x2.alltrue";
}
def I64x2Bitmask : SimdTest<"i64x2.bitmask", 0xC4>;
def I64x2ExtendLowI32x4S : SimdUnary<"i64x2.extend_low_i32x4_s", 0xC7>;
def I64x2ExtendHighI32x4S : SimdUnary<"i64x2.extend_high_i32x4_s", 0xC8>;
def I64x2ExtendLowI32x4U : SimdUnary<"i64x2.extend_low_i32x4_u", 0xC9>;
def I64x2ExtendHighI32x4U : SimdUnary<"i64x2.extend_high_i32x4_u", 0xCA>;
def I64x2Shl : SimdShift<"i64x2.shl", 0xCB>;
def I64x2ShrS : SimdShift<"i64x2.shr_s", 0xCC>;
def I64x2ShrU : SimdShift<"i64x2.shr_u", 0xCD>;
def I64x2Add : SimdBinary<"i64x2.add", 0xCE>;
def I64x2Sub : SimdBinary<"i64x2.sub", 0xD1>;
def I64x2Mul : SimdBinary<"i64x2.mul", 0xD5>;
def I64x2Eq : SimdBinary<"i64x2.eq", 0xD6>;
def I64x2Ne : SimdBinary<"i64x2.ne", 0xD7>;
def I64x2LtS : SimdBinary<"i64x2.lt_s", 0xD8>;
def I64x2GtS : SimdBinary<"i64x2.gt_s", 0xD9>;
def I64x2LeS : SimdBinary<"i64x2.le_s", 0xDA>;
def I64x2GeS : SimdBinary<"i64x2.ge_s", 0xDB>;
def I64x2ExtmulLowI32x4S : SimdBinary<"i64x2.extmul_low_i32x4_s", 0xDC>;
def I64x2ExtmulHighI32x4S : SimdBinary<"i64x2.extmul_high_i32x4_s", 0xDD>;
def I64x2ExtmulLowI32x4U : SimdBinary<"i64x2.extmul_low_i32x4_u", 0xDE>;
def I64x2ExtmulHighI32x4U : SimdBinary<"i64x2.extmul_high_i32x4_u", 0xDF>;
def F32x4Abs : SimdUnary<"f32x4.abs", 0xE0>;
def F32x4Neg : SimdUnary<"f32x4.neg", 0xE1>;
def F32x4Sqrt : SimdUnary<"f32x4.sqrt", 0xE3>;
def F32x4Add : SimdBinary<"f32x4.add", 0xE4>;
def F32x4Sub : SimdBinary<"f32x4.sub", 0xE5>;
def F32x4Mul : SimdBinary<"f32x4.mul", 0xE6>;
def F32x4Div : SimdBinary<"f32x4.div", 0xE7>;
def F32x4Min : SimdBinary<"f32x4.min", 0xE8>;
def F32x4Max : SimdBinary<"f32x4.max", 0xE9>;
def F32x4Pmin : SimdBinary<"f32x4.pmin", 0xEA>;
def F32x4Pmax : SimdBinary<"f32x4.pmax", 0xEB>;
def F64x2Abs : SimdUnary<"f64x2.abs", 0xEC>;
def F64x2Neg : SimdUnary<"f64x2.neg", 0xED>;
def F64x2Sqrt : SimdUnary<"f64x2.sqrt", 0xEF>;
def F64x2Add : SimdBinary<"f64x2.add", 0xF0>;
def F64x2Sub : SimdBinary<"f64x2.sub", 0xF1>;
def F64x2Mul : SimdBinary<"f64x2.mul", 0xF2>;
def F64x2Div : SimdBinary<"f64x2.div", 0xF3>;
def F64x2Min : SimdBinary<"f64x2.min", 0xF4>;
def F64x2Max : SimdBinary<"f64x2.max", 0xF5>;
def F64x2Pmin : SimdBinary<"f64x2.pmin", 0xF6>;
def F64x2Pmax : SimdBinary<"f64x2.pmax", 0xF7>;
def I32x4TruncSatF32x4S : SimdUnary<"i32x4.trunc_sat_f32x4_s", 0xF8>;
def I32x4TruncSatF32x4U : SimdUnary<"i32x4.trunc_sat_f32x4_u", 0xF9>;
def F32x4ConvertI32x4S : SimdUnary<"f32x4.convert_i32x4_s", 0xFA>;
def F32x4ConvertI32x4U : SimdUnary<"f32x4.convert_i32x4_u", 0xFB>;
def I32x4TruncSatF64x2SZero : SimdUnary<"i32x4.trunc_sat_f64x2_s_zero", 0xFC>;
def I32x4TruncSatF64x2UZero : SimdUnary<"i32x4.trunc_sat_f64x2_u_zero", 0xFD>;
def F64x2ConvertLowI32x4S : SimdUnary<"f64x2.convert_low_i32x4_s", 0xFE>;
def F64x2ConvertLowI32x4U : SimdUnary<"f64x2.convert_low_i32x4_u", 0xFF>;
} // prefix, proposal

let prefix = 0xFD, proposal = RelaxedSimd in {
def I8x16RelaxedSwizzle : SimdBinary<"i8x16.relaxed_swizzle", 0x100>;
def I32x4RelaxedTruncF32x4S : SimdUnary<"i32x4.relaxed_trunc_f32x4_s", 0x101>;
def I32x4RelaxedTruncF32x4U : SimdUnary<"i32x4.relaxed_trunc_f32x4_u", 0x102>;
def I32x4RelaxedTruncF64x2SZero
    : SimdUnary<"i32x4.relaxed_trunc_f64x2_s_zero", 0x103>;
def I32x4RelaxedTruncF64x2UZero
    : SimdUnary<"i32x4.relaxed_trunc_f64x2_u_zero", 0x104>;
def F32x4RelaxedMadd : SimdTernary<"f32x4.relaxed_madd", 0x105>;
def F32x4RelaxedNmadd : SimdTernary<"f32x4.relaxed_nmadd", 0x106>;
def F64x2RelaxedMadd : SimdTernary<"f64x2.relaxed_madd", 0x107>;
def F64x2RelaxedNmadd : SimdTernary<"f64x2.relaxed_nmadd", 0x108>;
def I8x16RelaxedLaneselect : SimdTernary<"i8x16.relaxed_laneselect", 0x109>;
def I16x8RelaxedLaneselect : SimdTernary<"i16x8.relaxed_laneselect", 0x10A>;
def I32x4RelaxedLaneselect : SimdTernary<"i32x4.relaxed_laneselect", 0x10B>;
def I64x2RelaxedLaneselect : SimdTernary<"i64x2.relaxed_laneselect", 0x10C>;
def F32x4RelaxedMin : SimdBinary<"f32x4.relaxed_min", 0x10D>;
def F32x4RelaxedMax : SimdBinary<"f32x4.relaxed_max", 0x10E>;
def F64x2RelaxedMin : SimdBinary<"f64x2.relaxed_min", 0x10F>;
def F64x2RelaxedMax : SimdBinary<"f64x2.relaxed_max", 0x110>;
def I16x8RelaxedQ15mulrS : SimdBinary<"i16x8.relaxed_q15mulr_s", 0x111>;
def I16x8DotI8x16I7x16S : SimdBinary<"i16x8.dot_i8x16_i7x16_s", 0x112> {
  let engineMnemonic = "i16x8.relaxed_dot_i8x16_i7x16_s";
}
def I32x4DotI8x16I7x16AddS : SimdTernary<"i32x4.dot_i8x16_i7x16_add_s", 0x113> {
  let engineMnemonic = "i32x4.relaxed_dot_i8x16_i7x16_add_s";
}
} // prefix, proposal

//===----------------------------------------------------------------------===//
// Atomic instructions
//===----------------------------------------------------------------------===//

let prefix = 0xFE, proposal = Threads in {
def MemoryAtomicNotify : AtomicAccess<"memory.atomic.notify", 0x00, [Addr, I32],
                                      [I32], 4, 0>;
def MemoryAtomicWait32 : AtomicAccess<"memory.atomic.wait32", 0x01,
                                      [Addr, I32, I64], [I32], 4, 0>;
def MemoryAtomicWait64 : AtomicAccess<"memory.atomic.wait64", 0x02,
                                      [Addr, I64, I64], [I32], 8, 0>;
def AtomicFence : Opcode<"atomic.fence", 0x03, ZeroByte, Atomic>;
def I32AtomicLoad : AtomicLoad<"i32.atomic.load", 0x10, I32, 4>;
def I64AtomicLoad : AtomicLoad<"i64.atomic.load", 0x11, I64, 8>;
def I32AtomicLoad8U : AtomicLoad<"i32.atomic.load8_u", 0x12, I32, 1>;
def I32AtomicLoad16U : AtomicLoad<"i32.atomic.load16_u", 0x13, I32, 2>;
def I64AtomicLoad8U : AtomicLoad<"i64.atomic.load8_u", 0x14, I64, 1>;
def I64AtomicLoad16U : AtomicLoad<"i64.atomic.load16_u", 0x15, I64, 2>;
def I64AtomicLoad32U : AtomicLoad<"i64.atomic.load32_u", 0x16, I64, 4>;
def I32AtomicStore : AtomicStore<"i32.atomic.store", 0x17, I32, 4>;
def I64AtomicStore : AtomicStore<"i64.atomic.store", 0x18, I64, 8>;
def I32AtomicStore8 : AtomicStore<"i32.atomic.store8", 0x19, I32, 1>;
def I32AtomicStore16 : AtomicStore<"i32.atomic.store16", 0x1A, I32, 2>;
def I64AtomicStore8 : AtomicStore<"i64.atomic.store8", 0x1B, I64, 1>;
def I64AtomicStore16 : AtomicStore<"i64.atomic.store16", 0x1C, I64, 2>;
def I64AtomicStore32 : AtomicStore<"i64.atomic.store32", 0x1D, I64, 4>;
def I32AtomicRmwAdd : AtomicRmw<"i32.atomic.rmw.add", 0x1E, I32, 4>;
def I64AtomicRmwAdd : AtomicRmw<"i64.atomic.rmw.add", 0x1F, I64, 8>;
def I32AtomicRmw8AddU : AtomicRmw<"i32.atomic.rmw8.add_u", 0x20, I32, 1>;
def I32AtomicRmw16AddU : AtomicRmw<"i32.atomic.rmw16.add_u", 0x21, I32, 2>;
def I64AtomicRmw8AddU : AtomicRmw<"i64.atomic.rmw8.add_u", 0x22, I64, 1>;
def I64AtomicRmw16AddU : AtomicRmw<"i64.atomic.rmw16.add_u", 0x23, I64, 2>;
def I64AtomicRmw32AddU : AtomicRmw<"i64.atomic.rmw32.add_u", 0x24, I64, 4>;
def I32AtomicRmwSub : AtomicRmw<"i32.atomic.rmw.sub", 0x25, I32, 4>;
def I64AtomicRmwSub : AtomicRmw<"i64.atomic.rmw.sub", 0x26, I64, 8>;
def I32AtomicRmw8SubU : AtomicRmw<"i32.atomic.rmw8.sub_u", 0x27, I32, 1>;
def I32AtomicRmw16SubU : AtomicRmw<"i32.atomic.rmw16.sub_u", 0x28, I32, 2>;
def I64AtomicRmw8SubU : AtomicRmw<"i64.atomic.rmw8.sub_u", 0x29, I64, 1>;
def I64AtomicRmw16SubU : AtomicRmw<"i64.atomic.rmw16.sub_u", 0x2A, I64, 2>;
def I64AtomicRmw32SubU : AtomicRmw<"i64.atomic.rmw32.sub_u", 0x2B, I64, 4>;
def I32AtomicRmwAnd : AtomicRmw<"i32.atomic.rmw.and", 0x2C, I32, 4>;
def I64AtomicRmwAnd : AtomicRmw<"i64.atomic.rmw.and", 0x2D, I64, 8>;
def I32AtomicRmw8AndU : AtomicRmw<"i32.atomic.rmw8.and_u", 0x2E, I32, 1>;
def I32AtomicRmw16AndU : AtomicRmw<"i32.atomic.rmw16.and_u", 0x2F, I32, 2>;
def I64AtomicRmw8AndU : AtomicRmw<"i64.atomic.rmw8.and_u", 0x30, I64, 1>;
def I64AtomicRmw16AndU : AtomicRmw<"i64.atomic.rmw16.and_u", 0x31, I64, 2>;
def I64AtomicRmw32AndU : AtomicRmw<"i64.atomic.rmw32.and_u", 0x32, I64, 4>;
def I32AtomicRmwOr : AtomicRmw<"i32.atomic.rmw.or", 0x33, I32, 4>;
def I64AtomicRmwOr : AtomicRmw<"i64.atomic.rmw.or", 0x34, I64, 8>;
def I32AtomicRmw8OrU : AtomicRmw<"i32.atomic.rmw8.or_u", 0x35, I32, 1>;
def I32AtomicRmw16OrU : AtomicRmw<"i32.atomic.rmw16.or_u", 0x36, I32, 2>;
def I64AtomicRmw8OrU : AtomicRmw<"i64.atomic.rmw8.or_u", 0x37, I64, 1>;
def I64AtomicRmw16OrU : AtomicRmw<"i64.atomic.rmw16.or_u", 0x38, I64, 2>;
def I64AtomicRmw32OrU : AtomicRmw<"i64.atomic.rmw32.or_u", 0x39, I64, 4>;
def I32AtomicRmwXor : AtomicRmw<"i32.atomic.rmw.xor", 0x3A, I32, 4>;
def I64AtomicRmwXor : AtomicRmw<"i64.atomic.rmw.xor", 0x3B, I64, 8>;
def I32AtomicRmw8XorU : AtomicRmw<"i32.atomic.rmw8.xor_u", 0x3C, I32, 1>;
def I32AtomicRmw16XorU : AtomicRmw<"i32.atomic.rmw16.xor_u", 0x3D, I32, 2>;
def I64AtomicRmw8XorU : AtomicRmw<"i64.atomic.rmw8.xor_u", 0x3E, I64, 1>;
def I64AtomicRmw16XorU : AtomicRmw<"i64.atomic.rmw16.xor_u", 0x3F, I64, 2>;
def I64AtomicRmw32XorU : AtomicRmw<"i64.atomic.rmw32.xor_u", 0x40, I64, 4>;
def I32AtomicRmwXchg : AtomicRmw<"i32.atomic.rmw.xchg", 0x41, I32, 4>;
def I64AtomicRmwXchg : AtomicRmw<"i64.atomic.rmw.xchg", 0x42, I64, 8>;
def I32AtomicRmw8XchgU : AtomicRmw<"i32.atomic.rmw8.xchg_u", 0x43, I32, 1>;
def I32AtomicRmw16XchgU : AtomicRmw<"i32.atomic.rmw16.xchg_u", 0x44, I32, 2>;
def I64AtomicRmw8XchgU : AtomicRmw<"i64.atomic.rmw8.xchg_u", 0x45, I64, 1>;
def I64AtomicRmw16XchgU : AtomicRmw<"i64.atomic.rmw16.xchg_u", 0x46, I64, 2>;
def I64AtomicRmw32XchgU : AtomicRmw<"i64.atomic.rmw32.xchg_u", 0x47, I64, 4>;
def I32AtomicRmwCmpxchg : AtomicCmpxchg<"i32.atomic.rmw.cmpxchg", 0x48, I32, 4>;
def I64AtomicRmwCmpxchg : AtomicCmpxchg<"i64.atomic.rmw.cmpxchg", 0x49, I64, 8>;
def I32AtomicRmw8CmpxchgU
    : AtomicCmpxchg<"i32.atomic.rmw8.cmpxchg_u", 0x4A, I32, 1>;
def I32AtomicRmw16CmpxchgU
    : AtomicCmpxchg<"i32.atomic.rmw16.cmpxchg_u", 0x4B, I32, 2>;
def I64AtomicRmw8CmpxchgU
    : AtomicCmpxchg<"i64.atomic.rmw8.cmpxchg_u", 0x4C, I64, 1>;
def I64AtomicRmw16CmpxchgU
    : AtomicCmpxchg<"i64.atomic.rmw16.cmpxchg_u", 0x4D, I64, 2>;
def I64AtomicRmw32CmpxchgU
    : AtomicCmpxchg<"i64.atomic.rmw32.cmpxchg_u", 0x4E, I64, 4>;
} // prefix, proposal

#endif // WHAMM_WASM_OPCODES
