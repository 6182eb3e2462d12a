//===- ModuleFacts.cpp - The application's sections -----------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "ModuleFacts.h"

#include "Immediates.h"
#include "Reflect.h"

using namespace whamm::site;

// Section numbers of the binary format, 5.5.2.
namespace {
enum SectionId : uint32_t {
  TypeSection = 1,
  ImportSection = 2,
  FunctionSection = 3,
  TableSection = 4,
  MemorySection = 5,
  GlobalSection = 6,
  TagSection = 13,
};
enum ImportKind : uint8_t { FuncKind, TableKind, MemoryKind, GlobalKind };
} // namespace

static ModuleFacts theModule;

const ModuleFacts &whamm::site::getModule() {
  static bool isRead;
  if (!isRead) {
    isRead = true;
    theModule.read();
  }
  return theModule;
}

//===----------------------------------------------------------------------===//
// Value types
//===----------------------------------------------------------------------===//

/// The type of references to an abstract heap type.
static Type getAbstractRef(uint8_t heap) {
  constexpr uint8_t func = 0x70, noFunc = 0x73;
  return heap == func || heap == noFunc ? Type::FuncRef : Type::OtherRef;
}

Type whamm::site::readHeapType(Bytes &bytes) {
  int64_t heap = bytes.readSigned();
  if (heap < 0)
    return getAbstractRef(heap & 0x7F);
  auto index = static_cast<uint32_t>(heap);
  bool isFunc = index < theModule.types.size() && theModule.types[index].isFunc;
  return isFunc ? Type::FuncRef : Type::OtherRef;
}

Type whamm::site::readValueType(Bytes &bytes) {
  constexpr uint8_t refNull = 0x63, ref = 0x64;
  uint8_t byte = bytes.readByte();
  if (byte >= static_cast<uint8_t>(Type::V128))
    return static_cast<Type>(byte);
  if (byte == refNull || byte == ref)
    return readHeapType(bytes);
  return getAbstractRef(byte);
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

uint32_t ModuleFacts::readTypeList(Bytes &bytes) {
  uint32_t count = bytes.readU32();
  for (uint32_t i = 0; i != count; ++i)
    pool.push(readValueType(bytes));
  return count;
}

void ModuleFacts::readField(Bytes &bytes) {
  bool isPacked = bytes.peek() == 0x78 || bytes.peek() == 0x77;
  if (isPacked)
    bytes.skip(1);
  pool.push(isPacked ? Type::I32 : readValueType(bytes));
  bytes.skip(1); // mutability
}

void ModuleFacts::readType(Bytes &bytes, TypeDef &def) {
  if (bytes.peek() == 0x4F || bytes.peek() == 0x50) {
    bytes.skip(1);
    for (uint32_t count = bytes.readU32(); count; --count)
      bytes.readU32(); // supertypes
  }
  uint8_t kind = bytes.readByte();
  def = {kind == 0x60, pool.size(), 1, 0};
  switch (kind) {
  case 0x60:
    def.numParams = readTypeList(bytes);
    def.numResults = readTypeList(bytes);
    return;
  case 0x5F:
    def.numParams = bytes.readU32();
    for (uint32_t i = 0; i != def.numParams; ++i)
      readField(bytes);
    return;
  default:
    return readField(bytes);
  }
}

void ModuleFacts::readTypes(Bytes bytes) {
  pool.clear();
  uint32_t index = 0;
  for (uint32_t groups = bytes.readU32(); groups; --groups) {
    uint32_t count = 1;
    if (bytes.peek() == 0x4E) {
      bytes.skip(1);
      count = bytes.readU32();
    }
    for (; count; --count, ++index) {
      TypeDef def;
      readType(bytes, def);
      if (index == types.size())
        types.push(def);
      else
        types[index] = def;
    }
  }
}

//===----------------------------------------------------------------------===//
// Imports and index spaces
//===----------------------------------------------------------------------===//

/// Flags: 1 a maximum, 4 a 64-bit index type, 8 a page size.
static MemoryFacts readLimits(Bytes &bytes) {
  uint8_t flags = bytes.readByte();
  bytes.readU64();
  if (flags & 1)
    bytes.readU64();
  MemoryFacts facts{(flags & 4) != 0, 16};
  if (flags & 8)
    facts.pageSizeLog2 = static_cast<uint8_t>(bytes.readU32());
  return facts;
}

void ModuleFacts::readTable(Bytes &bytes) {
  Type element = readValueType(bytes);
  tables.push({element, readLimits(bytes).is64});
}

static bool isText(Text text, const char *literal) {
  uint32_t i = 0;
  for (; i != text.size; ++i)
    if (text.data[i] != literal[i])
      return false; // the literal's end among them
  return !literal[i];
}

bool ModuleFacts::hasProcExitType(uint32_t type) const {
  TypeList params = getParams(type);
  return params.size == 1 && params.types[0] == Type::I32 &&
         getResults(type).size == 0;
}

void ModuleFacts::readImportedItem(Bytes &bytes, Text module, Text name) {
  switch (bytes.readByte()) {
  case FuncKind: {
    uint32_t type = bytes.readU32();
    bool isProcExit = isText(module, "wasi_snapshot_preview1") &&
                      isText(name, "proc_exit") && hasProcExitType(type);
    hasProcExit |= isProcExit;
    functions.push(type);
    functionImports.push({module, name, isProcExit});
    return;
  }
  case TableKind:
    return readTable(bytes);
  case MemoryKind:
    memories.push(readLimits(bytes));
    ++numImportedMemories;
    return;
  case GlobalKind:
    globals.push(readValueType(bytes));
    bytes.skip(1); // mutability
    return;
  default:
    bytes.skip(1); // a tag's attribute
    tags.push(bytes.readU32());
    return;
  }
}

void ModuleFacts::readImports(Bytes bytes) {
  for (uint32_t count = bytes.readU32(); count; --count) {
    Text module = bytes.readName();
    Text name = bytes.readName();
    readImportedItem(bytes, module, name);
  }
}

void ModuleFacts::readFunctions(Bytes bytes) {
  uint32_t count = bytes.readU32();
  functions.reserve(functions.size() + count);
  for (; count; --count)
    functions.push(bytes.readU32());
}

void ModuleFacts::readTables(Bytes bytes) {
  for (uint32_t count = bytes.readU32(); count; --count) {
    bool hasInit = bytes.peek() == 0x40;
    if (hasInit)
      bytes.skip(2);
    readTable(bytes);
    if (hasInit)
      skipConstExpr(bytes);
  }
}

void ModuleFacts::readMemories(Bytes bytes) {
  for (uint32_t count = bytes.readU32(); count; --count)
    memories.push(readLimits(bytes));
}

void ModuleFacts::readGlobals(Bytes bytes) {
  for (uint32_t count = bytes.readU32(); count; --count) {
    globals.push(readValueType(bytes));
    bytes.skip(1); // mutability
    skipConstExpr(bytes);
  }
}

void ModuleFacts::readTags(Bytes bytes) {
  for (uint32_t count = bytes.readU32(); count; --count) {
    bytes.skip(1); // attribute
    tags.push(bytes.readU32());
  }
}

/// The content of a section; a lone 0, an empty vector, where there is none.
static Bytes getSection(uint32_t id, Array<uint8_t> &buffer) {
  uint32_t size = reflectSection(id, nullptr, 0, 0);
  buffer.resize(size + 1);
  buffer[0] = 0;
  reflectSection(id, buffer.data(), size, 0);
  return Bytes(buffer.data());
}

void ModuleFacts::read() {
  // The names of imports live on in their section.
  static Array<uint8_t> scratch, imports;
  Bytes section = getSection(TypeSection, scratch);
  // A type may refer to later ones of its group: the first time tells which are
  // functions.
  readTypes(section);
  readTypes(section);
  readImports(getSection(ImportSection, imports));
  readFunctions(getSection(FunctionSection, scratch));
  readTables(getSection(TableSection, scratch));
  readMemories(getSection(MemorySection, scratch));
  readGlobals(getSection(GlobalSection, scratch));
  readTags(getSection(TagSection, scratch));
}
