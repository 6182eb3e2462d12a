//===- ModuleMutator.cpp - Makes modules out of others ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "ModuleMutator.h"

#include "whamm/Wasm/SectionOrder.h"

using namespace whamm;
using namespace whamm::test;
using wasm::Bytes;
using wasm::SectionId;

//===----------------------------------------------------------------------===//
// Sections
//===----------------------------------------------------------------------===//

/// Reads an unsigned number; false at the end.
static bool readULEB(Bytes bytes, size_t &pos, uint64_t &value) {
  value = 0;
  for (unsigned shift = 0; shift < 35; shift += 7) {
    if (pos == bytes.size())
      return false;
    value |= static_cast<uint64_t>(bytes[pos] & 0x7F) << shift;
    if (bytes[pos++] < 0x80)
      return true;
  }
  return false;
}

bool ModuleMutator::readSections(Bytes seed) {
  sections.clear();
  if (seed.size() < 8)
    return false;
  for (size_t pos = 8; pos != seed.size();) {
    uint8_t id = seed[pos++];
    uint64_t size;
    if (!readULEB(seed, pos, size) || size > seed.size() - pos)
      return false;
    Bytes content = seed.slice(pos, size);
    sections.push_back({id, Buffer(content.begin(), content.end())});
    pos += size;
  }
  return true;
}

ModuleBytes ModuleMutator::write() const {
  Buffer out;
  wasm::appendPreamble(out);
  for (const Section &section : sections)
    wasm::appendSection(out, static_cast<SectionId>(section.id),
                        section.content);
  return ModuleBytes(out.begin(), out.end());
}

ModuleMutator::Section *ModuleMutator::find(SectionId id) {
  for (Section &section : sections)
    if (section.id == static_cast<uint8_t>(id))
      return &section;
  return nullptr;
}

/// The order of sections in a module.
static unsigned getRank(uint8_t id) {
  static constexpr SectionId order[] = {
      SectionId::Type,    SectionId::Import,    SectionId::Function,
      SectionId::Table,   SectionId::Memory,    SectionId::Tag,
      SectionId::Global,  SectionId::Export,    SectionId::Start,
      SectionId::Element, SectionId::DataCount, SectionId::Code,
      SectionId::Data};
  return llvm::find(order, static_cast<SectionId>(id)) - std::begin(order);
}

/// The section, made where there is none.
ModuleMutator::Section &ModuleMutator::require(SectionId id) {
  if (Section *section = find(id))
    return *section;
  unsigned rank = getRank(static_cast<uint8_t>(id));
  auto at = llvm::find_if(sections, [&](const Section &section) {
    return section.id != 0 && getRank(section.id) > rank;
  });
  Section section{static_cast<uint8_t>(id), {}};
  section.content.push_back(0); // no items
  return *sections.insert(at, std::move(section));
}

/// Puts an item at the end of a section that is a vector.
void ModuleMutator::appendItem(SectionId id, const Buffer &item) {
  Buffer &content = require(id).content;
  size_t pos = 0;
  uint64_t count;
  if (!readULEB(content, pos, count))
    return;
  Buffer out;
  wasm::appendULEB(out, count + 1);
  out.append(content.begin() + pos, content.end());
  out.append(item.begin(), item.end());
  content = std::move(out);
}

//===----------------------------------------------------------------------===//
// Changes without knowledge
//===----------------------------------------------------------------------===//

void ModuleMutator::mutateBytes(Buffer &bytes) {
  if (bytes.empty())
    return;
  size_t at = random.below(bytes.size());
  auto pick = [&]() -> uint8_t {
    // Small numbers and the codes of types and opcodes.
    switch (random.below(4)) {
    case 0:
      return random.below(8);
    case 1:
      return 0x40 + random.below(0x40);
    default:
      return random.below(256);
    }
  };
  switch (random.below(6)) {
  case 0:
    bytes.erase(bytes.begin() + at);
    break;
  case 1:
    bytes.insert(bytes.begin() + at, pick());
    break;
  case 2:
    bytes[at] ^= 1 << random.below(8);
    break;
  case 3:
    bytes[at] += random.oneIn(2) ? 1 : -1;
    break;
  default:
    bytes[at] = pick();
    break;
  }
}

void ModuleMutator::mutateSections() {
  if (sections.empty())
    return;
  size_t at = random.below(sections.size());
  switch (random.below(6)) {
  case 0:
    sections.erase(sections.begin() + at);
    break;
  case 1:
    sections.insert(sections.begin() + at, sections[at]);
    break;
  case 2:
    std::swap(sections[at], sections[random.below(sections.size())]);
    break;
  default:
    mutateBytes(sections[at].content);
    break;
  }
}

//===----------------------------------------------------------------------===//
// Code
//===----------------------------------------------------------------------===//

namespace {
/// An instruction in its body, and how deep it is nested.
struct Place {
  size_t begin, end;
  wasm::Opcode opcode;
  uint32_t depth;
};
} // namespace

static llvm::SmallVector<Place, 0> getPlaces(const wasm::Module &module,
                                             uint32_t defined) {
  llvm::SmallVector<Place, 0> places;
  wasm::FunctionCursor cursor(module, defined);
  while (cursor.next()) {
    const wasm::Instr &instr = cursor.get();
    places.push_back({instr.begin, instr.end, instr.opcode, cursor.getDepth()});
  }
  llvm::consumeError(cursor.takeError());
  return places;
}

static uint32_t countLocals(const wasm::Module &module, uint32_t defined) {
  const wasm::FunctionBody &body = module.bodies[defined];
  Bytes bytes =
      module.bytes.slice(body.range.begin, body.codeBegin - body.range.begin);
  uint64_t total = module.getFunctionType(module.numImportedFunctions + defined)
                       .params.size();
  size_t pos = 0;
  uint64_t groups, count;
  // Types of locals are skipped by the byte: a guess is good enough.
  if (readULEB(bytes, pos, groups))
    while (pos < bytes.size() && readULEB(bytes, pos, count)) {
      total += count;
      ++pos;
    }
  return std::min<uint64_t>(total, 1000);
}

/// Writes a body that is like the old one but for one change.
void ModuleMutator::mutateBody(const wasm::Module &module,
                               const wasm::Module *other,
                               const wasm::FunctionBody &body, Buffer &out) {
  uint32_t defined = &body - module.bodies.data();
  auto places = getPlaces(module, defined);
  auto copy = [&](size_t begin, size_t end) {
    wasm::appendBytes(out, module.bytes.slice(begin, end - begin));
  };
  copy(body.range.begin, body.codeBegin);
  if (places.empty())
    return copy(body.codeBegin, body.range.end);
  size_t at = random.below(places.size());
  const Place &place = places[at];
  InstrGenerator generator(module, random, countLocals(module, defined),
                           place.depth + 1);
  copy(body.codeBegin, place.begin);
  size_t rest = place.end; // what is copied behind the change
  switch (random.below(10)) {
  case 0: // away with it
    break;
  case 1:
    copy(place.begin, place.end);
    rest = place.begin;
    break;
  case 2:
    if (at + 1 != places.size()) {
      copy(places[at + 1].begin, places[at + 1].end);
      copy(place.begin, place.end);
      rest = places[at + 1].end;
      break;
    }
    [[fallthrough]];
  case 3: // other immediates
    generator.appendOpcode(out, place.opcode);
    break;
  case 4: // another opcode with the same immediates
    for (unsigned tries = 0; tries != 100; ++tries) {
      auto opcode =
          static_cast<wasm::Opcode>(random.below(wasm::getOpcodes().size()));
      if (wasm::getOpcodeInfo(opcode).form !=
          wasm::getOpcodeInfo(place.opcode).form)
        continue;
      Buffer before;
      appendOpcodeBytes(before, place.opcode);
      appendOpcodeBytes(out, opcode);
      copy(place.begin + before.size(), place.end);
      break;
    }
    break;
  case 5:
    generator.appendInstr(out);
    rest = place.begin;
    break;
  case 6: // one of another module
    if (other && !other->bodies.empty()) {
      auto lent = getPlaces(*other, random.below(other->bodies.size()));
      if (!lent.empty()) {
        const Place &from = lent[random.below(lent.size())];
        wasm::appendBytes(
            out, other->bytes.slice(from.begin, from.end - from.begin));
      }
    }
    rest = place.begin;
    break;
  default:
    generator.appendConstruct(out);
    rest = place.begin;
    break;
  }
  copy(rest, body.range.end);
}

void ModuleMutator::replaceBody(const wasm::Module &module, uint32_t defined,
                                const Buffer &body) {
  Buffer code;
  wasm::appendULEB(code, module.bodies.size());
  for (auto [i, old] : llvm::enumerate(module.bodies))
    wasm::appendSized(
        code, i == defined
                  ? Bytes(body)
                  : module.bytes.slice(old.range.begin, old.range.size()));
  require(SectionId::Code).content = std::move(code);
}

void ModuleMutator::mutateCode(const wasm::Module &module,
                               const wasm::Module *other) {
  if (module.bodies.empty())
    return addFunction(module);
  uint32_t defined = random.below(module.bodies.size());
  Buffer body;
  mutateBody(module, other, module.bodies[defined], body);
  replaceBody(module, defined, body);
}

//===----------------------------------------------------------------------===//
// New entries
//===----------------------------------------------------------------------===//

void ModuleMutator::addFunction(const wasm::Module &module) {
  InstrGenerator generator(module, random, 4);
  Buffer type, code;
  wasm::appendULEB(type, generator.pickIndex(module.types.size()));
  unsigned groups = random.below(4);
  wasm::appendULEB(code, groups);
  for (unsigned i = 0; i != groups; ++i) {
    wasm::appendULEB(code, random.below(3));
    generator.pickType().encode(code);
  }
  for (unsigned i = random.below(3); i != 0; --i)
    generator.appendConstruct(code);
  generator.appendOpcode(code, wasm::Opcode::Unreachable);
  generator.appendOpcode(code, wasm::Opcode::End);
  Buffer body;
  wasm::appendSized(body, code);
  appendItem(SectionId::Function, type);
  appendItem(SectionId::Code, body);
}

void ModuleMutator::addSegment(const wasm::Module &module) {
  InstrGenerator generator(module, random);
  Buffer item;
  bool isData = random.oneIn(2);
  unsigned flags = random.below(isData ? 3 : 8);
  item.push_back(flags);
  bool isActive = isData ? flags != 1 : !(flags & 1);
  bool hasIndex = isData ? flags == 2 : isActive && (flags & 2);
  uint32_t index = 0;
  size_t size = isData ? module.memories.size() : module.tables.size();
  if (hasIndex)
    wasm::appendULEB(item, index = generator.pickIndex(size));
  if (isActive) {
    bool is64 = index < size && (isData ? module.memories[index].is64
                                        : module.tables[index].limits.is64);
    generator.appendConstExpr(item, is64 ? wasm::ValType::i64()
                                         : wasm::ValType::i32());
  }
  if (isData) {
    wasm::appendULEB(item, 1);
    item.push_back(0);
    appendItem(SectionId::Data, item);
    if (find(SectionId::DataCount) || random.oneIn(2)) {
      Buffer &content = require(SectionId::DataCount).content;
      content.clear();
      wasm::appendULEB(content, module.numData + 1);
    }
    return;
  }
  wasm::ValType type = wasm::ValType::ref(flags & 4, wasm::AbstractHeap::Func);
  if (flags & 3) {
    if (flags & 4)
      (type = generator.pickType()).encode(item);
    else
      item.push_back(0);
  }
  unsigned count = random.below(3);
  wasm::appendULEB(item, count);
  for (unsigned i = 0; i != count; ++i) {
    if (flags & 4)
      generator.appendConstExpr(item, type);
    else
      wasm::appendULEB(item, generator.pickIndex(module.functions.size()));
  }
  appendItem(SectionId::Element, item);
}

/// Another import. Indices of what is defined mean something else then.
void ModuleMutator::addImport(const wasm::Module &module) {
  InstrGenerator generator(module, random);
  Buffer item;
  wasm::appendName(item, "m");
  wasm::appendName(item, "n");
  unsigned kind = random.below(5);
  item.push_back(kind);
  switch (static_cast<wasm::ExternKind>(kind)) {
  case wasm::ExternKind::Func:
    wasm::appendULEB(item, generator.pickIndex(module.types.size()));
    break;
  case wasm::ExternKind::Table:
    generator.pickType().encode(item);
    generator.appendLimits(item, /*isMemory=*/false);
    break;
  case wasm::ExternKind::Memory:
    generator.appendLimits(item, /*isMemory=*/true);
    break;
  case wasm::ExternKind::Global:
    generator.pickType().encode(item);
    item.push_back(random.below(2));
    break;
  case wasm::ExternKind::Tag:
    item.push_back(0);
    wasm::appendULEB(item, generator.pickIndex(module.types.size()));
    break;
  }
  appendItem(SectionId::Import, item);
}

void ModuleMutator::addEntry(const wasm::Module &module) {
  InstrGenerator generator(module, random);
  Buffer item;
  switch (random.below(10)) {
  case 0:
  case 1:
    generator.appendTypes(item);
    return appendItem(SectionId::Type, item);
  case 2: {
    wasm::ValType type = generator.pickType();
    type.encode(item);
    item.push_back(random.below(2));
    generator.appendConstExpr(item, type);
    return appendItem(SectionId::Global, item);
  }
  case 3: {
    wasm::ValType type = generator.pickType();
    bool hasValue = random.oneIn(2);
    if (hasValue) {
      item.push_back(0x40);
      item.push_back(0);
    }
    type.encode(item);
    generator.appendLimits(item, /*isMemory=*/false);
    if (hasValue)
      generator.appendConstExpr(item, type);
    return appendItem(SectionId::Table, item);
  }
  case 4:
    generator.appendLimits(item, /*isMemory=*/true);
    return appendItem(SectionId::Memory, item);
  case 5:
    item.push_back(0);
    wasm::appendULEB(item, generator.pickIndex(module.types.size()));
    return appendItem(SectionId::Tag, item);
  case 6: {
    static constexpr char names[] = "abcdefgh";
    wasm::appendName(item, llvm::StringRef(names + random.below(8), 1));
    unsigned kind = random.below(5);
    item.push_back(kind);
    size_t sizes[] = {module.functions.size(), module.tables.size(),
                      module.memories.size(), module.globals.size(),
                      module.tags.size()};
    wasm::appendULEB(item, generator.pickIndex(sizes[kind]));
    return appendItem(SectionId::Export, item);
  }
  case 7:
    return addImport(module);
  case 8:
    return addFunction(module);
  default:
    return addSegment(module);
  }
}

//===----------------------------------------------------------------------===//
// Mutation
//===----------------------------------------------------------------------===//

ModuleBytes ModuleMutator::mutate(Bytes seed, Bytes other) {
  ModuleBytes result(seed.begin(), seed.end());
  if (random.oneIn(32) || !readSections(seed)) {
    Buffer bytes(result.begin(), result.end());
    for (unsigned i = 1 + random.below(3); i != 0; --i)
      mutateBytes(bytes);
    return ModuleBytes(bytes.begin(), bytes.end());
  }
  llvm::Expected<wasm::Module> lender = wasm::Module::parse(other);
  if (!lender)
    llvm::consumeError(lender.takeError());
  for (unsigned i = random.oneIn(2) ? 1 : 1 + random.below(4); i != 0; --i) {
    llvm::Expected<wasm::Module> module = wasm::Module::parse(result);
    if (!module) {
      llvm::consumeError(module.takeError());
      break;
    }
    readSections(result);
    if (random.oneIn(6))
      mutateSections();
    else if (random.oneIn(3))
      addEntry(*module);
    else
      mutateCode(*module, lender ? &*lender : nullptr);
    result = write();
  }
  return result;
}
