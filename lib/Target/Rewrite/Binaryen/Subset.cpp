//===- Subset.cpp - The part of a module that Binaryen reads --------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Subset.h"

#include "llvm/Support/LEB128.h"

namespace whamm::rewrite::binaryen {

using namespace wasm;
using Buffer = llvm::SmallVector<uint8_t, 0>;

static void appendTypes(ByteSink &out, llvm::ArrayRef<ValType> types) {
  appendULEB(out, types.size());
  for (ValType type : types)
    type.encode(out);
}

static void encodeTypes(const Module &module, ByteSink &out) {
  if (module.types.empty())
    return;
  Buffer content;
  appendULEB(content, module.types.size());
  for (const TypeDef &def : module.types) {
    appendByte(content, 0x60);
    appendTypes(content, def.func.params);
    appendTypes(content, def.func.results);
  }
  appendSection(out, SectionId::Type, content);
}

/// Copies a section as it is, unless it has no entries.
static void copySection(const Module &module, SectionId id, ByteSink &out) {
  const Section *section = module.findSection(static_cast<uint8_t>(id));
  if (!section)
    return;
  Bytes content =
      module.bytes.slice(section->content.begin, section->content.size());
  if (!content.empty() && content.front() != 0)
    appendSection(out, id, content);
}

static void appendLimits(ByteSink &out, const Limits &limits) {
  appendByte(out, (limits.max ? 1 : 0) | (limits.isShared ? 2 : 0) |
                      (limits.is64 ? 4 : 0));
  appendULEB(out, limits.min);
  if (limits.max)
    appendULEB(out, *limits.max);
}

/// Tables without their initial values.
static void encodeTables(const Module &module, ByteSink &out) {
  auto defined =
      llvm::ArrayRef(module.tables).drop_front(module.numImportedTables);
  if (defined.empty())
    return;
  Buffer content;
  appendULEB(content, defined.size());
  for (const TableType &table : defined) {
    table.element.encode(content);
    appendLimits(content, table.limits);
  }
  appendSection(out, SectionId::Table, content);
}

/// Appends a constant expression for the default value of a type.
static void appendZero(ByteSink &out, ValType type) {
  switch (type.getKind()) {
  case ValType::Kind::Bot:
  case ValType::Kind::I32:
    appendBytes(out, {0x41, 0});
    break;
  case ValType::Kind::I64:
    appendBytes(out, {0x42, 0});
    break;
  case ValType::Kind::F32:
    appendByte(out, 0x43);
    appendFixed32(out, 0);
    break;
  case ValType::Kind::F64:
    appendByte(out, 0x44);
    appendFixed64(out, 0);
    break;
  case ValType::Kind::V128:
    appendBytes(out, {0xFD, 12});
    appendFixed64(out, 0);
    appendFixed64(out, 0);
    break;
  case ValType::Kind::Ref:
    appendByte(out, 0xD0);
    appendByte(out, static_cast<uint8_t>(type.getAbstractHeap()));
    break;
  }
  appendByte(out, 0x0B);
}

/// Globals, all of them mutable: nothing may be concluded from their initial
/// values, which are not the real ones.
static void encodeGlobals(const Module &module, ByteSink &out) {
  auto defined =
      llvm::ArrayRef(module.globals).drop_front(module.numImportedGlobals);
  if (defined.empty())
    return;
  Buffer content;
  appendULEB(content, defined.size());
  for (const GlobalType &global : defined) {
    global.type.encode(content);
    appendByte(content, 1);
    appendZero(content, global.type);
  }
  appendSection(out, SectionId::Global, content);
}

/// The body with locals added behind its own.
static void appendBody(const Module &module, const TakenFunction &function,
                       ByteSink &out) {
  const FunctionBody &body = module.bodies[function.defined];
  const uint8_t *data = module.bytes.data();
  if (function.extraLocals.empty()) {
    appendSized(out, module.bytes.slice(body.range.begin, body.range.size()));
    return;
  }
  unsigned length = 0;
  uint64_t groups = llvm::decodeULEB128(data + body.range.begin, &length,
                                        data + body.range.end);
  Buffer content;
  appendULEB(content, groups + function.extraLocals.size());
  size_t rest = body.range.begin + length;
  appendBytes(content, module.bytes.slice(rest, body.codeBegin - rest));
  for (ValType type : function.extraLocals) {
    appendULEB(content, 1);
    type.encode(content);
  }
  appendBytes(content, module.bytes.slice(body.codeBegin,
                                          body.range.end - body.codeBegin));
  appendSized(out, content);
}

static void encodeCode(const Module &module,
                       llvm::ArrayRef<TakenFunction> taken, ByteSink &out) {
  if (module.bodies.empty())
    return;
  Buffer content;
  appendULEB(content, module.bodies.size());
  for (uint32_t i = 0, e = module.bodies.size(); i != e; ++i) {
    if (taken.empty() || taken.front().defined != i) {
      appendSized(content, kStubBody);
      continue;
    }
    appendBody(module, taken.front(), content);
    taken = taken.drop_front();
  }
  appendSection(out, SectionId::Code, content);
}

/// As many data segments as the module has, all empty and passive: what
/// `memory.init` refers to.
static void encodeData(const Module &module, ByteSink &out) {
  if (!module.dataCount)
    return;
  Buffer content;
  appendULEB(content, module.numData);
  for (uint32_t i = 0; i != module.numData; ++i)
    appendBytes(content, {1, 0});
  appendSection(out, SectionId::Data, content);
}

void encodeSubset(const Module &module, llvm::ArrayRef<TakenFunction> taken,
                  ByteSink &out) {
  appendPreamble(out);
  encodeTypes(module, out);
  copySection(module, SectionId::Import, out);
  copySection(module, SectionId::Function, out);
  encodeTables(module, out);
  copySection(module, SectionId::Memory, out);
  copySection(module, SectionId::Tag, out);
  encodeGlobals(module, out);
  copySection(module, SectionId::DataCount, out);
  encodeCode(module, taken, out);
  encodeData(module, out);
}

} // namespace whamm::rewrite::binaryen
