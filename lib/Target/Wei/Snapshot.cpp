//===- Snapshot.cpp - A module as its instance is now ---------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Target/Wei/Snapshot.h"

#include "SnapshotParts.h"

#include "whamm/Wasm/FunctionCursor.h"
#include "whamm/Wasm/SectionOrder.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace whamm;
using namespace whamm::wei;
using namespace whamm::wei::detail;
using wasm::Section;
using wasm::SectionId;

namespace {

/// Writes the sections one after the other.
class Snapshotter {
public:
  Snapshotter(const wasm::Module &module, const InstanceState &state,
              const SnapshotOptions &options)
      : module(module), state(state), options(options) {}
  llvm::Expected<std::vector<uint8_t>> run();

private:
  llvm::Error checkSizes() const;
  void prepareData();
  llvm::Error prepareElements();
  void findDeclared();
  void findDeclared(wasm::ByteRange expression);

  llvm::Error addSection(const Section *section, SectionId id);
  void addTables();
  void addMemories();
  llvm::Error addGlobals();
  void addExports();
  void addElement(wasm::ByteSink &out, uint32_t index);
  void copySection(const Section *section);
  void copyRange(wasm::ByteSink &out, wasm::ByteRange range) {
    wasm::appendBytes(out, module.bytes.slice(range.begin, range.size()));
  }

  const wasm::Module &module;
  const InstanceState &state;
  const SnapshotOptions &options;
  Buffer result;
  wasm::VectorSection data, elements;
  /// Functions that only initial values named, which are gone: code that names
  /// them, too, stays valid where a segment declares them.
  llvm::SetVector<uint32_t> declared;
};

} // namespace

//===----------------------------------------------------------------------===//
// What has to be known in front of the first section
//===----------------------------------------------------------------------===//

static llvm::Error checkSize(const char *what, size_t found, size_t expected) {
  if (found == expected)
    return llvm::Error::success();
  return llvm::createStringError(
      "the state has %zu %s where the module defines %zu", found, what,
      expected);
}

llvm::Error Snapshotter::checkSizes() const {
  size_t memories = module.memories.size() - module.numImportedMemories;
  const std::tuple<const char *, size_t, size_t> sizes[] = {
      {"memories", state.memories.size(), memories},
      {"sizes of memories", state.memoryPages.size(), memories},
      {"globals", state.globals.size(),
       module.globals.size() - module.numImportedGlobals},
      {"tables", state.tables.size(),
       module.tables.size() - module.numImportedTables},
      {"data segments", state.droppedData.size(), module.data.size()},
      {"element segments", state.droppedElems.size(), module.elements.size()},
  };
  for (auto [what, found, expected] : sizes)
    if (llvm::Error error = checkSize(what, found, expected))
      return error;
  return llvm::Error::success();
}

/// Segments that were there become passive and, where the instance has none of
/// their bytes left, empty: to `memory.init` and `data.drop` that is the same
/// as dropped. The memories' contents follow.
void Snapshotter::prepareData() {
  for (auto [i, segment] : llvm::enumerate(module.data)) {
    wasm::ByteSink &out = data.addItem();
    out.push_back(PassiveData);
    bool isGone = segment.isActive || state.droppedData[i];
    wasm::appendULEB(out, isGone ? 0 : segment.bytes.size());
    if (!isGone)
      copyRange(out, segment.bytes);
  }
  for (auto [i, contents] : llvm::enumerate(state.memories)) {
    uint32_t memory = module.numImportedMemories + i;
    bool is64 = module.memories[memory].is64;
    for (auto [begin, end] : findContents(contents))
      appendActiveData(
          data.addItem(), memory, is64, begin,
          llvm::ArrayRef<uint8_t>(contents).slice(begin, end - begin));
  }
}

void Snapshotter::findDeclared(wasm::ByteRange expression) {
  auto cursor = wasm::FunctionCursor::forConstExpr(module, expression);
  while (cursor.next())
    if (cursor.get().opcode == wasm::Opcode::RefFunc)
      declared.insert(cursor.get().imms[0]);
  // Validation has been over it.
  llvm::consumeError(cursor.takeError());
}

void Snapshotter::findDeclared() {
  for (auto [i, init] : llvm::enumerate(module.globalInits))
    if (module.globals[module.numImportedGlobals + i].isMutable)
      findDeclared(init);
  for (auto [i, init] : llvm::enumerate(module.tableInits))
    if (module.tables[module.numImportedTables + i].element.isNullable())
      findDeclared(init);
}

/// An old segment. One that is gone becomes declarative: then its functions
/// stay declared, and to code it is as empty as a dropped one.
void Snapshotter::addElement(wasm::ByteSink &out, uint32_t index) {
  const wasm::ElementSegment &segment = module.elements[index];
  bool isPassive = segment.mode == wasm::ElementSegment::Mode::Passive &&
                   !state.droppedElems[index];
  uint8_t flags = isPassive ? PassiveElements : DeclarativeElements;
  if (segment.hasExprs) {
    out.push_back(flags | ElementExpressions);
    segment.type.encode(out);
  } else {
    out.append({flags, FunctionElements});
  }
  wasm::appendULEB(out, segment.count);
  copyRange(out, segment.items);
}

llvm::Error Snapshotter::prepareElements() {
  for (uint32_t i = 0, e = module.elements.size(); i != e; ++i)
    addElement(elements.addItem(), i);
  findDeclared();
  if (!declared.empty()) {
    wasm::ByteSink &out = elements.addItem();
    out.append({DeclarativeElements, FunctionElements});
    wasm::appendULEB(out, declared.size());
    for (uint32_t function : declared)
      wasm::appendULEB(out, function);
  }
  for (auto [i, contents] : llvm::enumerate(state.tables)) {
    uint32_t table = module.numImportedTables + i;
    if (llvm::Error error =
            appendTableContents(elements, module, table, contents))
      return error;
  }
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// Sections
//===----------------------------------------------------------------------===//

/// Tables of their present sizes. Only where there is no null has a table an
/// initial value, which the element segments then cover.
void Snapshotter::addTables() {
  wasm::VectorSection section;
  for (auto [i, contents] : llvm::enumerate(state.tables)) {
    wasm::TableType type = module.tables[module.numImportedTables + i];
    type.limits.min = contents.size();
    wasm::ByteSink &out = section.addItem();
    wasm::ByteRange init = module.tableInits[i];
    bool needsInit = !type.element.isNullable();
    if (needsInit)
      out.append({TableWithInit, 0});
    type.element.encode(out);
    appendLimits(out, type.limits);
    if (needsInit)
      copyRange(out, init);
  }
  section.finish(result, SectionId::Table);
}

void Snapshotter::addMemories() {
  wasm::VectorSection section;
  for (auto [i, pages] : llvm::enumerate(state.memoryPages)) {
    wasm::Limits limits = module.memories[module.numImportedMemories + i];
    limits.min = pages;
    appendLimits(section.addItem(), limits);
  }
  section.finish(result, SectionId::Memory);
}

llvm::Error Snapshotter::addGlobals() {
  wasm::VectorSection section;
  for (auto [i, value] : llvm::enumerate(state.globals)) {
    uint32_t index = module.numImportedGlobals + i;
    const wasm::GlobalType &global = module.globals[index];
    wasm::ByteSink &out = section.addItem();
    global.type.encode(out);
    out.push_back(global.isMutable);
    if (!global.isMutable)
      copyRange(out, module.globalInits[i]);
    else if (llvm::Error error = appendValue(out, global.type, value))
      return prefixError("global " + llvm::Twine(index), std::move(error));
  }
  section.finish(result, SectionId::Global);
  return llvm::Error::success();
}

void Snapshotter::addExports() {
  wasm::VectorSection section;
  llvm::StringSet<> names;
  auto add = [&](llvm::StringRef name, wasm::ExternKind kind, uint32_t index) {
    if (!names.insert(name).second)
      return;
    wasm::ByteSink &out = section.addItem();
    wasm::appendName(out, name);
    out.push_back(static_cast<uint8_t>(kind));
    wasm::appendULEB(out, index);
  };
  for (const wasm::Export &entry : module.exports)
    add(entry.name, entry.kind, entry.index);
  for (const auto &[name, function] : options.functionExports)
    add(name, wasm::ExternKind::Func, function);
  section.finish(result, SectionId::Export);
}

void Snapshotter::copySection(const Section *section) {
  if (section)
    copyRange(result, {section->header.begin, section->content.end});
}

llvm::Error Snapshotter::addSection(const Section *section, SectionId id) {
  switch (id) {
  case SectionId::Table:
    addTables();
    break;
  case SectionId::Memory:
    addMemories();
    break;
  case SectionId::Global:
    return addGlobals();
  case SectionId::Export:
    addExports();
    break;
  case SectionId::Start:
    break;
  case SectionId::Element:
    elements.finish(result, id);
    break;
  case SectionId::DataCount:
    if (section) {
      Buffer count;
      wasm::appendULEB(count, data.size());
      wasm::appendSection(result, id, count);
    }
    break;
  case SectionId::Data:
    data.finish(result, id);
    break;
  default:
    copySection(section);
  }
  return llvm::Error::success();
}

llvm::Expected<std::vector<uint8_t>> Snapshotter::run() {
  if (llvm::Error error = checkSizes())
    return error;
  prepareData();
  if (llvm::Error error = prepareElements())
    return error;
  wasm::appendPreamble(result);
  auto add = [this](const Section *section, SectionId id) {
    return addSection(section, id);
  };
  if (llvm::Error error = wasm::visitSections(module, add))
    return error;
  if (!options.matchOutput.empty())
    wasm::appendCustomSection(result, matchOutputSection,
                              llvm::arrayRefFromStringRef(options.matchOutput));
  return std::vector<uint8_t>(result.begin(), result.end());
}

llvm::Expected<std::vector<uint8_t>>
wei::snapshotModule(const wasm::Module &module, const InstanceState &state,
                    const SnapshotOptions &options) {
  return Snapshotter(module, state, options).run();
}
