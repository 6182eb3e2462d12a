//===- ModuleOutline.cpp - Where a module's definitions are -----*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "ModuleOutline.h"

#include "llvm/Support/LEB128.h"

using namespace llvm;
using namespace whamm;
using namespace whamm::wei;
using wasm::SectionId;

namespace {

/// Steps over the entries of sections. The module is valid.
class EntrySkipper {
public:
  EntrySkipper(const wasm::Module &module, size_t pos)
      : module(module), pos(pos) {}

  uint64_t readULEB() {
    unsigned size = 0;
    uint64_t value = decodeULEB128(module.bytes.data() + pos, &size);
    pos += size;
    return value;
  }
  /// Goes over entry `index`, counted from the first one of the section.
  void skip(SectionId id, size_t index);

  const wasm::Module &module;
  size_t pos;

private:
  uint8_t readByte() { return module.bytes[pos++]; }
  void skipName() {
    size_t size = readULEB();
    pos += size;
  }
  void skipValType();
  void skipValTypes();
  void skipField();
  void skipSubType();
  void skipType();
  void skipLimits();
  void skipImport();
};

} // namespace

void EntrySkipper::skipValType() {
  uint8_t byte = readByte();
  if (byte == 0x63 || byte == 0x64) // (ref null ht), (ref ht)
    readULEB();                     // signed numbers are as long
}

void EntrySkipper::skipValTypes() {
  for (uint64_t count = readULEB(); count != 0; --count)
    skipValType();
}

void EntrySkipper::skipField() {
  skipValType(); // packed types are single bytes, too
  readByte();
}

void EntrySkipper::skipSubType() {
  uint8_t form = readByte();
  if (form == 0x50 || form == 0x4F) { // sub, sub final
    for (uint64_t count = readULEB(); count != 0; --count)
      readULEB();
    form = readByte();
  }
  switch (form) {
  case 0x60: // func
    skipValTypes();
    skipValTypes();
    return;
  case 0x5F: // struct
    for (uint64_t count = readULEB(); count != 0; --count)
      skipField();
    return;
  default: // array
    skipField();
    return;
  }
}

void EntrySkipper::skipType() {
  if (module.bytes[pos] != 0x4E) // rec
    return skipSubType();
  ++pos;
  for (uint64_t count = readULEB(); count != 0; --count)
    skipSubType();
}

void EntrySkipper::skipLimits() {
  uint8_t flags = readByte();
  readULEB();
  if (flags & 1)
    readULEB();
  if (flags & 8) // custom page size
    readULEB();
}

void EntrySkipper::skipImport() {
  skipName();
  skipName();
  switch (static_cast<wasm::ExternKind>(readByte())) {
  case wasm::ExternKind::Func:
    readULEB();
    return;
  case wasm::ExternKind::Table:
    skipValType();
    return skipLimits();
  case wasm::ExternKind::Memory:
    return skipLimits();
  case wasm::ExternKind::Global:
    return skipField();
  case wasm::ExternKind::Tag:
    readByte();
    readULEB();
    return;
  }
}

void EntrySkipper::skip(SectionId id, size_t index) {
  switch (id) {
  case SectionId::Type:
    return skipType();
  case SectionId::Import:
    return skipImport();
  case SectionId::Function:
    readULEB();
    return;
  case SectionId::Table:
    if (module.tableInits[index].size() != 0) {
      pos = module.tableInits[index].end;
      return;
    }
    skipValType();
    return skipLimits();
  case SectionId::Memory:
    return skipLimits();
  case SectionId::Global:
    pos = module.globalInits[index].end;
    return;
  case SectionId::Export:
    skipName();
    readByte();
    readULEB();
    return;
  case SectionId::Element:
    pos = module.elements[index].items.end;
    return;
  case SectionId::Data:
    pos = module.data[index].bytes.end;
    return;
  case SectionId::Tag:
    readByte();
    readULEB();
    return;
  default:
    llvm_unreachable("a section without entries");
  }
}

/// The section of what an import provides.
static SectionId getSection(wasm::ExternKind kind) {
  switch (kind) {
  case wasm::ExternKind::Func:
    return SectionId::Function;
  case wasm::ExternKind::Table:
    return SectionId::Table;
  case wasm::ExternKind::Memory:
    return SectionId::Memory;
  case wasm::ExternKind::Global:
    return SectionId::Global;
  case wasm::ExternKind::Tag:
    return SectionId::Tag;
  }
  llvm_unreachable("unknown kind of import");
}

static bool hasEntries(SectionId id) {
  return id != SectionId::Custom && id != SectionId::Start &&
         id != SectionId::Code && id != SectionId::DataCount;
}

ModuleOutline::ModuleOutline(const wasm::Module &module) {
  addImports(module);
  for (const wasm::Section &section : module.sections) {
    if (section.id == 0)
      custom.push_back({section.header.end, section.content.end});
    else if (hasEntries(static_cast<SectionId>(section.id)))
      addSection(module, section);
  }
}

void ModuleOutline::addImports(const wasm::Module &module) {
  for (uint32_t i = 0; i != module.imports.size(); ++i)
    definitions[static_cast<size_t>(getSection(module.imports[i].kind))]
        .push_back({wasm::ByteRange(), i});
}

void ModuleOutline::addSection(const wasm::Module &module,
                               const wasm::Section &section) {
  auto id = static_cast<SectionId>(section.id);
  contents[section.id] = section.content;
  EntrySkipper skipper(module, section.content.begin);
  uint64_t count = skipper.readULEB();
  for (uint64_t i = 0; i != count; ++i) {
    size_t begin = skipper.pos;
    skipper.skip(id, i);
    definitions[section.id].push_back({{begin, skipper.pos}, std::nullopt});
  }
}
