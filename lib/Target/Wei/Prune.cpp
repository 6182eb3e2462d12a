//===- Prune.cpp - A module without what nobody calls any more ------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Target/Wei/Prune.h"

#include "PruneNames.h"

#include "whamm/Wasm/FunctionCursor.h"
#include "whamm/Wasm/SectionOrder.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/LEB128.h"

using namespace whamm;
using namespace whamm::wei;
using namespace whamm::wei::detail;
using wasm::ElementSegment;
using wasm::ImmForm;
using wasm::Section;
using wasm::SectionId;

namespace {

class Pruner {
public:
  Pruner(const wasm::Module &module,
         llvm::function_ref<bool(llvm::StringRef)> isEntry)
      : module(module), isEntry(isEntry), reached(module.functions.size()) {}
  llvm::Expected<std::vector<uint8_t>> run();

private:
  // What is reached.
  void reach(uint32_t function);
  llvm::Error reachCallees(wasm::FunctionCursor cursor);
  llvm::Error reachExpr(wasm::ByteRange range);
  llvm::Error reachElements(const ElementSegment &segment);
  wasm::ByteRange takeItem(wasm::ByteRange &rest) const;
  llvm::Error findReached();
  void numberFunctions();

  // Sections.
  llvm::Error addSection(const Section *section, SectionId id);
  void addCustom(const Section &section);
  void addImports();
  llvm::Error addTables();
  llvm::Error addGlobals();
  void addExports();
  void addStart();
  llvm::Error addElements();
  llvm::Error addElement(wasm::ByteSink &out, const ElementSegment &segment);
  llvm::Error addItems(wasm::ByteSink &out, const ElementSegment &segment);
  llvm::Error addCode();
  /// Appends the bytes from `begin` to where the cursor ends, with new indices
  /// of functions.
  llvm::Error appendCode(wasm::ByteSink &out, wasm::FunctionCursor cursor,
                         wasm::ByteRange range);
  /// The same for a constant expression, which may be empty.
  llvm::Error appendExpr(wasm::ByteSink &out, wasm::ByteRange range);
  bool isKept(const wasm::Export &entry) const {
    return entry.kind != wasm::ExternKind::Func || isEntry(entry.name);
  }
  wasm::Bytes getBytes(wasm::ByteRange range) const {
    return module.bytes.slice(range.begin, range.size());
  }
  /// The functions of a segment that lists indices.
  std::vector<uint32_t> getFunctions(const ElementSegment &segment) const;

  const wasm::Module &module;
  llvm::function_ref<bool(llvm::StringRef)> isEntry;
  llvm::BitVector reached;
  std::vector<uint32_t> worklist;
  std::vector<uint32_t> newIndices;
  Buffer result;
};

} // namespace

//===----------------------------------------------------------------------===//
// What is reached
//===----------------------------------------------------------------------===//

void Pruner::reach(uint32_t function) {
  if (reached.test(function))
    return;
  reached.set(function);
  if (function >= module.numImportedFunctions)
    worklist.push_back(function);
}

/// What the instructions name: `call` and its like, and `ref.func`.
llvm::Error Pruner::reachCallees(wasm::FunctionCursor cursor) {
  while (cursor.next())
    if (wasm::getOpcodeInfo(cursor.get().opcode).form == ImmForm::Func)
      reach(cursor.get().imms[0]);
  return cursor.takeError();
}

llvm::Error Pruner::reachExpr(wasm::ByteRange range) {
  if (range.size() == 0)
    return llvm::Error::success();
  return reachCallees(wasm::FunctionCursor::forConstExpr(module, range));
}

std::vector<uint32_t>
Pruner::getFunctions(const ElementSegment &segment) const {
  std::vector<uint32_t> functions;
  const uint8_t *pos = module.bytes.data() + segment.items.begin;
  const uint8_t *end = module.bytes.data() + segment.items.end;
  for (uint32_t i = 0; i != segment.count; ++i) {
    unsigned size = 0;
    functions.push_back(llvm::decodeULEB128(pos, &size, end));
    pos += size;
  }
  return functions;
}

/// The constant expression at the start of `rest`, which moves behind it.
wasm::ByteRange Pruner::takeItem(wasm::ByteRange &rest) const {
  auto cursor = wasm::FunctionCursor::forConstExpr(module, rest);
  wasm::ByteRange item{rest.begin, rest.begin};
  while (!cursor.isFunctionEnd() && cursor.next())
    item.end = cursor.get().end;
  // Validation has been over it.
  llvm::consumeError(cursor.takeError());
  rest.begin = item.end;
  return item;
}

/// Declarative lists of functions say only which ones code may name.
llvm::Error Pruner::reachElements(const ElementSegment &segment) {
  if (!segment.hasExprs) {
    if (segment.mode != ElementSegment::Mode::Declarative)
      llvm::for_each(getFunctions(segment),
                     [this](uint32_t function) { reach(function); });
    return llvm::Error::success();
  }
  wasm::ByteRange rest = segment.items;
  for (uint32_t i = 0; i != segment.count; ++i)
    if (llvm::Error error = reachExpr(takeItem(rest)))
      return error;
  return llvm::Error::success();
}

llvm::Error Pruner::findReached() {
  for (const wasm::Export &entry : module.exports)
    if (entry.kind == wasm::ExternKind::Func && isEntry(entry.name))
      reach(entry.index);
  if (module.start)
    reach(*module.start);
  for (const auto *inits : {&module.globalInits, &module.tableInits})
    for (wasm::ByteRange init : *inits)
      if (llvm::Error error = reachExpr(init))
        return error;
  for (const ElementSegment &segment : module.elements)
    if (llvm::Error error = reachElements(segment))
      return error;
  while (!worklist.empty()) {
    uint32_t defined = worklist.back() - module.numImportedFunctions;
    worklist.pop_back();
    if (llvm::Error error = reachCallees(wasm::FunctionCursor(module, defined)))
      return error;
  }
  return llvm::Error::success();
}

void Pruner::numberFunctions() {
  uint32_t next = 0;
  for (uint32_t i = 0, e = module.functions.size(); i != e; ++i) {
    bool isGone = i < module.numImportedFunctions && !reached.test(i);
    newIndices.push_back(isGone ? goneFunction : next++);
  }
}

//===----------------------------------------------------------------------===//
// Sections
//===----------------------------------------------------------------------===//

llvm::Error Pruner::appendCode(wasm::ByteSink &out, wasm::FunctionCursor cursor,
                               wasm::ByteRange range) {
  size_t copied = range.begin;
  while (cursor.next()) {
    const wasm::Instr &instr = cursor.get();
    if (wasm::getOpcodeInfo(instr.opcode).form != ImmForm::Func)
      continue;
    // These opcodes have one byte.
    wasm::appendBytes(out, getBytes({copied, instr.begin + 1}));
    wasm::appendULEB(out, newIndices[instr.imms[0]]);
    copied = instr.end;
  }
  wasm::appendBytes(out, getBytes({copied, range.end}));
  return cursor.takeError();
}

llvm::Error Pruner::appendExpr(wasm::ByteSink &out, wasm::ByteRange range) {
  if (range.size() == 0)
    return llvm::Error::success();
  auto cursor = wasm::FunctionCursor::forConstExpr(module, range);
  return appendCode(out, cursor, range);
}

void Pruner::addImports() {
  wasm::VectorSection section;
  uint32_t function = 0;
  for (const wasm::Import &import : module.imports) {
    bool isFunction = import.kind == wasm::ExternKind::Func;
    if (isFunction && !reached.test(function++))
      continue;
    appendImport(section.addItem(), import);
  }
  section.finish(result, SectionId::Import);
}

llvm::Error Pruner::addTables() {
  wasm::VectorSection section;
  for (auto [i, init] : llvm::enumerate(module.tableInits)) {
    const wasm::TableType &type = module.tables[module.numImportedTables + i];
    wasm::ByteSink &out = section.addItem();
    if (init.size() != 0)
      out.append({TableWithInit, 0});
    type.element.encode(out);
    appendLimits(out, type.limits);
    if (llvm::Error error = appendExpr(out, init))
      return error;
  }
  section.finish(result, SectionId::Table);
  return llvm::Error::success();
}

llvm::Error Pruner::addGlobals() {
  wasm::VectorSection section;
  for (auto [i, init] : llvm::enumerate(module.globalInits)) {
    const wasm::GlobalType &type =
        module.globals[module.numImportedGlobals + i];
    wasm::ByteSink &out = section.addItem();
    type.type.encode(out);
    out.push_back(type.isMutable);
    if (llvm::Error error = appendExpr(out, init))
      return error;
  }
  section.finish(result, SectionId::Global);
  return llvm::Error::success();
}

void Pruner::addExports() {
  wasm::VectorSection section;
  for (const wasm::Export &entry : module.exports) {
    if (!isKept(entry))
      continue;
    bool isFunction = entry.kind == wasm::ExternKind::Func;
    wasm::ByteSink &out = section.addItem();
    wasm::appendName(out, entry.name);
    out.push_back(static_cast<uint8_t>(entry.kind));
    wasm::appendULEB(out, isFunction ? newIndices[entry.index] : entry.index);
  }
  section.finish(result, SectionId::Export);
}

void Pruner::addStart() {
  if (!module.start)
    return;
  Buffer content;
  wasm::appendULEB(content, newIndices[*module.start]);
  wasm::appendSection(result, SectionId::Start, content);
}

/// Items. Declarations of functions that are gone are left out.
llvm::Error Pruner::addItems(wasm::ByteSink &out,
                             const ElementSegment &segment) {
  if (!segment.hasExprs) {
    std::vector<uint32_t> functions = getFunctions(segment);
    llvm::erase_if(functions, [this](uint32_t function) {
      return newIndices[function] == goneFunction;
    });
    wasm::appendULEB(out, functions.size());
    for (uint32_t function : functions)
      wasm::appendULEB(out, newIndices[function]);
    return llvm::Error::success();
  }
  wasm::appendULEB(out, segment.count);
  wasm::ByteRange rest = segment.items;
  for (uint32_t i = 0; i != segment.count; ++i)
    if (llvm::Error error = appendExpr(out, takeItem(rest)))
      return error;
  return llvm::Error::success();
}

llvm::Error Pruner::addElement(wasm::ByteSink &out,
                               const ElementSegment &segment) {
  bool isActive = segment.mode == ElementSegment::Mode::Active;
  uint8_t flags = isActive ? ActiveElementsWithTable
                  : segment.mode == ElementSegment::Mode::Passive
                      ? PassiveElements
                      : DeclarativeElements;
  // The short form of active segments is not to become another type's.
  bool isShort = isActive && segment.table == 0 && !segment.hasExprs;
  if (isShort)
    flags = 0;
  out.push_back(flags | (segment.hasExprs ? ElementExpressions : 0));
  if (isActive && !isShort)
    wasm::appendULEB(out, segment.table);
  if (isActive)
    if (llvm::Error error = appendExpr(out, segment.offset))
      return error;
  if (segment.hasExprs)
    segment.type.encode(out);
  else if (!isShort)
    out.push_back(FunctionElements);
  return addItems(out, segment);
}

llvm::Error Pruner::addElements() {
  wasm::VectorSection section;
  for (const ElementSegment &segment : module.elements)
    if (llvm::Error error = addElement(section.addItem(), segment))
      return error;
  section.finish(result, SectionId::Element);
  return llvm::Error::success();
}

llvm::Error Pruner::addCode() {
  static constexpr uint8_t trap[] = {0, 0, 0x0B}; // no locals; unreachable; end
  wasm::VectorSection section;
  for (auto [i, body] : llvm::enumerate(module.bodies)) {
    Buffer code;
    if (!reached.test(module.numImportedFunctions + i))
      code.append(std::begin(trap), std::end(trap));
    else if (llvm::Error error =
                 appendCode(code, wasm::FunctionCursor(module, i), body.range))
      return error;
    wasm::appendSized(section.addItem(), code);
  }
  section.finish(result, SectionId::Code);
  return llvm::Error::success();
}

void Pruner::addCustom(const Section &section) {
  llvm::StringRef name = section.name;
  if (name.starts_with("metadata.code.") || name.starts_with(".debug_") ||
      name == "sourceMappingURL")
    return;
  wasm::Bytes content = getBytes(section.content);
  if (name != "name")
    return wasm::appendCustomSection(result, name, content);
  // Engines ignore a malformed one, too.
  if (std::optional<Buffer> mapped = mapNames(content, newIndices))
    wasm::appendCustomSection(result, name, *mapped);
}

llvm::Error Pruner::addSection(const Section *section, SectionId id) {
  if (!section)
    return llvm::Error::success();
  switch (id) {
  case SectionId::Custom:
    addCustom(*section);
    return llvm::Error::success();
  case SectionId::Import:
    addImports();
    return llvm::Error::success();
  case SectionId::Table:
    return addTables();
  case SectionId::Global:
    return addGlobals();
  case SectionId::Export:
    addExports();
    return llvm::Error::success();
  case SectionId::Start:
    addStart();
    return llvm::Error::success();
  case SectionId::Element:
    return addElements();
  case SectionId::Code:
    return addCode();
  default:
    wasm::appendBytes(result,
                      getBytes({section->header.begin, section->content.end}));
    return llvm::Error::success();
  }
}

llvm::Expected<std::vector<uint8_t>> Pruner::run() {
  if (llvm::Error error = findReached())
    return error;
  numberFunctions();
  wasm::appendPreamble(result);
  auto add = [this](const Section *section, SectionId id) {
    return addSection(section, id);
  };
  if (llvm::Error error = wasm::visitSections(module, add))
    return error;
  return std::vector<uint8_t>(result.begin(), result.end());
}

llvm::Expected<std::vector<uint8_t>>
wei::pruneModule(const wasm::Module &module,
                 llvm::function_ref<bool(llvm::StringRef)> isEntry) {
  return Pruner(module, isEntry).run();
}
