//===- Reassemble.cpp - Putting optimised bodies back ---------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Reassemble.h"

#include "Subset.h"

#include "llvm/Support/LEB128.h"

namespace whamm::rewrite::binaryen {

using namespace wasm;
using Buffer = llvm::SmallVector<uint8_t, 0>;

static llvm::Error makeError(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "internal error: " + message);
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

static void appendSignature(ByteSink &out, const FuncType &type) {
  appendByte(out, 0x60);
  for (const auto *list : {&type.params, &type.results}) {
    appendULEB(out, list->size());
    for (ValType value : *list)
      value.encode(out);
  }
}

static llvm::StringRef asString(llvm::ArrayRef<uint8_t> bytes) {
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

NewBodies::NewBodies(const Module &original) : original(original) {
  llvm::SmallVector<uint8_t, 32> signature;
  for (uint32_t i = 0, e = original.types.size(); i != e; ++i) {
    signature.clear();
    appendSignature(signature, original.types[i].func);
    typeIndices.try_emplace(asString(signature), i);
  }
}

llvm::Error NewBodies::setSource(const Module &written) {
  if (written.functions.size() != original.functions.size() ||
      written.numImportedFunctions != original.numImportedFunctions ||
      written.globals.size() != original.globals.size() ||
      written.tables.size() != original.tables.size() ||
      written.tags.size() != original.tags.size() ||
      written.numData != (original.dataCount ? original.numData : 0))
    return makeError("Binaryen changed an index space");
  source = &written;
  typeMap.assign(written.types.size(), ~0u);
  return llvm::Error::success();
}

uint32_t NewBodies::translateType(uint32_t written) {
  uint32_t &index = typeMap[written];
  if (index != ~0u)
    return index;
  llvm::SmallVector<uint8_t, 32> signature;
  appendSignature(signature, source->types[written].func);
  auto [it, inserted] = typeIndices.try_emplace(
      asString(signature), original.types.size() + numNewTypes);
  if (inserted) {
    appendBytes(newTypes, signature);
    ++numNewTypes;
  }
  return index = it->second;
}

/// Appends an instruction, its type index translated.
void NewBodies::appendInstr(const Instr &instr) {
  Bytes bytes = source->bytes;
  switch (instr.opcode) {
  case Opcode::CallIndirect:
  case Opcode::ReturnCallIndirect:
    storage.push_back(bytes[instr.begin]);
    appendULEB(storage, translateType(instr.imms[0]));
    appendULEB(storage, instr.imms[1]);
    return;
  default:
    // Block-like: the type follows the opcode.
    storage.push_back(bytes[instr.begin]);
    appendSLEB(storage, translateType(instr.block.typeIndex));
  }
}

static bool mentionsType(const Instr &instr) {
  switch (instr.opcode) {
  case Opcode::CallIndirect:
  case Opcode::ReturnCallIndirect:
    return true;
  case Opcode::Block:
  case Opcode::Loop:
  case Opcode::If:
    return instr.block.kind == BlockType::Kind::TypeIndex;
  default:
    return false;
  }
}

llvm::Error NewBodies::take(uint32_t defined,
                            llvm::function_ref<void(const Instr &)> visit) {
  const FunctionBody &body = source->bodies[defined];
  size_t begin = storage.size();
  size_t copied = body.range.begin;
  auto copyUpTo = [&](size_t end) {
    appendBytes(storage, source->bytes.slice(copied, end - copied));
    copied = end;
  };
  FunctionCursor cursor(*source, defined);
  while (cursor.next()) {
    const Instr &instr = cursor.get();
    visit(instr);
    if (!mentionsType(instr))
      continue;
    copyUpTo(instr.begin);
    appendInstr(instr);
    copied = instr.end;
  }
  if (llvm::Error error = cursor.takeError())
    return makeError("Binaryen wrote a body that cannot be read: " +
                     llvm::toString(std::move(error)));
  copyUpTo(body.range.end);
  bodies[defined] = {begin, storage.size() - begin};
  return llvm::Error::success();
}

void NewBodies::setStub(uint32_t defined) {
  bodies[defined] = {storage.size(), sizeof(kStubBody)};
  appendBytes(storage, kStubBody);
}

//===----------------------------------------------------------------------===//
// Sections
//===----------------------------------------------------------------------===//

void NewBodies::appendTypeSection(ByteSink &out) const {
  const Section *section = original.findSection(1);
  Buffer content;
  appendULEB(content, original.types.size() + numNewTypes);
  Bytes old =
      original.bytes.slice(section->content.begin, section->content.size());
  // All entries are plain functions, each a vector element of its own.
  unsigned length = 0;
  llvm::decodeULEB128(old.data(), &length, old.end());
  appendBytes(content, old.drop_front(length));
  appendBytes(content, newTypes);
  appendSection(out, SectionId::Type, content);
}

void NewBodies::appendCodeSection(ByteSink &out) const {
  size_t size = getULEBSize(original.bodies.size());
  auto getBody = [&](uint32_t i) -> Bytes {
    auto it = bodies.find(i);
    if (it != bodies.end())
      return Bytes(storage).slice(it->second.begin, it->second.size);
    const ByteRange &range = original.bodies[i].range;
    return original.bytes.slice(range.begin, range.size());
  };
  for (uint32_t i = 0, e = original.bodies.size(); i != e; ++i) {
    size_t bodySize = getBody(i).size();
    size += getULEBSize(bodySize) + bodySize;
  }
  appendByte(out, static_cast<uint8_t>(SectionId::Code));
  appendULEB(out, size);
  appendULEB(out, original.bodies.size());
  for (uint32_t i = 0, e = original.bodies.size(); i != e; ++i)
    appendSized(out, getBody(i));
}

namespace {

/// Reads sections whose bytes may be anything: fails softly.
class SoftReader {
public:
  explicit SoftReader(Bytes bytes) : bytes(bytes) {}
  bool failed() const { return bad; }
  bool atEnd() const { return bad || pos == bytes.size(); }

  uint64_t readULEB() {
    unsigned length = 0;
    const char *error = nullptr;
    uint64_t value =
        llvm::decodeULEB128(bytes.data() + pos, &length, bytes.end(), &error);
    if (error)
      bad = true;
    else
      pos += length;
    return bad ? 0 : value;
  }

  Bytes readBytes(uint64_t size) {
    if (bad || size > bytes.size() - pos) {
      bad = true;
      return {};
    }
    Bytes result = bytes.slice(pos, size);
    pos += size;
    return result;
  }

  /// Skips something that its size precedes.
  void skipSized() { (void)readBytes(readULEB()); }

  size_t getPosition() const { return pos; }
  Bytes getSince(size_t begin) const { return bytes.slice(begin, pos - begin); }

private:
  Bytes bytes;
  size_t pos = 0;
  bool bad = false;
};

/// Calls `keep(outer)` for every entry of an indirect name map: how many of the
/// entries with the lowest indices stay. Appends the map without the others;
/// false where the map is malformed.
bool filterNameMap(Bytes content, ByteSink &out,
                   llvm::function_ref<uint64_t(uint32_t)> keep) {
  SoftReader reader(content);
  Buffer entries;
  uint64_t numEntries = 0;
  for (uint64_t n = reader.readULEB(); n != 0 && !reader.failed(); --n) {
    uint32_t outer = reader.readULEB();
    uint64_t limit = keep(outer);
    Buffer names;
    uint64_t numNames = 0;
    for (uint64_t k = reader.readULEB(); k != 0 && !reader.failed(); --k) {
      size_t begin = reader.getPosition();
      uint64_t index = reader.readULEB();
      reader.skipSized();
      if (index >= limit || reader.failed())
        continue;
      appendBytes(names, reader.getSince(begin));
      ++numNames;
    }
    if (numNames == 0)
      continue;
    appendULEB(entries, outer);
    appendULEB(entries, numNames);
    appendBytes(entries, names);
    ++numEntries;
  }
  if (!reader.atEnd() || reader.failed())
    return false;
  appendULEB(out, numEntries);
  appendBytes(out, entries);
  return true;
}

} // namespace

/// Names of parameters stay; names of other locals and of labels of replaced
/// functions go, as their numbers have changed.
void NewBodies::appendNameSection(Bytes content, ByteSink &out) const {
  constexpr uint64_t localNames = 2, labelNames = 3;
  Buffer result;
  SoftReader reader(content);
  while (!reader.atEnd()) {
    size_t begin = reader.getPosition();
    uint64_t id = reader.readULEB();
    Bytes sub = reader.readBytes(reader.readULEB());
    if (reader.failed())
      break;
    auto keep = [&](uint32_t function) -> uint64_t {
      if (function < original.numImportedFunctions ||
          !has(function - original.numImportedFunctions))
        return UINT64_MAX;
      return id == localNames ? original.getFunctionType(function).params.size()
                              : 0;
    };
    Buffer filtered;
    if ((id == localNames || id == labelNames) &&
        filterNameMap(sub, filtered, keep)) {
      appendULEB(result, id);
      appendSized(result, filtered);
    } else {
      appendBytes(result, reader.getSince(begin));
    }
  }
  // What is malformed is nobody's business here.
  appendCustomSection(out, "name", reader.failed() ? content : Bytes(result));
}

/// `metadata.code.*`: hints by function and offset. Those of replaced functions
/// point nowhere.
void NewBodies::appendHints(llvm::StringRef name, Bytes content,
                            ByteSink &out) const {
  SoftReader reader(content);
  Buffer entries;
  uint64_t numEntries = 0;
  for (uint64_t n = reader.readULEB(); n != 0 && !reader.failed(); --n) {
    size_t begin = reader.getPosition();
    uint32_t function = reader.readULEB();
    for (uint64_t k = reader.readULEB(); k != 0 && !reader.failed(); --k) {
      reader.readULEB();  // offset
      reader.skipSized(); // hint
    }
    if (reader.failed() || (function >= original.numImportedFunctions &&
                            has(function - original.numImportedFunctions)))
      continue;
    appendBytes(entries, reader.getSince(begin));
    ++numEntries;
  }
  if (reader.failed() || !reader.atEnd() || numEntries == 0)
    return;
  Buffer result;
  appendULEB(result, numEntries);
  appendBytes(result, entries);
  appendCustomSection(out, name, result);
}

std::vector<uint8_t> NewBodies::assemble() const {
  Buffer out;
  out.reserve(original.bytes.size() + storage.size());
  appendPreamble(out);
  for (const Section &section : original.sections) {
    Bytes content =
        original.bytes.slice(section.content.begin, section.content.size());
    if (section.id == 1 && numNewTypes != 0)
      appendTypeSection(out);
    else if (section.id == 10)
      appendCodeSection(out);
    else if (section.id == 0 && section.name == "name")
      appendNameSection(content, out);
    else if (section.id == 0 && section.name.starts_with("metadata.code."))
      appendHints(section.name, content, out);
    else
      appendBytes(out, original.bytes.slice(section.header.begin,
                                            section.content.end -
                                                section.header.begin));
  }
  return {out.begin(), out.end()};
}

} // namespace whamm::rewrite::binaryen
