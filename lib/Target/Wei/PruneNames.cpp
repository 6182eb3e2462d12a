//===- PruneNames.cpp - Names of functions that are left ------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "PruneNames.h"

#include "llvm/Support/LEB128.h"

using namespace whamm;
using namespace whamm::wei;
using namespace whamm::wei::detail;

namespace {

/// Subsections of the name section whose entries begin with a function.
enum NameKind : uint8_t { FunctionNames = 1, LocalNames = 2, LabelNames = 3 };

/// Reads names; the first error sticks.
class NameReader {
public:
  explicit NameReader(wasm::Bytes bytes) : bytes(bytes) {}
  bool failed() const { return isBad; }
  bool atEnd() const { return isBad || bytes.empty(); }
  uint8_t readByte() { return isBad || bytes.empty() ? fail() : take(1)[0]; }
  uint64_t readULEB();
  /// A length and so many bytes: the bytes.
  wasm::Bytes readSized() { return take(readULEB()); }
  void skipSized() { (void)readSized(); }
  const uint8_t *getPosition() const { return bytes.begin(); }
  void skipNames();

private:
  uint8_t fail() {
    isBad = true;
    return 0;
  }
  wasm::Bytes take(uint64_t size);

  wasm::Bytes bytes;
  bool isBad = false;
};

} // namespace

uint64_t NameReader::readULEB() {
  unsigned size = 0;
  const char *error = nullptr;
  uint64_t value =
      llvm::decodeULEB128(bytes.begin(), &size, bytes.end(), &error);
  if (isBad || error)
    return fail();
  bytes = bytes.drop_front(size);
  return value;
}

wasm::Bytes NameReader::take(uint64_t size) {
  if (isBad || size > bytes.size()) {
    isBad = true;
    return {};
  }
  wasm::Bytes taken = bytes.take_front(size);
  bytes = bytes.drop_front(size);
  return taken;
}

/// A vector of indices with names.
void NameReader::skipNames() {
  for (uint64_t i = 0, e = readULEB(); i < e && !isBad; ++i) {
    readULEB();
    skipSized();
  }
}

/// A subsection whose entries are a function and either a name or names.
static std::optional<Buffer> mapEntries(wasm::Bytes content, bool isIndirect,
                                        llvm::ArrayRef<uint32_t> newIndices) {
  NameReader reader(content);
  Buffer entries;
  uint64_t count = 0;
  for (uint64_t i = 0, e = reader.readULEB(); i < e && !reader.failed(); ++i) {
    uint64_t function = reader.readULEB();
    const uint8_t *begin = reader.getPosition();
    if (isIndirect)
      reader.skipNames();
    else
      reader.skipSized();
    if (reader.failed() || function >= newIndices.size() ||
        newIndices[function] == goneFunction)
      continue;
    wasm::appendULEB(entries, newIndices[function]);
    entries.append(begin, reader.getPosition());
    ++count;
  }
  if (reader.failed())
    return std::nullopt;
  Buffer result;
  wasm::appendULEB(result, count);
  result.append(entries);
  return result;
}

std::optional<Buffer> detail::mapNames(wasm::Bytes content,
                                       llvm::ArrayRef<uint32_t> newIndices) {
  NameReader reader(content);
  Buffer out;
  while (!reader.atEnd()) {
    uint8_t kind = reader.readByte();
    wasm::Bytes subsection = reader.readSized();
    out.push_back(kind);
    if (kind < FunctionNames || kind > LabelNames) {
      wasm::appendSized(out, subsection);
      continue;
    }
    auto mapped = mapEntries(subsection, kind != FunctionNames, newIndices);
    if (!mapped)
      return std::nullopt;
    wasm::appendSized(out, *mapped);
  }
  return reader.failed() ? std::nullopt : std::optional(std::move(out));
}
