//===- Subtyping.cpp - Type equivalence and subtyping -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// Core specification 3.3. Recursion groups are equal where they have the same
// structure, references into the group counted from its start. A group is
// therefore written down as a key in which references to earlier groups are
// replaced by canonical numbers; equal keys mean equal groups.
//
//===----------------------------------------------------------------------===//

#include "Reader.h"

#include "llvm/ADT/StringMap.h"

using namespace llvm;
using namespace whamm::wasm;

namespace {
/// Writes the key of one recursion group.
class GroupKey {
public:
  GroupKey(const Module &module, uint32_t first, uint32_t size)
      : module(module), first(first), size(size) {
    for (uint32_t i = first; i != first + size; ++i)
      add(module.types[i]);
  }
  StringRef str() const {
    return StringRef(reinterpret_cast<const char *>(words.data()),
                     words.size() * sizeof(uint32_t));
  }

private:
  void addIndex(uint32_t index) {
    bool inGroup = index >= first && index - first < size;
    words.push_back(inGroup);
    // Types behind the group are not valid; they stand for themselves.
    words.push_back(inGroup         ? index - first
                    : index < first ? module.canonicalTypes[index]
                                    : index);
  }
  void add(ValType type) {
    words.push_back(static_cast<uint32_t>(type.getKind()) << 8 |
                    type.isNullable() << 1 | type.isAbstractRef());
    if (type.isConcreteRef())
      addIndex(type.getTypeIndex());
    else if (type.isRef())
      words.push_back(static_cast<uint32_t>(type.getAbstractHeap()));
  }
  void add(ArrayRef<ValType> types) {
    words.push_back(types.size());
    for (ValType type : types)
      add(type);
  }
  void add(const TypeDef &type) {
    words.push_back(static_cast<uint32_t>(type.kind) << 1 | type.isFinal);
    words.push_back(type.supertypes.size());
    for (uint32_t super : type.supertypes)
      addIndex(super);
    if (type.kind == TypeDef::Kind::Func) {
      add(type.func.params);
      add(type.func.results);
      return;
    }
    words.push_back(type.fields.size());
    for (const FieldType &field : type.fields) {
      words.push_back(static_cast<uint32_t>(field.packed) << 1 |
                      field.isMutable);
      add(field.type);
    }
  }

  const Module &module;
  uint32_t first, size;
  SmallVector<uint32_t, 32> words;
};
} // namespace

void whamm::wasm::canonicalizeTypes(Module &module) {
  uint32_t count = module.types.size();
  module.canonicalTypes.resize(count);
  StringMap<uint32_t> groups;
  for (uint32_t first = 0; first != count;) {
    uint32_t size = module.types[first].recGroupSize;
    GroupKey key(module, first, size);
    uint32_t canonical = groups.try_emplace(key.str(), first).first->second;
    for (uint32_t i = 0; i != size; ++i)
      module.canonicalTypes[first + i] = canonical + i;
    first += size;
  }
}

bool Module::isDefinedSubtype(uint32_t sub, uint32_t super) const {
  if (sub >= types.size() || super >= types.size())
    return false;
  // A declared supertype comes before its subtype; anything else is an error
  // of the module and ends the walk.
  while (canonicalTypes[sub] != canonicalTypes[super]) {
    const TypeDef &type = types[sub];
    if (type.supertypes.empty() || type.supertypes.front() >= sub)
      return false;
    sub = type.supertypes.front();
  }
  return true;
}

/// The abstract heap type directly above a defined type.
static AbstractHeap getAbstractOf(const TypeDef &type) {
  switch (type.kind) {
  case TypeDef::Kind::Func:
    return AbstractHeap::Func;
  case TypeDef::Kind::Struct:
    return AbstractHeap::Struct;
  case TypeDef::Kind::Array:
    return AbstractHeap::Array;
  }
  llvm_unreachable("all kinds are covered");
}

static bool isAbstractSubtype(AbstractHeap sub, AbstractHeap super) {
  if (sub == super)
    return true;
  switch (super) {
  case AbstractHeap::Any:
    return sub == AbstractHeap::Eq || sub == AbstractHeap::I31 ||
           sub == AbstractHeap::Struct || sub == AbstractHeap::Array ||
           sub == AbstractHeap::None;
  case AbstractHeap::Eq:
    return sub == AbstractHeap::I31 || sub == AbstractHeap::Struct ||
           sub == AbstractHeap::Array || sub == AbstractHeap::None;
  case AbstractHeap::I31:
  case AbstractHeap::Struct:
  case AbstractHeap::Array:
    return sub == AbstractHeap::None;
  case AbstractHeap::Func:
    return sub == AbstractHeap::NoFunc;
  case AbstractHeap::Extern:
    return sub == AbstractHeap::NoExtern;
  case AbstractHeap::Exn:
    return sub == AbstractHeap::NoExn;
  default:
    return false;
  }
}

bool Module::isSubtype(ValType sub, ValType super) const {
  if (sub == super || sub.isBot())
    return true;
  if (!sub.isRef() || !super.isRef())
    return false;
  if (sub.isNullable() && !super.isNullable())
    return false;
  if (sub.isConcreteRef()) {
    if (super.isConcreteRef())
      return isDefinedSubtype(sub.getTypeIndex(), super.getTypeIndex());
    return sub.getTypeIndex() < types.size() &&
           isAbstractSubtype(getAbstractOf(types[sub.getTypeIndex()]),
                             super.getAbstractHeap());
  }
  if (super.isAbstractRef())
    return isAbstractSubtype(sub.getAbstractHeap(), super.getAbstractHeap());
  // Only the bottom types lie below a defined type.
  if (super.getTypeIndex() >= types.size())
    return false;
  bool isFunc = types[super.getTypeIndex()].kind == TypeDef::Kind::Func;
  return sub.getAbstractHeap() ==
         (isFunc ? AbstractHeap::NoFunc : AbstractHeap::None);
}

bool Module::isSameType(ValType a, ValType b) const {
  if (!a.isConcreteRef() || !b.isConcreteRef())
    return a == b;
  uint32_t i = a.getTypeIndex(), j = b.getTypeIndex();
  return a.isNullable() == b.isNullable() && i < types.size() &&
         j < types.size() && canonicalTypes[i] == canonicalTypes[j];
}
