//===- ReportWriter.cpp - Building a report's descriptors -----------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Runtime/ReportWriter.h"

#include "llvm/Support/LEB128.h"

#include <cassert>

using namespace whamm::runtime;

namespace {

/// Appends numbers to a vector that has been given room for them all, which
/// spares the checks of push_back.
class Appender {
public:
  Appender(std::vector<uint8_t> &bytes, size_t most)
      : bytes(bytes), used(bytes.size()) {
    if (bytes.capacity() - used < most)
      bytes.reserve(2 * bytes.capacity() + most);
    bytes.resize(used + most);
  }
  ~Appender() { bytes.resize(used); }

  void byte(uint8_t value) { bytes[used++] = value; }
  void number(uint64_t value) {
    used += llvm::encodeULEB128(value, &bytes[used]);
  }
  void difference(uint64_t value, uint64_t before) {
    used +=
        llvm::encodeSLEB128(static_cast<int64_t>(value - before), &bytes[used]);
  }
  void string(StringId id) { number(static_cast<uint32_t>(id)); }

private:
  std::vector<uint8_t> &bytes;
  size_t used;
};

constexpr size_t MaxNumberSize = 10;
constexpr size_t MaxRowSize = 1 + 7 * MaxNumberSize;
constexpr size_t ChunkSize = 32;

} // namespace

ReportWriter::ReportWriter() = default;

StringId ReportWriter::addString(llvm::StringRef text) {
  auto [it, isNew] = stringIds.try_emplace(text, stringIds.size());
  if (isNew) {
    Appender(strings, MaxNumberSize).number(text.size());
    strings.insert(strings.end(), text.bytes_begin(), text.bytes_end());
  }
  return static_cast<StringId>(it->second);
}

void ReportWriter::beginGroup(ValueKind kind, llvm::StringRef whammType,
                              llvm::StringRef wasmType, RowScope scope) {
  endGroup();
  StringId whamm = addString(whammType), wasm = addString(wasmType);
  Appender out(groups, 2 + 2 * MaxNumberSize);
  out.byte(static_cast<uint8_t>(kind));
  out.string(whamm);
  out.string(wasm);
  out.byte(static_cast<uint8_t>(scope));
  this->scope = scope;
  inGroup = true;
  ++numGroups;
  previous = SiteRow();
}

void ReportWriter::endGroup() {
  if (!inGroup)
    return;
  Appender(groups, MaxNumberSize).number(numGroupRows);
  groups.insert(groups.end(), rows.begin(), rows.end());
  rows.clear();
  numGroupRows = 0;
  inGroup = false;
}

void ReportWriter::addSiteRow(const SiteRow &row) {
  assert(inGroup && scope == RowScope::Site && "not in a group of sites");
  // The first row tells all: the reader's strings start out empty.
  bool isFirst = !numGroupRows;
  uint8_t flags = 0;
  if (isFirst || row.fid != previous.fid || row.fname != previous.fname)
    flags |= RowHasFunction;
  if (isFirst || row.name != previous.name)
    flags |= RowHasName;
  if (isFirst || row.probe != previous.probe)
    flags |= RowHasProbe;
  if (row.script != previous.script)
    flags |= RowHasScript;
  Appender out(rows, MaxRowSize);
  out.byte(flags);
  if (flags & RowHasFunction) {
    out.number(row.fid);
    out.string(row.fname);
  }
  if (flags & RowHasName)
    out.string(row.name);
  if (flags & RowHasProbe)
    out.string(row.probe);
  if (flags & RowHasScript)
    out.number(row.script);
  out.difference(row.addr, previous.addr);
  out.difference(row.pc, previous.pc);
  previous = row;
  ++numGroupRows;
  ++numRows;
}

void ReportWriter::addGlobalRow(uint64_t firstId, StringId name,
                                uint32_t script, uint32_t count) {
  assert(inGroup && scope == RowScope::Global && "not in a group of globals");
  Appender out(rows, 4 * MaxNumberSize);
  out.difference(firstId, previous.addr);
  out.number(count);
  out.string(name);
  out.number(script);
  previous.addr = firstId;
  ++numGroupRows;
  ++numRows;
}

void ReportWriter::addMapRow(StringId name, uint32_t script) {
  assert(inGroup && scope == RowScope::Map && "not in a group of maps");
  Appender out(rows, 2 * MaxNumberSize);
  out.string(name);
  out.number(script);
  ++numGroupRows;
  ++numRows;
}

std::vector<uint8_t> ReportWriter::take() {
  endGroup();
  std::vector<uint8_t> stream;
  stream.reserve(strings.size() + groups.size() + 3 * MaxNumberSize +
                 ChunkSize);
  {
    Appender out(stream, 2 * MaxNumberSize);
    out.number(ReportVersion);
    out.number(stringIds.size());
  }
  stream.insert(stream.end(), strings.begin(), strings.end());
  Appender(stream, MaxNumberSize).number(numGroups);
  stream.insert(stream.end(), groups.begin(), groups.end());
  stream.resize((stream.size() + ChunkSize - 1) / ChunkSize * ChunkSize);
  *this = ReportWriter();
  return stream;
}
