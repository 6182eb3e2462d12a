//===- SpliceNames.cpp - Custom sections that refer to functions ----------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "SpliceSections.h"

#include "llvm/ADT/StringExtras.h"

using namespace whamm;
using namespace whamm::rewrite;
using namespace whamm::rewrite::detail;
using wasm::Section;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

namespace {

/// Subsections of the name section (appendix 7.4.1 and its extension).
enum NameKind : uint8_t {
  FunctionNames = 1,
  LocalNames = 2,
  LabelNames = 3,
  GlobalNames = 7,
};

class NameRewriter {
public:
  NameRewriter(const Context &ctx, Buffer &out)
      : ctx(ctx), layout(ctx.layout), out(out) {}
  /// False where the section is malformed.
  bool run(const Section &section);

private:
  bool addSubsection(uint8_t kind, wasm::ByteRange range);
  void addMissing(unsigned kind);
  bool writeFunctionNames(wasm::ByteRange range);
  bool writeIndirectNames(wasm::ByteRange range, bool dropTouched);
  bool writeGlobalNames(wasm::ByteRange range);
  void addName(uint32_t index, llvm::StringRef name);

  const Context &ctx;
  const Layout &layout;
  Buffer &out;
  unsigned nextKind = 0; // what comes next, if it is not there already
  // The subsection at work.
  Buffer entries;
  uint32_t count = 0;
};

} // namespace

/// Tools read names as identifiers of the text format; blanks and control
/// characters would confuse them.
static std::string sanitize(llvm::StringRef name) {
  std::string text = name.str();
  for (char &c : text)
    if (c == ' ' || (static_cast<uint8_t>(c) < 0x80 && !llvm::isPrint(c)))
      c = '_';
  return text;
}

void NameRewriter::addName(uint32_t index, llvm::StringRef name) {
  wasm::appendULEB(entries, index);
  wasm::appendName(entries, sanitize(name));
  ++count;
}

/// Names keep their order: imports, new imports, functions, new functions.
bool NameRewriter::writeFunctionNames(wasm::ByteRange range) {
  CopyingReader reader(ctx.app.bytes, range, entries);
  bool importsDone = false;
  auto addImports = [&] {
    importsDone = true;
    for (auto [i, import] : llvm::enumerate(layout.imports))
      addName(ctx.app.numImportedFunctions + i,
              import.module + "." + import.name);
  };
  uint64_t number = range.size() ? reader.readULEB() : 0;
  reader.drop();
  for (uint64_t i = 0; i < number && !reader.failed(); ++i) {
    uint64_t index = reader.readULEB();
    reader.drop();
    if (!importsDone && index >= ctx.app.numImportedFunctions)
      addImports();
    wasm::appendULEB(entries, layout.shiftFunction(index));
    reader.readName();
    reader.flush();
    ++count;
  }
  if (!importsDone)
    addImports();
  for (auto [i, function] : llvm::enumerate(layout.functions))
    addName(layout.getFirstNewFunction() + i, function.name);
  return !reader.failed();
}

/// Names by function: locals stay as they are, labels are numbered anew where
/// blocks may have been added.
bool NameRewriter::writeIndirectNames(wasm::ByteRange range, bool dropTouched) {
  CopyingReader reader(ctx.app.bytes, range, entries);
  uint64_t number = reader.readULEB();
  reader.drop();
  for (uint64_t i = 0; i < number && !reader.failed(); ++i) {
    uint32_t index = layout.shiftFunction(reader.readULEB());
    reader.drop();
    size_t begin = entries.size();
    wasm::appendULEB(entries, index);
    for (uint64_t j = 0, e = reader.readULEB(); j < e && !reader.failed();
         ++j) {
      reader.readULEB();
      reader.readName();
    }
    const auto &touched = ctx.result.touchedFunctions;
    if (dropTouched &&
        std::binary_search(touched.begin(), touched.end(), index)) {
      entries.truncate(begin);
      reader.drop();
      continue;
    }
    reader.flush();
    ++count;
  }
  return !reader.failed();
}

bool NameRewriter::writeGlobalNames(wasm::ByteRange range) {
  CopyingReader reader(ctx.app.bytes, range, entries);
  count = range.size() ? reader.readULEB() : 0;
  reader.drop();
  reader.skip(reader.remaining());
  reader.flush();
  for (auto [i, global] : llvm::enumerate(layout.globals))
    if (!global.name.empty())
      addName(ctx.app.globals.size() + i, global.name);
  return !reader.failed();
}

bool NameRewriter::addSubsection(uint8_t kind, wasm::ByteRange range) {
  entries.clear();
  count = 0;
  bool ok = true;
  switch (kind) {
  case FunctionNames:
    ok = writeFunctionNames(range);
    break;
  case LocalNames:
  case LabelNames:
    ok = writeIndirectNames(range, kind == LabelNames);
    break;
  case GlobalNames:
    ok = writeGlobalNames(range);
    break;
  default:
    out.push_back(kind);
    wasm::appendSized(out, ctx.app.bytes.slice(range.begin, range.size()));
    return true;
  }
  if (count == 0 && range.size() == 0)
    return ok;
  out.push_back(kind);
  wasm::appendULEB(out, wasm::getULEBSize(count) + entries.size());
  wasm::appendULEB(out, count);
  wasm::appendBytes(out, entries);
  return ok;
}

/// Adds subsections that the application lacks, in front of `kind`.
void NameRewriter::addMissing(unsigned kind) {
  for (uint8_t own : {FunctionNames, GlobalNames})
    if (nextKind <= own && own < kind)
      addSubsection(own, {});
  nextKind = std::max(nextKind, kind + 1);
}

bool NameRewriter::run(const Section &section) {
  Buffer unused;
  CopyingReader reader(ctx.app.bytes, section.content, unused);
  while (!reader.atEnd()) {
    uint8_t kind = reader.readByte();
    uint64_t size = reader.readULEB();
    size_t begin = reader.getPos();
    reader.skip(size);
    if (reader.failed())
      return false;
    addMissing(kind);
    if (!addSubsection(kind, {begin, reader.getPos()}))
      return false;
  }
  addMissing(256);
  return true;
}

void detail::rewriteNames(const Context &ctx, const Section &section,
                          Buffer &out) {
  if (NameRewriter(ctx, out).run(section))
    return;
  out.clear();
  wasm::appendBytes(
      out, ctx.app.bytes.slice(section.content.begin, section.content.size()));
}

//===----------------------------------------------------------------------===//
// Metadata of code
//===----------------------------------------------------------------------===//

/// Calls `onFunction` with the reader at each function index, `onOffset` at
/// each offset; both must read it.
static bool
walkMetadata(CopyingReader &reader,
             llvm::function_ref<uint32_t(CopyingReader &)> onFunction,
             llvm::function_ref<void(CopyingReader &, uint32_t)> onOffset) {
  for (uint64_t i = 0, e = reader.readULEB(); i < e && !reader.failed(); ++i) {
    uint32_t function = onFunction(reader);
    for (uint64_t j = 0, n = reader.readULEB(); j < n && !reader.failed();
         ++j) {
      onOffset(reader, function);
      reader.readName(); // the data has the same form
    }
  }
  return !reader.failed() && reader.atEnd();
}

static bool isMetadata(const Section &section) {
  return section.id == 0 && section.name.starts_with("metadata.code.");
}

void detail::readCodeOffsets(Context &ctx) {
  for (const Section &section : ctx.app.sections) {
    if (!isMetadata(section))
      continue;
    Buffer unused;
    CopyingReader reader(ctx.app.bytes, section.content, unused);
    walkMetadata(
        reader,
        [](CopyingReader &r) { return static_cast<uint32_t>(r.readULEB()); },
        [&](CopyingReader &r, uint32_t function) {
          uint32_t offset = r.readULEB();
          ctx.codeOffsets[function].push_back({offset, offset});
        });
  }
  for (auto &[function, list] : ctx.codeOffsets) {
    llvm::sort(list,
               [](CodeOffset a, CodeOffset b) { return a.before < b.before; });
    auto same = [](CodeOffset a, CodeOffset b) { return a.before == b.before; };
    list.erase(std::unique(list.begin(), list.end(), same), list.end());
  }
}

/// The new offset; UINT32_MAX where there is none.
static uint32_t findOffset(const Context &ctx, uint32_t function,
                           uint32_t before) {
  auto it = ctx.codeOffsets.find(function);
  if (it == ctx.codeOffsets.end())
    return UINT32_MAX;
  const auto *found = llvm::lower_bound(
      llvm::ArrayRef(it->second), before,
      [](const CodeOffset &o, uint32_t value) { return o.before < value; });
  return found != it->second.data() + it->second.size() &&
                 found->before == before
             ? found->after
             : UINT32_MAX;
}

bool detail::rewriteMetadata(const Context &ctx, const Section &section,
                             Buffer &out) {
  CopyingReader reader(ctx.app.bytes, section.content, out);
  bool known = true;
  bool ok = walkMetadata(
      reader,
      [&](CopyingReader &r) {
        uint32_t function = 0;
        r.replaceULEB([&](uint64_t index) {
          function = static_cast<uint32_t>(index);
          return ctx.layout.shiftFunction(function);
        });
        return function;
      },
      [&](CopyingReader &r, uint32_t function) {
        r.replaceULEB([&](uint64_t before) {
          uint32_t after = findOffset(ctx, function, before);
          known &= after != UINT32_MAX;
          return after;
        });
      });
  reader.flush();
  return ok && known;
}
