//===- InstrGenerator.cpp - Random instructions -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "InstrGenerator.h"

#include "whamm/Wasm/Encode.h"

using namespace whamm;
using namespace whamm::test;
using wasm::AbstractHeap;
using wasm::ImmSlot;
using wasm::Opcode;
using wasm::StackType;
using wasm::TypeDef;
using wasm::ValType;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

uint32_t InstrGenerator::pickIndex(size_t size) {
  if (size == 0 || random.oneIn(64))
    return size + random.below(2);
  return random.below(size);
}

static AbstractHeap pickAbstract(Random &random) {
  constexpr unsigned first = static_cast<unsigned>(AbstractHeap::Exn),
                     last = static_cast<unsigned>(AbstractHeap::NoExn);
  return static_cast<AbstractHeap>(first + random.below(last - first + 1));
}

ValType InstrGenerator::pickType() {
  switch (random.below(8)) {
  case 0:
    return ValType::i64();
  case 1:
    return ValType::f32();
  case 2:
    return ValType::f64();
  case 3:
    return ValType::v128();
  case 4:
    return ValType::ref(random.oneIn(2), pickAbstract(random));
  case 5:
  case 6:
    return ValType::ref(random.oneIn(2), pickIndex(module.types.size()));
  default:
    return ValType::i32();
  }
}

void InstrGenerator::appendHeapType(Buffer &out) {
  if (random.oneIn(2))
    wasm::appendSLEB(out, pickIndex(module.types.size()));
  else
    out.push_back(static_cast<uint8_t>(pickAbstract(random)));
}

void InstrGenerator::appendFieldType(Buffer &out) {
  if (random.oneIn(4))
    out.push_back(0x77 + random.below(2));
  else
    pickType().encode(out);
  out.push_back(random.below(2));
}

void InstrGenerator::appendCompType(Buffer &out) {
  auto appendList = [&](auto appendOne) {
    unsigned count = random.below(4);
    wasm::appendULEB(out, count);
    for (unsigned i = 0; i != count; ++i)
      appendOne();
  };
  auto appendType = [&] { pickType().encode(out); };
  switch (random.below(3)) {
  case 0:
    out.push_back(0x60);
    appendList(appendType);
    return appendList(appendType);
  case 1:
    out.push_back(0x5F);
    return appendList([&] { appendFieldType(out); });
  default:
    out.push_back(0x5E);
    return appendFieldType(out);
  }
}

static void encodeField(const wasm::FieldType &field, Buffer &out) {
  switch (field.packed) {
  case wasm::FieldType::Packed::No:
    field.type.encode(out);
    break;
  case wasm::FieldType::Packed::I8:
    out.push_back(0x78);
    break;
  case wasm::FieldType::Packed::I16:
    out.push_back(0x77);
    break;
  }
  out.push_back(field.isMutable);
}

/// Like the supertype, with a part exchanged or another field behind it.
void InstrGenerator::appendDerivedType(Buffer &out, uint32_t super) {
  const TypeDef &type = module.types[super];
  auto appendType = [&](ValType t) {
    if (random.oneIn(6))
      t = pickType();
    t.encode(out);
  };
  auto appendField = [&](const wasm::FieldType &field) {
    if (random.oneIn(6))
      appendFieldType(out);
    else
      encodeField(field, out);
  };
  if (type.kind == TypeDef::Kind::Func) {
    out.push_back(0x60);
    for (const auto *list : {&type.func.params, &type.func.results}) {
      wasm::appendULEB(out, list->size());
      llvm::for_each(*list, appendType);
    }
    return;
  }
  bool isStruct = type.kind == TypeDef::Kind::Struct;
  out.push_back(isStruct ? 0x5F : 0x5E);
  unsigned added = isStruct ? random.below(2) : 0;
  if (isStruct)
    wasm::appendULEB(out, type.fields.size() + added);
  llvm::for_each(type.fields, appendField);
  if (added)
    appendFieldType(out);
}

void InstrGenerator::appendSubType(Buffer &out, uint32_t limit) {
  if (random.oneIn(3))
    return appendCompType(out);
  out.push_back(0x50 - random.oneIn(3));
  if (limit == 0 || random.oneIn(4)) {
    out.push_back(0);
    return appendCompType(out);
  }
  uint32_t super = pickIndex(limit);
  out.push_back(1);
  wasm::appendULEB(out, super);
  if (super < limit)
    appendDerivedType(out, super);
  else
    appendCompType(out);
}

void InstrGenerator::appendTypes(Buffer &out) {
  uint32_t limit = module.types.size();
  unsigned count = random.oneIn(2) ? 1 : random.below(4);
  if (count != 1) {
    out.push_back(0x4E);
    wasm::appendULEB(out, count);
  }
  for (unsigned i = 0; i != count; ++i)
    appendSubType(out, limit);
}

void InstrGenerator::appendLimits(Buffer &out, bool isMemory) {
  unsigned flags = random.below(isMemory ? 8 : 6) & (isMemory ? 7 : 5);
  out.push_back(flags);
  auto appendBound = [&] {
    static constexpr uint64_t interesting[] = {
        0, 1, 2, 10, 65535, 65536, 65537, 10000000, 10000001, UINT32_MAX};
    wasm::appendULEB(out, random.oneIn(8) ? interesting[random.below(10)]
                                          : random.below(16));
  };
  appendBound();
  if (flags & 1)
    appendBound();
}

void InstrGenerator::appendConstExpr(Buffer &out, ValType type) {
  bool hasGlobal = llvm::any_of(module.globals, [&](const wasm::GlobalType &g) {
    return g.type == type;
  });
  uint32_t global = random.below(module.globals.size() + 1);
  if (random.oneIn(8)) {
    appendInstr(out);
  } else if (hasGlobal && random.oneIn(2)) {
    while (global >= module.globals.size() ||
           module.globals[global].type != type)
      global = random.below(module.globals.size());
    appendOpcodeBytes(out, Opcode::GlobalGet);
    wasm::appendULEB(out, global);
  } else {
    appendValue(out, type);
  }
  appendOpcode(out, Opcode::End);
}

//===----------------------------------------------------------------------===//
// Immediates
//===----------------------------------------------------------------------===//

static std::optional<TypeDef::Kind> getTypeKind(Opcode opcode) {
  llvm::StringRef name = wasm::getMnemonic(opcode);
  if (name.starts_with("struct."))
    return TypeDef::Kind::Struct;
  if (name.starts_with("array."))
    return TypeDef::Kind::Array;
  if (name.contains("call"))
    return TypeDef::Kind::Func;
  return std::nullopt;
}

static bool isPacked(const wasm::FieldType &field) {
  return field.packed != wasm::FieldType::Packed::No;
}

uint32_t InstrGenerator::pickTypeFor(Opcode opcode) {
  auto kind = getTypeKind(opcode);
  for (unsigned tries = 0; tries != 8; ++tries) {
    uint32_t index = pickIndex(module.types.size());
    if (!kind || index >= module.types.size())
      return index;
    // Those that read with a sign want a packed field.
    const TypeDef &type = module.types[index];
    bool wantsPacked = wasm::getMnemonic(opcode).contains("get_");
    if (type.kind == *kind &&
        (!wantsPacked || llvm::any_of(type.fields, isPacked)))
      return index;
  }
  return pickIndex(module.types.size());
}

void InstrGenerator::appendMemArg(Buffer &out, Opcode opcode) {
  const wasm::OpcodeInfo &info = wasm::getOpcodeInfo(opcode);
  unsigned align = info.getNaturalAlign();
  if (info.category != wasm::Category::Atomic || random.oneIn(16))
    align = random.below(align + 1 + random.oneIn(16));
  uint32_t memory = pickIndex(module.memories.size());
  bool isExplicit = memory != 0 || random.oneIn(8);
  out.push_back(align | (isExplicit ? 0x40 : 0));
  if (isExplicit)
    wasm::appendULEB(out, memory);
  bool is64 = memory < module.memories.size() && module.memories[memory].is64;
  uint64_t offset = random.below(1000);
  if (random.oneIn(16))
    offset = UINT32_MAX + random.below(2);
  if (is64 && random.oneIn(4))
    offset <<= 32;
  wasm::appendULEB(out, offset);
}

void InstrGenerator::appendBlockType(Buffer &out) {
  if (random.oneIn(3))
    out.push_back(0x40);
  else if (random.oneIn(2))
    pickType().encode(out);
  else
    wasm::appendSLEB(out, pickTypeFor(Opcode::Call));
}

void InstrGenerator::appendCatches(Buffer &out) {
  unsigned count = random.below(3);
  wasm::appendULEB(out, count);
  for (unsigned i = 0; i != count; ++i) {
    unsigned kind = random.below(4);
    out.push_back(kind);
    if (kind < 2)
      wasm::appendULEB(out, pickIndex(module.tags.size()));
    wasm::appendULEB(out, pickIndex(depth));
  }
}

void InstrGenerator::appendSlot(Buffer &out, Opcode opcode, ImmSlot slot) {
  auto appendIndex = [&](size_t size) {
    wasm::appendULEB(out, pickIndex(size));
  };
  auto appendBytes = [&](unsigned count, unsigned limit) {
    for (unsigned i = 0; i != count; ++i)
      out.push_back(random.below(limit));
  };
  switch (slot) {
  case ImmSlot::Label:
    return appendIndex(depth);
  case ImmSlot::Func:
    return appendIndex(module.functions.size());
  case ImmSlot::Type:
    lastType = pickTypeFor(opcode);
    return wasm::appendULEB(out, lastType);
  case ImmSlot::Table:
    return appendIndex(module.tables.size());
  case ImmSlot::Memory:
    return appendIndex(module.memories.size());
  case ImmSlot::Global:
    return appendIndex(module.globals.size());
  case ImmSlot::Local:
    return appendIndex(numLocals);
  case ImmSlot::Tag:
    return appendIndex(module.tags.size());
  case ImmSlot::Data:
    return appendIndex(module.numData);
  case ImmSlot::Elem:
    return appendIndex(module.numElements);
  case ImmSlot::Field:
    return appendIndex(lastType < module.types.size()
                           ? module.types[lastType].fields.size()
                           : 1);
  case ImmSlot::Count:
    return wasm::appendULEB(out, random.below(4));
  case ImmSlot::Lane:
    return appendBytes(1, wasm::getOpcodeInfo(opcode).lanes + random.oneIn(16));
  case ImmSlot::BlockType:
    return appendBlockType(out);
  case ImmSlot::MemArg:
    return appendMemArg(out, opcode);
  case ImmSlot::I32:
    return wasm::appendSLEB(out, static_cast<int32_t>(random.below(1 << 20)));
  case ImmSlot::I64:
    return wasm::appendSLEB(out, random.below(UINT64_MAX));
  case ImmSlot::F32:
    return appendBytes(4, 256);
  case ImmSlot::F64:
    return appendBytes(8, 256);
  case ImmSlot::V128:
    return appendBytes(16, 256);
  case ImmSlot::Shuffle:
    return appendBytes(16, 32 + random.oneIn(16));
  case ImmSlot::HeapType:
    return appendHeapType(out);
  case ImmSlot::CastTypes:
    out.push_back(random.below(4));
    appendIndex(depth);
    appendHeapType(out);
    return appendHeapType(out);
  case ImmSlot::Labels: {
    unsigned count = random.below(4);
    wasm::appendULEB(out, count);
    for (unsigned i = 0; i <= count; ++i)
      appendIndex(depth);
    return;
  }
  case ImmSlot::ValTypes:
    out.push_back(1);
    return pickType().encode(out);
  case ImmSlot::Catches:
    return appendCatches(out);
  case ImmSlot::ZeroByte:
    return out.push_back(0);
  }
}

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

/// Few opcodes of SIMD and atomics, which are many and alike.
Opcode InstrGenerator::pickOpcode() {
  llvm::ArrayRef<wasm::OpcodeInfo> opcodes = wasm::getOpcodes();
  while (true) {
    auto opcode = static_cast<Opcode>(random.below(opcodes.size()));
    const wasm::OpcodeInfo &info = wasm::getOpcodeInfo(opcode);
    bool isPlain = info.rule == wasm::TypeRule::Fixed && info.isSimple;
    if (isPlain && !random.oneIn(8))
      continue;
    if (!info.isBlockLike && opcode != Opcode::End && opcode != Opcode::Else &&
        opcode != Opcode::Delegate && opcode != Opcode::Catch &&
        opcode != Opcode::CatchAll)
      return opcode;
  }
}

void test::appendOpcodeBytes(Buffer &out, Opcode opcode) {
  const wasm::OpcodeInfo &info = wasm::getOpcodeInfo(opcode);
  if (info.prefix == 0)
    return out.push_back(info.code);
  out.push_back(info.prefix);
  wasm::appendULEB(out, info.code);
}

void InstrGenerator::appendOpcode(Buffer &out, Opcode opcode) {
  appendOpcodeBytes(out, opcode);
  for (ImmSlot slot : wasm::getImmSlots(wasm::getOpcodeInfo(opcode).form))
    appendSlot(out, opcode, slot);
}

void InstrGenerator::appendInstr(Buffer &out) {
  appendOpcode(out, pickOpcode());
}

/// Makes an object of a reference's type; false where there is none to make.
bool InstrGenerator::appendObject(Buffer &out, ValType type) {
  if (type == ValType::ref(false, AbstractHeap::I31)) {
    appendValue(out, ValType::i32());
    appendOpcode(out, Opcode::RefI31);
    return true;
  }
  if (!type.isConcreteRef() || type.getTypeIndex() >= module.types.size())
    return false;
  uint32_t index = type.getTypeIndex();
  auto append = [&](Opcode opcode, uint32_t immediate) {
    appendOpcodeBytes(out, opcode);
    wasm::appendULEB(out, immediate);
  };
  switch (module.types[index].kind) {
  case TypeDef::Kind::Struct:
    append(Opcode::StructNewDefault, index);
    return true;
  case TypeDef::Kind::Array:
    appendValue(out, ValType::i32());
    append(Opcode::ArrayNewDefault, index);
    return true;
  case TypeDef::Kind::Func:
    for (auto [i, function] : llvm::enumerate(module.functions))
      if (function == index) {
        append(Opcode::RefFunc, i);
        return true;
      }
    return false;
  }
  llvm_unreachable("all kinds are covered");
}

void InstrGenerator::appendValue(Buffer &out, ValType type) {
  auto append = [&](Opcode opcode) { appendOpcode(out, opcode); };
  switch (type.getKind()) {
  case ValType::Kind::I32:
    return append(Opcode::I32Const);
  case ValType::Kind::I64:
    return append(Opcode::I64Const);
  case ValType::Kind::F32:
    return append(Opcode::F32Const);
  case ValType::Kind::F64:
    return append(Opcode::F64Const);
  case ValType::Kind::V128:
    return append(Opcode::V128Const);
  case ValType::Kind::Bot:
    return append(Opcode::Unreachable);
  case ValType::Kind::Ref:
    break;
  }
  if (!type.isNullable() && random.oneIn(2) && appendObject(out, type))
    return;
  appendOpcodeBytes(out, Opcode::RefNull);
  if (type.isConcreteRef())
    wasm::appendSLEB(out, type.getTypeIndex());
  else
    out.push_back(static_cast<uint8_t>(type.getAbstractHeap()));
  if (!type.isNullable())
    append(Opcode::RefAsNonNull);
}

/// Operands for what appendOpcode would write now, as far as they are known
/// without its immediates.
void InstrGenerator::appendOperands(Buffer &out, Opcode opcode) {
  for (StackType type : wasm::getOpcodeInfo(opcode).getOperands()) {
    switch (type) {
    case StackType::I32:
      appendValue(out, ValType::i32());
      break;
    case StackType::I64:
      appendValue(out, ValType::i64());
      break;
    case StackType::F32:
      appendValue(out, ValType::f32());
      break;
    case StackType::F64:
      appendValue(out, ValType::f64());
      break;
    case StackType::V128:
      appendValue(out, ValType::v128());
      break;
    case StackType::Addr:
    case StackType::Addr2:
    case StackType::AddrMin:
      appendValue(out, !module.memories.empty() && module.memories[0].is64
                           ? ValType::i64()
                           : ValType::i32());
      break;
    case StackType::TableAddr:
    case StackType::TableAddr2:
    case StackType::TableAddrMin:
      appendValue(out, !module.tables.empty() && module.tables[0].limits.is64
                           ? ValType::i64()
                           : ValType::i32());
      break;
    default:
      appendValue(out, pickType());
      break;
    }
  }
}

void InstrGenerator::appendNested(Buffer &out, unsigned budget) {
  static constexpr Opcode openers[] = {Opcode::Block, Opcode::Loop, Opcode::If,
                                       Opcode::Try, Opcode::TryTable};
  Opcode opener = openers[random.below(5)];
  if (opener == Opcode::If)
    appendValue(out, ValType::i32());
  appendOpcode(out, opener);
  ++depth;
  appendItems(out, budget);
  if (opener == Opcode::If && random.oneIn(2)) {
    appendOpcode(out, Opcode::Else);
    appendItems(out, budget);
  }
  while (opener == Opcode::Try && random.oneIn(2)) {
    appendOpcode(out, random.oneIn(4) ? Opcode::CatchAll : Opcode::Catch);
    appendItems(out, budget);
  }
  --depth;
  appendOpcode(out, opener == Opcode::Try && random.oneIn(4) ? Opcode::Delegate
                                                             : Opcode::End);
}

void InstrGenerator::appendItems(Buffer &out, unsigned budget) {
  for (unsigned i = random.below(4); i != 0; --i)
    switch (random.below(6)) {
    case 0:
      appendValue(out, pickType());
      break;
    case 1:
      if (budget != 0)
        appendNested(out, budget - 1);
      break;
    case 2:
      appendOpcode(out, Opcode::Unreachable);
      break;
    case 3:
      appendInstr(out);
      break;
    default: {
      Opcode opcode = pickOpcode();
      appendOperands(out, opcode);
      appendOpcode(out, opcode);
    }
    }
}

/// What is left on the stack at the end goes with the final `unreachable`;
/// behind a first one there are operands for everything.
void InstrGenerator::appendConstruct(Buffer &out) {
  appendOpcodeBytes(out, Opcode::Block);
  out.push_back(0x40);
  ++depth;
  if (!random.oneIn(4))
    appendOpcode(out, Opcode::Unreachable);
  appendItems(out, 3);
  appendOpcode(out, Opcode::Unreachable);
  --depth;
  appendOpcode(out, Opcode::End);
}
