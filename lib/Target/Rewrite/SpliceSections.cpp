//===- SpliceSections.cpp - Sections of the output ------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "SpliceSections.h"

#include "whamm/Wasm/SectionOrder.h"

#include "llvm/Support/LEB128.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using wasm::Section;
using wasm::SectionId;

//===----------------------------------------------------------------------===//
// CopyingReader
//===----------------------------------------------------------------------===//

uint8_t CopyingReader::readByte() {
  if (isBad || pos == end) {
    isBad = true;
    return 0;
  }
  return bytes[pos++];
}

uint64_t CopyingReader::readULEB() {
  if (isBad)
    return 0;
  unsigned size = 0;
  const char *error = nullptr;
  uint64_t value = llvm::decodeULEB128(bytes.data() + pos, &size,
                                       bytes.data() + end, &error);
  if (error) {
    isBad = true;
    return 0;
  }
  pos += size;
  return value;
}

void CopyingReader::skipSLEB() {
  while (!isBad && (readByte() & 0x80)) {
  }
}

void CopyingReader::skip(size_t count) {
  if (isBad || count > end - pos) {
    isBad = true;
    return;
  }
  pos += count;
}

llvm::StringRef CopyingReader::readName() {
  uint64_t size = readULEB();
  size_t begin = pos;
  skip(size);
  if (isBad)
    return "";
  return {reinterpret_cast<const char *>(bytes.data()) + begin, size};
}

void CopyingReader::replaceULEB(llvm::function_ref<uint64_t(uint64_t)> map) {
  flush();
  uint64_t value = readULEB();
  drop();
  if (!isBad)
    wasm::appendULEB(out, map(value));
}

void CopyingReader::copyFunctionIndex(const Layout &layout) {
  replaceULEB([&](uint64_t index) {
    return layout.mapFunction(static_cast<uint32_t>(index));
  });
}

void CopyingReader::skipValType() {
  uint8_t type = readByte();
  if (type == 0x63 || type == 0x64)
    skipSLEB();
}

void CopyingReader::skipLimits() {
  uint64_t flags = readULEB();
  readULEB();
  if (flags & 1)
    readULEB();
}

/// Immediates of the constant instructions of prefix 0xFB.
void CopyingReader::copyGCInstr() {
  switch (readULEB()) {
  case 0: // struct.new
  case 1: // struct.new_default
  case 6: // array.new
  case 7: // array.new_default
    readULEB();
    return;
  case 8: // array.new_fixed
    readULEB();
    readULEB();
    return;
  case 26: // any.convert_extern
  case 27: // extern.convert_any
  case 28: // ref.i31
    return;
  default:
    isBad = true;
  }
}

void CopyingReader::copyConstExpr(const Layout &layout) {
  while (!isBad) {
    switch (readByte()) {
    case 0x0B: // end
      return;
    case 0x23: // global.get
      readULEB();
      break;
    case 0x41: // i32.const
    case 0x42: // i64.const
    case 0xD0: // ref.null
      skipSLEB();
      break;
    case 0x43: // f32.const
      skip(4);
      break;
    case 0x44: // f64.const
      skip(8);
      break;
    case 0x6A: // integer arithmetic
    case 0x6B:
    case 0x6C:
    case 0x7C:
    case 0x7D:
    case 0x7E:
      break;
    case 0xD2: // ref.func
      copyFunctionIndex(layout);
      break;
    case 0xFB:
      copyGCInstr();
      break;
    case 0xFD: // v128.const
      isBad |= readULEB() != 12;
      skip(16);
      break;
    default:
      isBad = true;
    }
  }
}

//===----------------------------------------------------------------------===//
// Assembler
//===----------------------------------------------------------------------===//

namespace {

/// Puts the sections together, in the application's order.
class Assembler {
public:
  Assembler(Context &ctx, llvm::ArrayRef<uint8_t> bodies)
      : ctx(ctx), app(ctx.app), layout(ctx.layout), bodies(bodies) {}
  llvm::Error run(std::vector<uint8_t> &out);

private:
  llvm::Error addSection(const Section *section, SectionId id);
  llvm::Error addCustom(const Section &section);
  bool isNeeded(SectionId id) const;
  // Contents of sections that change; `section` may be null.
  void writeTypes(const Section *section);
  void writeImports(const Section *section);
  void writeFunctions(const Section *section);
  bool writeTables(const Section *section);
  bool writeGlobals(const Section *section);
  void writeExports();
  bool declares() const {
    return !layout.declared.empty() || !layout.declaredNew.empty();
  }
  bool writeElements(const Section *section);
  void writeElement(CopyingReader &reader);
  void addCode();
  bool writeContent(const Section *section, SectionId id);

  /// Starts a vector: the old one's length plus `added`. Returns the range of
  /// the old entries.
  wasm::ByteRange beginVector(const Section *section, size_t added);
  void copyRange(wasm::ByteRange range) {
    wasm::appendBytes(content, app.bytes.slice(range.begin, range.size()));
  }

  Context &ctx;
  const wasm::Module &app;
  Layout &layout;
  llvm::ArrayRef<uint8_t> bodies;
  Buffer content; // of the section at work
  Buffer result;
};

} // namespace

wasm::ByteRange Assembler::beginVector(const Section *section, size_t added) {
  if (!section) {
    wasm::appendULEB(content, added);
    return {};
  }
  Buffer unused;
  CopyingReader reader(app.bytes, section->content, unused);
  wasm::appendULEB(content, reader.readULEB() + added);
  return {reader.getPos(), section->content.end};
}

static void appendFuncType(wasm::ByteSink &out, const wasm::FuncType &type) {
  out.push_back(0x60);
  wasm::appendULEB(out, type.params.size());
  for (wasm::ValType param : type.params)
    param.encode(out);
  wasm::appendULEB(out, type.results.size());
  for (wasm::ValType resultType : type.results)
    resultType.encode(out);
}

void Assembler::writeTypes(const Section *section) {
  copyRange(beginVector(section, layout.types.size()));
  for (const wasm::FuncType &type : layout.types)
    appendFuncType(content, type);
}

void Assembler::writeImports(const Section *section) {
  copyRange(beginVector(section, layout.imports.size()));
  for (const NewImport &import : layout.imports) {
    wasm::appendName(content, import.module);
    wasm::appendName(content, import.name);
    content.push_back(0); // a function
    wasm::appendULEB(content, import.typeIndex);
  }
}

void Assembler::writeFunctions(const Section *section) {
  copyRange(beginVector(section, layout.functions.size()));
  for (const NewFunction &function : layout.functions)
    wasm::appendULEB(content, function.typeIndex);
}

bool Assembler::writeTables(const Section *section) {
  CopyingReader reader(app.bytes, section->content, content);
  for (uint64_t i = 0, e = reader.readULEB(); i < e && !reader.failed(); ++i) {
    bool hasInit =
        !reader.atEnd() && app.bytes[reader.getPos()] == EmptyBlockType;
    if (hasInit)
      reader.skip(2);
    reader.skipValType();
    reader.skipLimits();
    if (hasInit)
      reader.copyConstExpr(layout);
  }
  reader.flush();
  return !reader.failed();
}

bool Assembler::writeGlobals(const Section *section) {
  wasm::ByteRange range = beginVector(section, layout.globals.size());
  bool ok = true;
  if (layout.relocates()) {
    CopyingReader reader(app.bytes, range, content);
    while (!reader.atEnd() && !reader.failed()) {
      reader.skipValType();
      reader.readByte();
      reader.copyConstExpr(layout);
    }
    reader.flush();
    ok = !reader.failed();
  } else {
    copyRange(range);
  }
  for (const StateGlobal &global : layout.globals) {
    global.type.encode(content);
    content.push_back(global.isMutable);
    appendConst(content, global.type, global.bits);
    content.push_back(OpEnd);
  }
  return ok;
}

void Assembler::writeExports() {
  wasm::appendULEB(content, app.exports.size() + layout.exports.size());
  for (auto [i, entry] : llvm::enumerate(app.exports)) {
    uint32_t index = entry.index;
    if (entry.kind == wasm::ExternKind::Func) {
      auto it = layout.redirectedExports.find(i);
      index = it != layout.redirectedExports.end() ? it->second
                                                   : layout.mapFunction(index);
    }
    wasm::appendName(content, entry.name);
    content.push_back(static_cast<uint8_t>(entry.kind));
    wasm::appendULEB(content, index);
  }
  for (const NewExport &entry : layout.exports) {
    wasm::appendName(content, entry.name);
    content.push_back(0); // a function
    wasm::appendULEB(content, entry.function);
  }
}

/// One element segment (binary format 5.5.12).
void Assembler::writeElement(CopyingReader &reader) {
  uint64_t flags = reader.readULEB();
  bool isActive = !(flags & 1), hasIndex = flags & 2, hasExprs = flags & 4;
  if (isActive && hasIndex)
    reader.readULEB(); // the table
  if (isActive)
    reader.copyConstExpr(layout);
  if (!isActive || hasIndex) {
    if (hasExprs)
      reader.skipValType();
    else
      reader.readByte(); // elemkind
  }
  for (uint64_t i = 0, e = reader.readULEB(); i < e && !reader.failed(); ++i) {
    if (hasExprs)
      reader.copyConstExpr(layout);
    else
      reader.copyFunctionIndex(layout);
  }
}

bool Assembler::writeElements(const Section *section) {
  wasm::ByteRange range = beginVector(section, declares() ? 1 : 0);
  CopyingReader reader(app.bytes, range, content);
  while (!reader.atEnd() && !reader.failed())
    writeElement(reader);
  reader.flush();
  if (declares()) {
    content.append({3, 0}); // declarative, functions
    wasm::appendULEB(content,
                     layout.declared.size() + layout.declaredNew.size());
    for (uint32_t function : layout.declared)
      wasm::appendULEB(content, layout.mapFunction(function));
    for (uint32_t function : layout.declaredNew)
      wasm::appendULEB(content, function);
  }
  return !reader.failed();
}

/// The largest section goes to the output without a stop.
void Assembler::addCode() {
  uint64_t count = app.bodies.size() + layout.functions.size();
  uint64_t size = wasm::getULEBSize(count) + bodies.size();
  for (const NewFunction &function : layout.functions)
    size += wasm::getULEBSize(function.body.size()) + function.body.size();
  result.push_back(static_cast<uint8_t>(SectionId::Code));
  wasm::appendULEB(result, size);
  wasm::appendULEB(result, count);
  wasm::appendBytes(result, bodies);
  for (const NewFunction &function : layout.functions)
    wasm::appendSized(result, function.body);
}

/// Writes the content of a section that changes. False where the bytes are not
/// understood.
bool Assembler::writeContent(const Section *section, SectionId id) {
  switch (id) {
  case SectionId::Type:
    writeTypes(section);
    return true;
  case SectionId::Import:
    writeImports(section);
    return true;
  case SectionId::Function:
    writeFunctions(section);
    return true;
  case SectionId::Table:
    return writeTables(section);
  case SectionId::Global:
    return writeGlobals(section);
  case SectionId::Export:
    writeExports();
    return true;
  case SectionId::Start:
    wasm::appendULEB(content, *layout.start);
    return true;
  case SectionId::Element:
    return writeElements(section);
  default:
    return false;
  }
}

/// True where a section differs from the application's.
bool Assembler::isNeeded(SectionId id) const {
  bool relocates = layout.relocates();
  switch (id) {
  case SectionId::Type:
    return !layout.types.empty();
  case SectionId::Import:
    return !layout.imports.empty();
  case SectionId::Function:
    return !layout.functions.empty();
  case SectionId::Table:
    return relocates && app.findSection(static_cast<uint8_t>(id));
  case SectionId::Global:
    return !layout.globals.empty() ||
           (relocates && app.findSection(static_cast<uint8_t>(id)));
  case SectionId::Export:
    return !layout.exports.empty() || !layout.redirectedExports.empty() ||
           (relocates && !app.exports.empty());
  case SectionId::Start:
    return layout.start != app.start;
  case SectionId::Element:
    return declares() ||
           (relocates && app.findSection(static_cast<uint8_t>(id)));
  case SectionId::Code:
    return !app.bodies.empty() || !layout.functions.empty();
  default:
    return false;
  }
}

/// Appends the section with this id: the application's (or none), or what
/// becomes of it.
llvm::Error Assembler::addSection(const Section *section, SectionId id) {
  if (!isNeeded(id)) {
    if (section)
      wasm::appendBytes(result, app.bytes.slice(section->header.begin,
                                                section->content.end -
                                                    section->header.begin));
    return llvm::Error::success();
  }
  if (id == SectionId::Code) {
    addCode();
    return llvm::Error::success();
  }
  content.clear();
  if (!writeContent(section, id))
    return llvm::make_error<wasm::ReadError>(
        section ? section->content.begin : 0,
        "section " + std::to_string(static_cast<unsigned>(id)) +
            " holds what the splicer does not know");
  wasm::appendSection(result, id, content);
  return llvm::Error::success();
}

llvm::Error Assembler::addCustom(const Section &section) {
  content.clear();
  bool isMetadata = section.name.starts_with("metadata.code.");
  if (section.name == "name")
    rewriteNames(ctx, section, content);
  else if (!isMetadata)
    return addSection(&section, SectionId::Custom);
  else if (!rewriteMetadata(ctx, section, content))
    return llvm::Error::success();
  wasm::appendCustomSection(result, section.name, content);
  return llvm::Error::success();
}

llvm::Error Assembler::run(std::vector<uint8_t> &out) {
  result.reserve(app.bytes.size() + bodies.size());
  wasm::appendPreamble(result);
  auto add = [this](const Section *section, SectionId id) {
    return id == SectionId::Custom ? addCustom(*section)
                                   : addSection(section, id);
  };
  if (llvm::Error error = wasm::visitSections(app, add))
    return error;
  out.assign(result.begin(), result.end());
  return llvm::Error::success();
}

llvm::Error detail::assemble(Context &ctx, llvm::ArrayRef<uint8_t> bodies) {
  return Assembler(ctx, bodies).run(ctx.result.bytes);
}
