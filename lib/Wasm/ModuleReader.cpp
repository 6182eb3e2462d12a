//===- ModuleReader.cpp - Decoding a module's sections ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// The binary format, 5.5. Indices that other parts of the compiler follow
// without asking (types of functions and tags) are checked here; the rest is
// left to validation.
//
//===----------------------------------------------------------------------===//

#include "Reader.h"

#include "whamm/Wasm/Encode.h"

using namespace llvm;
using namespace whamm::wasm;

namespace whamm::wasm {

/// Fills in a module, section by section.
class ModuleReader {
public:
  explicit ModuleReader(Module &module)
      : module(module), reader(module.bytes, 0, module.bytes.size()) {}

  Error read();

private:
  void readPreamble();
  void readSection();
  void readContent(SectionId id, Reader &r);
  void checkOrder(SectionId id, size_t offset);

  void readTypes(Reader &r);
  void readRecGroup(Reader &r);
  void readSubType(Reader &r);
  void readCompType(Reader &r, TypeDef &type);
  FieldType readField(Reader &r);
  void readFieldList(Reader &r, TypeDef &type);
  void readTypeList(Reader &r, SmallVectorImpl<ValType> &types);

  void readImports(Reader &r);
  void readImportDesc(Reader &r, Import &import);
  void readFunctions(Reader &r);
  void readTables(Reader &r);
  void readMemories(Reader &r);
  void readGlobals(Reader &r);
  void readTags(Reader &r);
  void readExports(Reader &r);
  void readElements(Reader &r);
  ElementSegment readElement(Reader &r);
  void readElementItems(Reader &r, ElementSegment &segment);
  void readCode(Reader &r);
  void readBody(Reader &r);
  void readData(Reader &r);

  uint32_t readFuncTypeIndex(Reader &r);
  uint32_t readTagType(Reader &r);
  TableType readTableType(Reader &r);
  Limits readLimits(Reader &r, bool isMemory);
  GlobalType readGlobalType(Reader &r);
  void readNames();
  void readFunctionNames(Reader &r);

  Module &module;
  Reader reader;
  unsigned lastRank = 0;
  bool hasCode = false;
};

} // namespace whamm::wasm

Error ModuleReader::read() {
  readPreamble();
  while (!reader.failed() && !reader.atEnd())
    readSection();
  size_t end = module.bytes.size();
  uint32_t defined = module.functions.size() - module.numImportedFunctions;
  if (defined != module.bodies.size())
    reader.fail(end, "function and code section have inconsistent lengths");
  if (module.dataCount && *module.dataCount != module.numData)
    reader.fail(end, "data count and data section have inconsistent lengths");
  if (reader.failed())
    return make_error<ReadError>(reader.getErrorOffset(), reader.getMessage());
  canonicalizeTypes(module);
  readNames();
  return Error::success();
}

void ModuleReader::readPreamble() {
  SmallVector<uint8_t, 8> preamble;
  appendPreamble(preamble);
  if (module.bytes.take_front(4) != ArrayRef(preamble).take_front(4))
    return reader.fail(0, "magic header not detected");
  if (module.bytes.take_front(8) != ArrayRef(preamble))
    return reader.fail(4, "unknown binary version");
  reader.skip(8);
}

/// The place of a section in the order that the format wants.
static unsigned getRank(SectionId id) {
  switch (id) {
  case SectionId::Tag: // between memories and globals
    return 2 * static_cast<unsigned>(SectionId::Memory) + 1;
  case SectionId::DataCount: // between elements and code
    return 2 * static_cast<unsigned>(SectionId::Element) + 1;
  default:
    return 2 * static_cast<unsigned>(id);
  }
}

void ModuleReader::checkOrder(SectionId id, size_t offset) {
  if (id > SectionId::Tag)
    return reader.fail(offset, "malformed section id");
  if (id == SectionId::Custom)
    return;
  if (getRank(id) <= lastRank)
    return reader.fail(offset, "unexpected content after last section");
  lastRank = getRank(id);
}

void ModuleReader::readSection() {
  Section section;
  size_t start = reader.getOffset();
  section.id = reader.readByte();
  ByteRange content = reader.readSized();
  section.header = {start, content.begin};
  section.content = content;
  SectionId id = static_cast<SectionId>(section.id);
  checkOrder(id, start);
  if (reader.failed())
    return;
  Reader r(module.bytes, content.begin, content.end);
  if (id == SectionId::Custom) {
    section.name = r.readName();
    section.content.begin = r.getOffset();
  } else {
    readContent(id, r);
    if (!r.failed() && !r.atEnd())
      r.failHere("section size mismatch");
  }
  if (r.failed())
    return reader.fail(r.getErrorOffset(), r.getMessage());
  module.sections.push_back(section);
}

void ModuleReader::readContent(SectionId id, Reader &r) {
  switch (id) {
  case SectionId::Custom:
    return;
  case SectionId::Type:
    return readTypes(r);
  case SectionId::Import:
    return readImports(r);
  case SectionId::Function:
    return readFunctions(r);
  case SectionId::Table:
    return readTables(r);
  case SectionId::Memory:
    return readMemories(r);
  case SectionId::Global:
    return readGlobals(r);
  case SectionId::Export:
    return readExports(r);
  case SectionId::Start:
    module.start = r.readU32();
    if (*module.start >= module.functions.size())
      r.failHere("unknown function");
    return;
  case SectionId::Element:
    return readElements(r);
  case SectionId::Code:
    return readCode(r);
  case SectionId::Data:
    return readData(r);
  case SectionId::DataCount:
    module.dataCount = r.readU32();
    return;
  case SectionId::Tag:
    return readTags(r);
  }
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

void ModuleReader::readTypes(Reader &r) {
  uint32_t count = r.readCount();
  module.types.reserve(count);
  for (uint32_t i = 0; i != count && !r.failed(); ++i)
    readRecGroup(r);
}

void ModuleReader::readRecGroup(Reader &r) {
  uint32_t first = module.types.size(), size = 1;
  if (r.peekByte() == 0x4E) {
    r.readByte();
    size = r.readCount();
  }
  for (uint32_t i = 0; i != size && !r.failed(); ++i) {
    readSubType(r);
    module.types.back().recGroup = first;
    module.types.back().recGroupSize = size;
  }
}

void ModuleReader::readSubType(Reader &r) {
  TypeDef &type = module.types.emplace_back();
  uint8_t byte = r.peekByte();
  if (byte == 0x4F || byte == 0x50) {
    r.readByte();
    type.isFinal = byte == 0x4F;
    uint32_t count = r.readCount();
    for (uint32_t i = 0; i != count && !r.failed(); ++i)
      type.supertypes.push_back(r.readU32());
  }
  readCompType(r, type);
}

void ModuleReader::readCompType(Reader &r, TypeDef &type) {
  size_t start = r.getOffset();
  switch (r.readByte()) {
  case 0x60:
    type.kind = TypeDef::Kind::Func;
    readTypeList(r, type.func.params);
    return readTypeList(r, type.func.results);
  case 0x5F:
    type.kind = TypeDef::Kind::Struct;
    return readFieldList(r, type);
  case 0x5E:
    type.kind = TypeDef::Kind::Array;
    type.fields.push_back(readField(r));
    return;
  default:
    return r.fail(start, "malformed type");
  }
}

void ModuleReader::readTypeList(Reader &r, SmallVectorImpl<ValType> &types) {
  uint32_t count = r.readCount();
  types.reserve(count);
  for (uint32_t i = 0; i != count && !r.failed(); ++i)
    types.push_back(r.readValType());
}

FieldType ModuleReader::readField(Reader &r) {
  FieldType field;
  uint8_t byte = r.peekByte();
  if (byte == 0x78 || byte == 0x77) {
    r.readByte();
    field.type = ValType::i32();
    field.packed =
        byte == 0x78 ? FieldType::Packed::I8 : FieldType::Packed::I16;
  } else {
    field.type = r.readValType();
  }
  size_t start = r.getOffset();
  uint8_t mutability = r.readByte();
  if (mutability > 1)
    r.fail(start, "malformed mutability");
  field.isMutable = mutability == 1;
  return field;
}

void ModuleReader::readFieldList(Reader &r, TypeDef &type) {
  uint32_t count = r.readCount();
  type.fields.reserve(count);
  for (uint32_t i = 0; i != count && !r.failed(); ++i)
    type.fields.push_back(readField(r));
}

//===----------------------------------------------------------------------===//
// Imports and index spaces
//===----------------------------------------------------------------------===//

uint32_t ModuleReader::readFuncTypeIndex(Reader &r) {
  size_t start = r.getOffset();
  uint32_t index = r.readU32();
  if (!r.failed() && (index >= module.types.size() ||
                      module.types[index].kind != TypeDef::Kind::Func))
    r.fail(start, "unknown function type");
  return index;
}

uint32_t ModuleReader::readTagType(Reader &r) {
  size_t start = r.getOffset();
  if (r.readByte() != 0)
    r.fail(start, "malformed tag attribute");
  return readFuncTypeIndex(r);
}

Limits ModuleReader::readLimits(Reader &r, bool isMemory) {
  Limits limits;
  size_t start = r.getOffset();
  uint8_t flags = r.readByte();
  // Bit 0: maximum; 1: shared; 2: 64-bit; 3: page size. Tables know the first
  // and the third.
  if (flags & (isMemory ? ~0xF : ~0x5)) {
    r.fail(start, "malformed limits flags");
    return limits;
  }
  limits.isShared = flags & 2;
  limits.is64 = flags & 4;
  // The specification reads u64 whatever the type of addresses, so that it
  // allows encodings of small numbers that are too long for u32. Engines refuse
  // those, as versions before 3.0 did.
  auto readBound = [&] { return limits.is64 ? r.readU64() : r.readU32(); };
  limits.min = readBound();
  if (flags & 1)
    limits.max = readBound();
  if (flags & 8) {
    size_t at = r.getOffset();
    uint32_t log2 = r.readU32();
    if (log2 > 64)
      r.fail(at, "malformed page size");
    limits.pageSizeLog2 = static_cast<uint8_t>(log2);
  }
  return limits;
}

TableType ModuleReader::readTableType(Reader &r) {
  TableType type;
  size_t start = r.getOffset();
  type.element = r.readValType();
  if (!r.failed() && !type.element.isRef())
    r.fail(start, "malformed reference type");
  type.limits = readLimits(r, /*isMemory=*/false);
  return type;
}

GlobalType ModuleReader::readGlobalType(Reader &r) {
  GlobalType type;
  type.type = r.readValType();
  size_t start = r.getOffset();
  uint8_t mutability = r.readByte();
  if (mutability > 1)
    r.fail(start, "malformed mutability");
  type.isMutable = mutability == 1;
  return type;
}

void ModuleReader::readImportDesc(Reader &r, Import &import) {
  size_t start = r.getOffset();
  uint8_t kind = r.readByte();
  if (kind > static_cast<uint8_t>(ExternKind::Tag))
    return r.fail(start, "malformed import kind");
  import.kind = static_cast<ExternKind>(kind);
  switch (import.kind) {
  case ExternKind::Func:
    import.typeIndex = readFuncTypeIndex(r);
    module.functions.push_back(import.typeIndex);
    module.functionImports.push_back(module.imports.size() - 1);
    ++module.numImportedFunctions;
    return;
  case ExternKind::Table:
    import.table = readTableType(r);
    module.tables.push_back(import.table);
    ++module.numImportedTables;
    return;
  case ExternKind::Memory:
    import.memory = readLimits(r, /*isMemory=*/true);
    module.memories.push_back(import.memory);
    ++module.numImportedMemories;
    return;
  case ExternKind::Global:
    import.global = readGlobalType(r);
    module.globals.push_back(import.global);
    ++module.numImportedGlobals;
    return;
  case ExternKind::Tag:
    import.typeIndex = readTagType(r);
    module.tags.push_back(import.typeIndex);
    ++module.numImportedTags;
    return;
  }
}

void ModuleReader::readImports(Reader &r) {
  uint32_t count = r.readCount();
  module.imports.reserve(count);
  for (uint32_t i = 0; i != count && !r.failed(); ++i) {
    Import &import = module.imports.emplace_back();
    import.module = r.readName();
    import.name = r.readName();
    readImportDesc(r, import);
  }
}

void ModuleReader::readFunctions(Reader &r) {
  uint32_t count = r.readCount();
  module.functions.reserve(module.functions.size() + count);
  for (uint32_t i = 0; i != count && !r.failed(); ++i)
    module.functions.push_back(readFuncTypeIndex(r));
}

void ModuleReader::readTables(Reader &r) {
  uint32_t count = r.readCount();
  for (uint32_t i = 0; i != count && !r.failed(); ++i) {
    bool hasInit = r.peekByte() == 0x40;
    if (hasInit) {
      r.readByte();
      if (r.readByte() != 0)
        return r.failHere("malformed table");
    }
    module.tables.push_back(readTableType(r));
    module.tableInits.push_back(hasInit ? skipConstExpr(r) : ByteRange());
  }
}

void ModuleReader::readMemories(Reader &r) {
  uint32_t count = r.readCount();
  for (uint32_t i = 0; i != count && !r.failed(); ++i)
    module.memories.push_back(readLimits(r, /*isMemory=*/true));
}

void ModuleReader::readGlobals(Reader &r) {
  uint32_t count = r.readCount();
  for (uint32_t i = 0; i != count && !r.failed(); ++i) {
    module.globals.push_back(readGlobalType(r));
    module.globalInits.push_back(skipConstExpr(r));
  }
}

void ModuleReader::readTags(Reader &r) {
  uint32_t count = r.readCount();
  for (uint32_t i = 0; i != count && !r.failed(); ++i)
    module.tags.push_back(readTagType(r));
}

void ModuleReader::readExports(Reader &r) {
  uint32_t count = r.readCount();
  module.exports.reserve(count);
  for (uint32_t i = 0; i != count && !r.failed(); ++i) {
    Export &item = module.exports.emplace_back();
    item.name = r.readName();
    size_t start = r.getOffset();
    uint8_t kind = r.readByte();
    if (kind > static_cast<uint8_t>(ExternKind::Tag))
      return r.fail(start, "malformed export kind");
    item.kind = static_cast<ExternKind>(kind);
    item.index = r.readU32();
  }
}

//===----------------------------------------------------------------------===//
// Segments and code
//===----------------------------------------------------------------------===//

void ModuleReader::readElements(Reader &r) {
  uint32_t count = r.readCount();
  for (uint32_t i = 0; i != count && !r.failed(); ++i) {
    module.elements.push_back(readElement(r));
    module.elementTypes.push_back(module.elements.back().type);
  }
  module.numElements = module.elements.size();
}

ElementSegment ModuleReader::readElement(Reader &r) {
  ElementSegment segment;
  size_t start = r.getOffset();
  uint32_t flags = r.readU32();
  if (flags > 7) {
    r.fail(start, "malformed element segment kind");
    return segment;
  }
  // Bit 0: not active; bit 1: declarative, or an explicit table; bit 2: items
  // are expressions.
  segment.hasExprs = flags & 4;
  segment.type = ValType::ref(segment.hasExprs, AbstractHeap::Func);
  if (flags & 1) {
    segment.mode = flags & 2 ? ElementSegment::Mode::Declarative
                             : ElementSegment::Mode::Passive;
  } else {
    segment.table = flags & 2 ? r.readU32() : 0;
    segment.offset = skipConstExpr(r);
  }
  if (flags & 3) {
    size_t at = r.getOffset();
    if (segment.hasExprs)
      segment.type = r.readValType();
    else if (r.readByte() != 0)
      r.fail(at, "malformed element kind");
    if (!r.failed() && !segment.type.isRef())
      r.fail(at, "malformed reference type");
  }
  readElementItems(r, segment);
  return segment;
}

void ModuleReader::readElementItems(Reader &r, ElementSegment &segment) {
  segment.count = r.readCount();
  segment.items.begin = r.getOffset();
  for (uint32_t i = 0; i != segment.count && !r.failed(); ++i) {
    if (segment.hasExprs)
      skipConstExpr(r);
    else
      r.readU32();
  }
  segment.items.end = r.getOffset();
}

void ModuleReader::readCode(Reader &r) {
  uint32_t count = r.readCount();
  module.bodies.reserve(count);
  for (uint32_t i = 0; i != count && !r.failed(); ++i)
    readBody(r);
}

void ModuleReader::readBody(Reader &r) {
  FunctionBody &body = module.bodies.emplace_back();
  body.range = r.readSized();
  if (r.failed())
    return;
  Reader locals(module.bytes, body.range.begin, body.range.end);
  uint32_t groups = locals.readCount();
  uint64_t total = 0;
  for (uint32_t i = 0; i != groups && !locals.failed(); ++i) {
    size_t start = locals.getOffset();
    total += locals.readU32();
    locals.readValType();
    if (total > UINT32_MAX)
      locals.fail(start, "too many locals");
  }
  body.codeBegin = locals.getOffset();
  if (locals.failed())
    r.fail(locals.getErrorOffset(), locals.getMessage());
}

void ModuleReader::readData(Reader &r) {
  uint32_t count = r.readCount();
  module.data.reserve(count);
  for (uint32_t i = 0; i != count && !r.failed(); ++i) {
    DataSegment &segment = module.data.emplace_back();
    size_t start = r.getOffset();
    uint32_t flags = r.readU32();
    if (flags > 2)
      return r.fail(start, "malformed data segment kind");
    segment.isActive = flags != 1;
    segment.memory = flags == 2 ? r.readU32() : 0;
    if (segment.isActive)
      segment.offset = skipConstExpr(r);
    segment.bytes = r.readSized();
  }
  module.numData = module.data.size();
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// A broken name section is a custom section like any other: what can be read
/// is used, and the rest means no names.
void ModuleReader::readNames() {
  const Section *section = module.findCustomSection("name");
  if (!section)
    return;
  Reader r(module.bytes, section->content.begin, section->content.end);
  while (!r.failed() && !r.atEnd()) {
    uint8_t id = r.readByte();
    ByteRange content = r.readSized();
    Reader sub(module.bytes, content.begin, content.end);
    if (r.failed())
      return;
    if (id == 0) {
      StringRef name = sub.readName();
      if (!sub.failed())
        module.moduleName = name;
    } else if (id == 1) {
      readFunctionNames(sub);
    }
  }
}

void ModuleReader::readFunctionNames(Reader &r) {
  uint32_t count = r.readCount();
  if (r.failed())
    return;
  // A name takes two bytes at least, so that the reservation is bounded.
  module.functionNames.reserve(
      std::min<size_t>(count, module.functions.size()));
  for (uint32_t i = 0; i != count; ++i) {
    uint32_t index = r.readU32();
    StringRef name = r.readName();
    if (r.failed())
      return;
    if (index < module.functions.size())
      module.functionNames.try_emplace(index, name);
  }
}

Expected<Module> Module::parse(Bytes bytes) {
  Module module;
  module.bytes = bytes;
  if (Error error = ModuleReader(module).read())
    return std::move(error);
  return module;
}
