//===- CustomSections.cpp - Checks of custom sections -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/CustomSections.h"

#include "Reader.h"

#include "whamm/Wasm/Encode.h"

using namespace llvm;
using namespace whamm::wasm;

namespace {

/// Subsections of the name section. Those behind the first three are of the
/// extended proposal.
enum NameKind : uint8_t {
  ModuleName,
  FunctionNames,
  LocalNames,
  LabelNames,
  TypeNames,
  TableNames,
  MemoryNames,
  GlobalNames,
  ElementNames,
  DataNames,
  FieldNames,
  TagNames,
};

/// Reads one section up to the first error.
class SectionChecker {
public:
  SectionChecker(const Module &module, const Section &section)
      : module(module),
        r(module.bytes, section.content.begin, section.content.end) {}

  void checkNames();
  void checkBranchHints();
  const Reader &getReader() const { return r; }

private:
  void checkSubsection(Reader &sub, uint8_t kind);
  void checkNameMap(Reader &sub, uint64_t limit, bool isIndirect);
  uint64_t countNamed(uint8_t kind) const;
  void checkHints(uint32_t function);
  bool isBranch(uint32_t function, uint32_t offset) const;
  /// The next index of an ascending list; `previous` starts at -1.
  static uint32_t readAscending(Reader &reader, int64_t &previous,
                                uint64_t limit);

  const Module &module;
  Reader r;
};

} // namespace

uint32_t SectionChecker::readAscending(Reader &reader, int64_t &previous,
                                       uint64_t limit) {
  size_t start = reader.getOffset();
  uint32_t index = reader.readU32();
  if (!reader.failed() && int64_t(index) <= previous)
    reader.fail(start, "indices are not in ascending order");
  if (!reader.failed() && index >= limit)
    reader.fail(start, "unknown index");
  previous = index;
  return index;
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// How many things have a name in a subsection's map.
uint64_t SectionChecker::countNamed(uint8_t kind) const {
  switch (kind) {
  case FunctionNames:
  case LocalNames:
  case LabelNames:
    return module.functions.size();
  case TypeNames:
  case FieldNames:
    return module.types.size();
  case TableNames:
    return module.tables.size();
  case MemoryNames:
    return module.memories.size();
  case GlobalNames:
    return module.globals.size();
  case ElementNames:
    return module.numElements;
  case DataNames:
    return module.numData;
  case TagNames:
    return module.tags.size();
  default:
    return 0;
  }
}

/// A vector of indices with a name each, or with a map of such names.
void SectionChecker::checkNameMap(Reader &sub, uint64_t limit,
                                  bool isIndirect) {
  uint32_t count = sub.readCount();
  int64_t previous = -1;
  for (uint32_t i = 0; i != count && !sub.failed(); ++i) {
    readAscending(sub, previous, limit);
    if (isIndirect)
      checkNameMap(sub, UINT64_MAX, /*isIndirect=*/false);
    else
      sub.readName();
  }
}

void SectionChecker::checkSubsection(Reader &sub, uint8_t kind) {
  if (kind > TagNames) // of a later version
    return sub.skip(sub.getRemaining());
  if (kind == ModuleName)
    sub.readName();
  else
    checkNameMap(sub, countNamed(kind),
                 kind == LocalNames || kind == LabelNames ||
                     kind == FieldNames);
  if (!sub.failed() && !sub.atEnd())
    sub.failHere("subsection size mismatch");
}

void SectionChecker::checkNames() {
  int previous = -1;
  while (!r.failed() && !r.atEnd()) {
    size_t start = r.getOffset();
    uint8_t kind = r.readByte();
    ByteRange content = r.readSized();
    if (r.failed())
      return;
    if (kind <= previous)
      return r.fail(start, "subsections are not in ascending order");
    previous = kind;
    Reader sub(module.bytes, content.begin, content.end);
    checkSubsection(sub, kind);
    if (sub.failed())
      r.fail(sub.getErrorOffset(), sub.getMessage());
  }
}

//===----------------------------------------------------------------------===//
// Branch hints
//===----------------------------------------------------------------------===//

/// True where an `if` or `br_if` begins at an offset into a function's body.
bool SectionChecker::isBranch(uint32_t function, uint32_t offset) const {
  FunctionCursor cursor(module, function - module.numImportedFunctions);
  while (cursor.next())
    if (cursor.get().pc >= offset)
      return cursor.get().pc == offset && (cursor.get().opcode == Opcode::If ||
                                           cursor.get().opcode == Opcode::BrIf);
  consumeError(cursor.takeError());
  return false;
}

void SectionChecker::checkHints(uint32_t function) {
  uint32_t count = r.readCount();
  int64_t previous = -1;
  for (uint32_t i = 0; i != count && !r.failed(); ++i) {
    size_t start = r.getOffset();
    uint32_t offset = readAscending(r, previous, UINT32_MAX);
    if (!r.failed() && !isBranch(function, offset))
      return r.fail(start, "no if or br_if at the offset");
    start = r.getOffset();
    uint32_t size = r.readU32();
    uint8_t hint = r.readByte();
    if (!r.failed() && (size != 1 || hint > 1))
      r.fail(start, "malformed hint");
  }
}

void SectionChecker::checkBranchHints() {
  uint32_t count = r.readCount();
  int64_t previous = int64_t(module.numImportedFunctions) - 1;
  for (uint32_t i = 0; i != count && !r.failed(); ++i) {
    uint32_t function = readAscending(r, previous, module.functions.size());
    if (!r.failed())
      checkHints(function);
  }
  if (!r.failed() && !r.atEnd())
    r.failHere("section size mismatch");
}

//===----------------------------------------------------------------------===//
// Sections
//===----------------------------------------------------------------------===//

void whamm::wasm::checkCustomSections(
    const Module &module, function_ref<void(const ReadError &)> warn) {
  bool hasNames = false, hasHints = false, behindCode = false,
       behindData = false;
  const Section *data = module.findSection(uint8_t(SectionId::Data));
  for (const Section &section : module.sections) {
    behindCode |= section.id == uint8_t(SectionId::Code);
    behindData |= !data || &section == data;
    bool isNames = section.id == 0 && section.name == "name";
    bool isHints =
        section.id == 0 && section.name == "metadata.code.branch_hint";
    if (!isNames && !isHints)
      continue;
    SectionChecker checker(module, section);
    const char *message = nullptr;
    size_t offset = section.header.begin;
    if (std::exchange(isNames ? hasNames : hasHints, true)) {
      message = "there is one already";
    } else if (isNames && !behindData) {
      message = "expected behind the data section";
    } else if (isHints && behindCode) {
      message = "expected in front of the code section";
    } else {
      isNames ? checker.checkNames() : checker.checkBranchHints();
      message = checker.getReader().getMessage();
      offset = checker.getReader().getErrorOffset();
    }
    if (message)
      warn(ReadError(
          offset, ("custom section '" + section.name + "': " + message).str()));
  }
}
