//===- TypeStackImmediates.cpp - Checks of immediates -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// What the specification asks of indices, lanes, alignments and of the types
// that they lead to.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/TypeStack.h"

#include "llvm/ADT/Twine.h"

using namespace llvm;
using namespace whamm::wasm;

bool TypeStack::checkType(ValType type) {
  if (!type.isConcreteRef() || type.getTypeIndex() < module.types.size())
    return true;
  return fail("unknown type " + Twine(type.getTypeIndex()));
}

/// The kind of type that a type immediate has to name.
static TypeDef::Kind getExpectedKind(Opcode opcode) {
  switch (opcode) {
  case Opcode::CallIndirect:
  case Opcode::ReturnCallIndirect:
  case Opcode::CallRef:
  case Opcode::ReturnCallRef:
    return TypeDef::Kind::Func;
  case Opcode::StructNew:
  case Opcode::StructNewDefault:
  case Opcode::StructGet:
  case Opcode::StructGetS:
  case Opcode::StructGetU:
  case Opcode::StructSet:
    return TypeDef::Kind::Struct;
  default:
    return TypeDef::Kind::Array;
  }
}

bool TypeStack::checkTypeImmediate(const Instr &instr, uint32_t index) {
  if (index >= module.types.size())
    return fail("unknown type " + Twine(index));
  if (module.types[index].kind == getExpectedKind(instr.opcode))
    return true;
  return fail("type " + Twine(index) + " is of the wrong kind for " +
              getMnemonic(instr.opcode));
}

bool TypeStack::checkIndex(ImmSlot slot, uint32_t index, const Instr &instr) {
  auto below = [&](size_t size, const char *what) {
    return index < size || fail("unknown " + Twine(what) + " " + Twine(index) +
                                ": there are " + Twine(size));
  };
  switch (slot) {
  case ImmSlot::Func:
    return below(module.functions.size(), "function");
  case ImmSlot::Type:
    return checkTypeImmediate(instr, index);
  case ImmSlot::Table:
    return below(module.tables.size(), "table");
  case ImmSlot::Memory:
    return below(module.memories.size(), "memory");
  case ImmSlot::Global:
    return below(visibleGlobals, "global");
  case ImmSlot::Local:
    return below(localTypes.size(), "local");
  case ImmSlot::Tag:
    return below(module.tags.size(), "tag");
  case ImmSlot::Data:
    if (!module.dataCount)
      return fail("data count section required");
    return below(*module.dataCount, "data segment");
  case ImmSlot::Elem:
    return below(module.numElements, "element segment");
  case ImmSlot::Field:
    return below(module.types[instr.imms[0]].fields.size(), "field");
  case ImmSlot::Lane:
    return below(getOpcodeInfo(instr.opcode).lanes, "lane");
  default: // labels, counts
    return true;
  }
}

bool TypeStack::checkMemArg(const Instr &instr, const OpcodeInfo &info) {
  if (!checkIndex(ImmSlot::Memory, instr.mem.memory, instr))
    return false;
  unsigned natural = info.getNaturalAlign();
  bool isAtomic = info.category == Category::Atomic;
  if (isAtomic ? instr.mem.align != natural : instr.mem.align > natural)
    return fail((isAtomic ? "alignment must be natural"
                          : "alignment must not be larger than natural") +
                Twine(": expected 2^") + Twine(natural) + ", found 2^" +
                Twine(instr.mem.align));
  if (!module.memories[instr.mem.memory].is64 && instr.mem.offset > UINT32_MAX)
    return fail("offset out of range: expected at most 2^32-1 for a 32-bit "
                "memory, found " +
                Twine(instr.mem.offset));
  return true;
}

bool TypeStack::checkImmediates(const Instr &instr, const OpcodeInfo &info) {
  switch (info.form) {
  case ImmForm::NoImm:
    return true;
  case ImmForm::Local:
    if (!checkIndex(ImmSlot::Local, instr.imms[0], instr))
      return false;
    if (hasUndefaultable && instr.opcode == Opcode::LocalGet &&
        !isSet[instr.imms[0]])
      return fail("uninitialized local " + Twine(instr.imms[0]));
    return true;
  case ImmForm::MemAccess:
    return checkMemArg(instr, info);
  case ImmForm::MemAccessLane:
    return checkMemArg(instr, info) &&
           checkIndex(ImmSlot::Lane, instr.imms[0], instr);
  case ImmForm::Shuffle:
    for (uint64_t half : {instr.constBits, instr.constBitsHigh})
      for (unsigned i = 0; i != 8; ++i)
        if ((half >> (8 * i) & 0xFF) >= 32)
          return fail("invalid lane index");
    return true;
  case ImmForm::SelectTypes:
    if (instr.selectTypes.size() != 1)
      return fail("invalid result arity");
    return checkType(instr.selectTypes[0]);
  default:
    break;
  }
  unsigned at = 0;
  for (ImmSlot slot : getImmSlots(info.form))
    if (at < instr.numImms && !checkIndex(slot, instr.imms[at++], instr))
      return false;
  return checkSegments(instr);
}

//===----------------------------------------------------------------------===//
// Fields, elements, segments
//===----------------------------------------------------------------------===//

static bool isPacked(const FieldType &field) {
  return field.packed != FieldType::Packed::No;
}

/// Fields of structures and elements of arrays: packed ones are read with a
/// sign, written ones are mutable.
bool TypeStack::checkField(const Instr &instr) {
  const FieldType &field = getFieldOf(instr);
  switch (instr.opcode) {
  case Opcode::StructGet:
  case Opcode::ArrayGet:
    return !isPacked(field) || fail("field is packed");
  case Opcode::StructGetS:
  case Opcode::StructGetU:
  case Opcode::ArrayGetS:
  case Opcode::ArrayGetU:
    return isPacked(field) || fail("field is not packed");
  default:
    return field.isMutable || fail("field is immutable");
  }
}

/// Arrays made or filled from defaults, segments or other arrays.
bool TypeStack::checkArray(const Instr &instr) {
  const FieldType &element = getFieldOf(instr);
  switch (instr.opcode) {
  case Opcode::ArrayNewDefault:
    return element.type.isDefaultable() || fail("field type has no default");
  case Opcode::ArrayInitData:
  case Opcode::ArrayNewData:
    if (element.type.isRef())
      return fail("array type is not numeric or vector");
    return instr.opcode == Opcode::ArrayNewData || checkField(instr);
  case Opcode::ArrayInitElem:
  case Opcode::ArrayNewElem:
    if (!module.isSubtype(module.elementTypes[instr.imms[1]], element.type))
      return fail("type mismatch: element segment and array");
    return instr.opcode == Opcode::ArrayNewElem || checkField(instr);
  case Opcode::ArrayCopy: {
    const FieldType &source = module.types[instr.imms[1]].fields[0];
    if (source.packed != element.packed ||
        !module.isSubtype(source.type, element.type))
      return fail("array types do not match");
    return checkField(instr);
  }
  default:
    return true;
  }
}

bool TypeStack::checkSegments(const Instr &instr) {
  switch (instr.opcode) {
  case Opcode::GlobalSet:
    return module.globals[instr.imms[0]].isMutable ||
           fail("global is immutable");
  case Opcode::CallIndirect:
  case Opcode::ReturnCallIndirect:
    return module.isSubtype(module.tables[instr.imms[1]].element,
                            ValType::funcref()) ||
           fail("type mismatch: the table does not hold functions");
  case Opcode::TableInit:
    return module.isSubtype(module.elementTypes[instr.imms[0]],
                            module.tables[instr.imms[1]].element) ||
           fail("type mismatch: element segment and table");
  case Opcode::TableCopy:
    return module.isSubtype(module.tables[instr.imms[1]].element,
                            module.tables[instr.imms[0]].element) ||
           fail("type mismatch: tables");
  case Opcode::Throw:
    return module.types[module.tags[instr.imms[0]]].func.results.empty() ||
           fail("tag has results");
  case Opcode::StructNewDefault:
    return all_of(module.types[instr.imms[0]].fields,
                  [](const FieldType &f) { return f.type.isDefaultable(); }) ||
           fail("field type has no default");
  case Opcode::StructGet:
  case Opcode::StructGetS:
  case Opcode::StructGetU:
  case Opcode::StructSet:
  case Opcode::ArrayGet:
  case Opcode::ArrayGetS:
  case Opcode::ArrayGetU:
  case Opcode::ArraySet:
  case Opcode::ArrayFill:
    return checkField(instr);
  case Opcode::ArrayNewDefault:
  case Opcode::ArrayInitData:
  case Opcode::ArrayNewData:
  case Opcode::ArrayInitElem:
  case Opcode::ArrayNewElem:
  case Opcode::ArrayCopy:
    return checkArray(instr);
  default:
    return true;
  }
}

/// Constant expressions (3.3.10).
bool TypeStack::checkConstant(const Instr &instr) {
  switch (instr.opcode) {
  case Opcode::End:
  case Opcode::I32Const:
  case Opcode::I64Const:
  case Opcode::F32Const:
  case Opcode::F64Const:
  case Opcode::V128Const:
  case Opcode::I32Add:
  case Opcode::I32Sub:
  case Opcode::I32Mul:
  case Opcode::I64Add:
  case Opcode::I64Sub:
  case Opcode::I64Mul:
  case Opcode::RefNull:
  case Opcode::RefFunc:
  case Opcode::RefI31:
  case Opcode::StructNew:
  case Opcode::StructNewDefault:
  case Opcode::ArrayNew:
  case Opcode::ArrayNewDefault:
  case Opcode::ArrayNewFixed:
  case Opcode::AnyConvertExtern:
  case Opcode::ExternConvertAny:
    return true;
  case Opcode::GlobalGet:
    return instr.imms[0] >= visibleGlobals || // reported as unknown
           !module.globals[instr.imms[0]].isMutable ||
           fail("constant expression required");
  default:
    return fail("constant expression required");
  }
}
