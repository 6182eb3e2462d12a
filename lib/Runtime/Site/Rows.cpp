//===- Rows.cpp - The report of a monitor ---------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Rows are added while the engine matches sites. At the end they become a
/// descriptor stream (include/whamm/Runtime/ReportFormat.h) and values for the
/// runtime library, which prints them.
///
//===----------------------------------------------------------------------===//

#include "Core.h"
#include "Exports.h"

#include "whamm/Runtime/ReportFormat.h"
#include "whamm/Runtime/SiteFunctions.h"

using namespace whamm::site;
namespace runtime = whamm::runtime;

namespace {

struct Kind {
  uint32_t group;
  Text name;
  uint32_t script;
  Text probe;
};
static_assert(sizeof(Kind) == 4 * runtime::rowKindWords);

struct Global {
  Text name;
  uint32_t script, firstId, numIds;
  const char *address;
};
static_assert(sizeof(Global) == 4 * runtime::rowGlobalWords);

struct Group {
  uint32_t kind;
  Text whammType, wasmType, components;
  uint32_t scope, numGlobals;
  const Global *globals;
};
static_assert(sizeof(Group) == 4 * runtime::rowGroupWords);

struct Row {
  uint32_t kind;
  const char *address;
  uint32_t fid, pc, name; // name: index of the function's
};

/// The rows of one group: they do not move.
struct Chunk {
  static constexpr uint32_t capacity = 512;
  Chunk *next;
  uint32_t used;
  Row rows[capacity];
};
struct RowList {
  Chunk *first, *last;
  uint32_t count;
};

/// The descriptor stream, handed to the runtime in pieces of 32 bytes.
class Stream {
public:
  void byte(uint8_t value) {
    bytes[used++] = value;
    if (used == sizeof bytes)
      send();
  }
  void number(uint64_t value) {
    for (; value >= 0x80; value >>= 7)
      byte(static_cast<uint8_t>(value | 0x80));
    byte(static_cast<uint8_t>(value));
  }
  void difference(uint32_t now, uint32_t before) {
    int64_t value = int64_t(now) - int64_t(before);
    for (;;) {
      auto low = static_cast<uint8_t>(value & 0x7f);
      value >>= 7;
      if ((value == 0 && !(low & 0x40)) || (value == -1 && (low & 0x40)))
        return byte(low);
      byte(low | 0x80);
    }
  }
  void text(const Text &text) {
    number(text.size);
    for (uint32_t i = 0; i < text.size; ++i)
      byte(static_cast<uint8_t>(text.data[i]));
  }
  void finish() {
    while (used)
      byte(0);
  }

private:
  void send() {
    uint64_t words[4];
    __builtin_memcpy(words, bytes, sizeof words);
    coreReportData(words[0], words[1], words[2], words[3]);
    used = 0;
  }

  uint8_t bytes[32] = {};
  uint32_t used = 0;
};

class Rows {
public:
  void setup(const Kind *kinds, const Group *groups, uint32_t numGroups) {
    this->kinds = kinds;
    this->groups = groups;
    this->numGroups = numGroups;
    lists =
        static_cast<RowList *>(allocate(numGroups * uint32_t(sizeof(RowList))));
  }
  void add(uint32_t kind, const char *address, uint32_t fid, uint32_t pc);
  void report();

private:
  uint32_t nameOf(uint32_t fid);
  uint32_t countRows(uint32_t group) const {
    return lists[group].count + groups[group].numGlobals;
  }
  void writeStrings();
  void writeGroup(uint32_t index, uint32_t &nextGlobalName);
  void writeSiteRows(uint32_t index);
  void sendValues(uint32_t index);
  void sendValue(Text components, const char *from);

  const Kind *kinds = nullptr;
  const Group *groups = nullptr;
  uint32_t numGroups = 0;
  RowList *lists = nullptr;
  uint32_t numKinds = 0; // the highest that has a row, and one
  /// Names of functions that have rows, in the order of functions.
  Array<Text> names;
  uint32_t lastFid = 0;
  Stream stream;
};

constinit Rows rows;

/// `#27`, for functions without a name.
Text makeNumberName(uint32_t fid) {
  char digits[12];
  uint32_t count = 0;
  do
    digits[count++] = static_cast<char>('0' + fid % 10);
  while (fid /= 10);
  auto *text = static_cast<char *>(allocate(count + 1));
  text[0] = '#';
  for (uint32_t i = 0; i < count; ++i)
    text[1 + i] = digits[count - 1 - i];
  return {text, count + 1};
}

/// Sites come function by function.
uint32_t Rows::nameOf(uint32_t fid) {
  if (names.size() && lastFid == fid)
    return names.size() - 1;
  lastFid = fid;
  const Text *name = site_fname(fid);
  names.push(name->size ? *name : makeNumberName(fid));
  return names.size() - 1;
}

void Rows::add(uint32_t kind, const char *address, uint32_t fid, uint32_t pc) {
  RowList &list = lists[kinds[kind].group];
  if (!list.last || list.last->used == Chunk::capacity) {
    auto *chunk = static_cast<Chunk *>(allocate(sizeof(Chunk)));
    (list.last ? list.last->next : list.first) = chunk;
    list.last = chunk;
  }
  list.last->rows[list.last->used++] = {kind, address, fid, pc, nameOf(fid)};
  ++list.count;
  if (numKinds <= kind)
    numKinds = kind + 1;
}

/// The stream's strings: two per group, two per kind, the names of functions,
/// then those of globals, group by group.
void Rows::writeStrings() {
  uint32_t numGlobals = 0;
  for (uint32_t i = 0; i < numGroups; ++i)
    numGlobals += groups[i].numGlobals;
  stream.number(2 * numGroups + 2 * numKinds + names.size() + numGlobals);
  for (uint32_t i = 0; i < numGroups; ++i) {
    stream.text(groups[i].whammType);
    stream.text(groups[i].wasmType);
  }
  for (uint32_t i = 0; i < numKinds; ++i) {
    stream.text(kinds[i].name);
    stream.text(kinds[i].probe);
  }
  for (uint32_t i = 0; i < names.size(); ++i)
    stream.text(names[i]);
  for (uint32_t i = 0; i < numGroups; ++i)
    for (uint32_t k = 0; k < groups[i].numGlobals; ++k)
      stream.text(groups[i].globals[k].name);
}

void Rows::writeSiteRows(uint32_t index) {
  Row last = {};
  bool isFirst = true;
  uint32_t script = 0;
  for (Chunk *chunk = lists[index].first; chunk; chunk = chunk->next)
    for (uint32_t i = 0; i < chunk->used; ++i) {
      const Row &row = chunk->rows[i];
      uint8_t flags = 0;
      if (isFirst || row.fid != last.fid)
        flags |= runtime::RowHasFunction;
      if (isFirst || row.kind != last.kind)
        flags |= runtime::RowHasName | runtime::RowHasProbe;
      if (kinds[row.kind].script != script)
        flags |= runtime::RowHasScript;
      stream.byte(0); // a row in full
      stream.byte(flags);
      if (flags & runtime::RowHasFunction) {
        stream.number(row.fid);
        stream.number(2 * numGroups + 2 * numKinds + row.name);
      }
      if (flags & runtime::RowHasName)
        stream.number(2 * numGroups + 2 * row.kind);
      if (flags & runtime::RowHasProbe)
        stream.number(2 * numGroups + 2 * row.kind + 1);
      script = kinds[row.kind].script;
      if (flags & runtime::RowHasScript)
        stream.number(script);
      stream.difference(
          static_cast<uint32_t>(reinterpret_cast<uintptr_t>(row.address)),
          static_cast<uint32_t>(reinterpret_cast<uintptr_t>(last.address)));
      stream.difference(row.pc, last.pc);
      last = row;
      isFirst = false;
    }
}

void Rows::writeGroup(uint32_t index, uint32_t &nextGlobalName) {
  const Group &group = groups[index];
  stream.byte(static_cast<uint8_t>(group.kind));
  stream.number(2 * index);
  stream.number(2 * index + 1);
  stream.byte(static_cast<uint8_t>(group.scope));
  stream.number(countRows(index));
  if (group.scope == 0)
    return writeSiteRows(index);
  uint32_t lastId = 0;
  for (uint32_t i = 0; i < group.numGlobals; ++i) {
    const Global &global = group.globals[i];
    if (group.scope == 1) {
      stream.difference(global.firstId, lastId);
      stream.number(global.numIds);
      lastId = global.firstId;
    }
    stream.number(nextGlobalName++);
    stream.number(global.script);
  }
}

template <typename T> T load(const char *&from) {
  auto at = (reinterpret_cast<uintptr_t>(from) + sizeof(T) - 1) &
            ~uintptr_t(sizeof(T) - 1);
  from = reinterpret_cast<const char *>(at + sizeof(T));
  return *reinterpret_cast<const T *>(at);
}

void Rows::sendValue(Text components, const char *from) {
  for (uint32_t i = 0; i < components.size; ++i)
    switch (components.data[i]) {
    case 'l':
      coreReportI64(load<uint64_t>(from));
      break;
    case 'f':
      coreReportF32(load<float>(from));
      break;
    case 'd':
      coreReportF64(load<double>(from));
      break;
    case 's': {
      auto address = load<uint32_t>(from);
      coreReportStr(address, load<uint32_t>(from));
      break;
    }
    default:
      coreReportI32(load<uint32_t>(from));
    }
}

void Rows::sendValues(uint32_t index) {
  const Group &group = groups[index];
  for (Chunk *chunk = lists[index].first; chunk; chunk = chunk->next)
    for (uint32_t i = 0; i < chunk->used; ++i)
      sendValue(group.components, chunk->rows[i].address);
  for (uint32_t i = 0; i < group.numGlobals; ++i)
    sendValue(group.components, group.globals[i].address);
}

void Rows::report() {
  uint32_t numFilled = 0;
  for (uint32_t i = 0; i < numGroups; ++i)
    numFilled += countRows(i) != 0;
  if (!numFilled)
    return;
  coreReportBegin();
  stream.number(runtime::ReportVersion);
  writeStrings();
  stream.number(0); // no steps
  stream.number(numFilled);
  uint32_t nextGlobalName = 2 * numGroups + 2 * numKinds + names.size();
  for (uint32_t i = 0; i < numGroups; ++i)
    if (countRows(i))
      writeGroup(i, nextGlobalName);
  stream.finish();
  for (uint32_t i = 0; i < numGroups; ++i)
    sendValues(i);
  coreReportEnd();
}

} // namespace

WHAMM_EXPORT("rows_setup")
void rowsSetup(const Kind *kinds, const Group *groups, uint32_t numGroups) {
  rows.setup(kinds, groups, numGroups);
}

WHAMM_EXPORT("rows_add")
void rowsAdd(uint32_t kind, const char *address, uint32_t fid, uint32_t pc) {
  rows.add(kind, address, fid, pc);
}

WHAMM_EXPORT("rows_report") void rowsReport() { rows.report(); }
