//===- ReportWriter.cpp - Building a report's descriptors -----------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Runtime/ReportWriter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/MathExtras.h"

#include <cassert>

using namespace whamm::runtime;

namespace {

constexpr size_t MaxNumberSize = 10;
constexpr size_t MaxRowSize = 1 + 7 * MaxNumberSize;
constexpr size_t ChunkSize = 32;

/// The encoding of a few numbers, at most of a site's row.
class Fields {
public:
  void byte(uint8_t value) { bytes[used++] = value; }
  void number(uint64_t value) {
    used += llvm::encodeULEB128(value, &bytes[used]);
  }
  void difference(uint64_t value, uint64_t before) {
    used +=
        llvm::encodeSLEB128(static_cast<int64_t>(value - before), &bytes[used]);
  }
  void string(StringId id) { number(static_cast<uint32_t>(id)); }
  llvm::StringRef text() const {
    return llvm::StringRef(reinterpret_cast<const char *>(bytes), used);
  }

private:
  uint8_t bytes[MaxRowSize];
  size_t used = 0;
};
} // namespace

static void append(std::vector<uint8_t> &bytes, llvm::StringRef text) {
  bytes.insert(bytes.end(), text.bytes_begin(), text.bytes_end());
}

static void appendNumber(std::vector<uint8_t> &bytes, uint64_t value) {
  Fields out;
  out.number(value);
  append(bytes, out.text());
}

ReportWriter::ReportWriter() = default;

StringId ReportWriter::addString(llvm::StringRef text) {
  auto [it, isNew] = stringIds.try_emplace(text, stringIds.size());
  if (isNew) {
    appendNumber(strings, text.size());
    append(strings, text);
  }
  return static_cast<StringId>(it->second);
}

void ReportWriter::beginGroup(ValueKind kind, llvm::StringRef whammType,
                              llvm::StringRef wasmType, RowScope scope) {
  StringId whamm = addString(whammType), wasm = addString(wasmType);
  groups.emplace_back();
  Fields out;
  out.byte(static_cast<uint8_t>(kind));
  out.string(whamm);
  out.string(wasm);
  out.byte(static_cast<uint8_t>(scope));
  append(groups.back().header, out.text());
  this->scope = scope;
  previous = SiteRow();
}

/// Which fields a row has to tell behind another one.
static uint8_t getFlags(const SiteRow &row, const SiteRow &previous,
                        bool isFirst) {
  // The first row tells all: the reader's strings start out empty.
  uint8_t flags = 0;
  if (isFirst || row.fid != previous.fid || row.fname != previous.fname)
    flags |= RowHasFunction;
  if (isFirst || row.name != previous.name)
    flags |= RowHasName;
  if (isFirst || row.probe != previous.probe)
    flags |= RowHasProbe;
  if (row.script != previous.script)
    flags |= RowHasScript;
  return flags;
}

void ReportWriter::addSiteRow(const SiteRow &row) {
  assert(!groups.empty() && scope == RowScope::Site &&
         "not in a group of sites");
  Group &group = groups.back();
  uint8_t flags = getFlags(row, previous, group.numRows == 0);
  Fields out;
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
  auto [it, isNew] = stepIds.try_emplace(out.text(), steps.size());
  if (isNew)
    steps.push_back({it->first()});
  ++steps[it->second].uses;
  group.siteRows.push_back(it->second);
  previous = row;
  ++group.numRows;
  ++numRows;
}

void ReportWriter::addGlobalRow(uint64_t firstId, StringId name,
                                uint32_t script, uint32_t count) {
  assert(!groups.empty() && scope == RowScope::Global &&
         "not in a group of globals");
  Group &group = groups.back();
  Fields out;
  out.difference(firstId, previous.addr);
  out.number(count);
  out.string(name);
  out.number(script);
  append(group.rows, out.text());
  previous.addr = firstId;
  ++group.numRows;
  ++numRows;
}

void ReportWriter::addMapRow(StringId name, uint32_t script) {
  assert(!groups.empty() && scope == RowScope::Map && "not in a group of maps");
  Group &group = groups.back();
  Fields out;
  out.string(name);
  out.number(script);
  append(group.rows, out.text());
  ++group.numRows;
  ++numRows;
}

/// Numbers the rows that come several times, the commonest first, as small
/// numbers take fewer bytes, and returns the table of them.
std::vector<uint8_t> ReportWriter::writeSteps() {
  std::vector<Step *> common;
  for (Step &step : steps)
    if (step.uses > 1)
      common.push_back(&step);
  llvm::sort(common, [](const Step *a, const Step *b) {
    return std::pair(b->uses, a->bytes) < std::pair(a->uses, b->bytes);
  });
  std::vector<uint8_t> table;
  appendNumber(table, common.size());
  for (auto [index, step] : llvm::enumerate(common)) {
    step->number = index + 1;
    appendNumber(table, step->bytes.size());
    append(table, step->bytes);
  }
  return table;
}

void ReportWriter::writeGroup(const Group &group,
                              std::vector<uint8_t> &stream) const {
  llvm::append_range(stream, group.header);
  appendNumber(stream, group.numRows);
  llvm::append_range(stream, group.rows);
  for (uint32_t row : group.siteRows) {
    appendNumber(stream, steps[row].number);
    if (!steps[row].number)
      append(stream, steps[row].bytes);
  }
}

std::vector<uint8_t> ReportWriter::take() {
  std::vector<uint8_t> stream;
  appendNumber(stream, ReportVersion);
  appendNumber(stream, stringIds.size());
  llvm::append_range(stream, strings);
  llvm::append_range(stream, writeSteps());
  appendNumber(stream, groups.size());
  for (const Group &group : groups)
    writeGroup(group, stream);
  stream.resize(llvm::alignTo(stream.size(), ChunkSize));
  *this = ReportWriter();
  return stream;
}
