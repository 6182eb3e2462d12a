//===- AppExports.cpp - Facts about the application -----------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Exports.h"

#include "Immediates.h"
#include "Reflect.h"

using namespace whamm::site;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

static const Text empty = {"", 0};

uint32_t site_is_import(uint32_t fid) {
  return fid < getModule().functionImports.size();
}

uint32_t site_num_functions() { return getModule().functions.size(); }

const Text *site_fname(uint32_t fid) {
  // By function; those not asked for yet have no address.
  static Array<Text> names;
  uint32_t count = site_num_functions();
  if (fid >= count)
    return &empty;
  if (names.size() == 0)
    names.resize(count);
  if (names[fid].data)
    return &names[fid];
  uint32_t size = reflectFunctionName(fid, nullptr, 0);
  char *data = static_cast<char *>(allocate(size));
  reflectFunctionName(fid, data, size);
  names[fid] = {data, size};
  return &names[fid];
}

static const Text *getModuleName() {
  static Text name;
  if (!name.data) {
    name.size = reflectModuleName(nullptr, 0);
    char *data = static_cast<char *>(allocate(name.size));
    reflectModuleName(data, name.size);
    name.data = data;
  }
  return &name;
}

const Text *site_callee_name(uint32_t fid) {
  return site_is_import(fid) ? &getModule().functionImports[fid].name
                             : site_fname(fid);
}

const Text *site_callee_module(uint32_t fid) {
  return site_is_import(fid) ? &getModule().functionImports[fid].module
                             : getModuleName();
}

//===----------------------------------------------------------------------===//
// Memories
//===----------------------------------------------------------------------===//

int32_t site_app_memid() {
  const ModuleFacts &module = getModule();
  return module.numImportedMemories == module.memories.size()
             ? -1
             : static_cast<int32_t>(module.numImportedMemories);
}

uint32_t site_num_memories() { return getModule().memories.size(); }

uint32_t site_page_size(uint32_t memory) {
  const Array<MemoryFacts> &memories = getModule().memories;
  uint8_t log2 = memory < memories.size() ? memories[memory].pageSizeLog2 : 16;
  return log2 < 32 ? uint32_t(1) << log2 : 0;
}

namespace {
/// A span of a memory.
struct DataSpan {
  uint64_t begin = 0, end = 0;
};
} // namespace

/// Reads the head of a data segment; false where it does not lie at a constant
/// offset in `memory`, or is empty.
static bool readSegment(Bytes bytes, uint32_t memory, DataSpan &span) {
  constexpr uint32_t isPassive = 1, hasMemory = 2;
  static Immediates imms;
  uint32_t flags = bytes.readU32();
  if (flags == isPassive ||
      (flags == hasMemory ? bytes.readU32() : 0) != memory)
    return false;
  Opcode opcode = readOpcode(bytes);
  if (opcode != Opcode::I32Const && opcode != Opcode::I64Const)
    return false;
  readImmediates(bytes, getShape(opcode).form, imms);
  if (readOpcode(bytes) != Opcode::End)
    return false;
  uint32_t size = bytes.readU32();
  span.begin =
      opcode == Opcode::I32Const ? static_cast<uint32_t>(imms.bits) : imms.bits;
  span.end = span.begin + size;
  return size != 0;
}

static DataSpan getActiveData(uint32_t memory) {
  // Flags, memory, one constant and its `end`, and the size fit.
  uint8_t head[32];
  DataSpan all;
  bool isEmpty = true;
  for (uint32_t i = 0, count = reflectNumData(); i != count; ++i) {
    DataSpan span;
    reflectDataDef(i, head, sizeof head);
    if (!readSegment(Bytes(head), memory, span))
      continue;
    all.begin = isEmpty || span.begin < all.begin ? span.begin : all.begin;
    all.end = isEmpty || span.end > all.end ? span.end : all.end;
    isEmpty = false;
  }
  return all;
}

uint32_t site_data_start(uint32_t memory) {
  return static_cast<uint32_t>(getActiveData(memory).begin);
}

uint32_t site_data_len(uint32_t memory) {
  DataSpan span = getActiveData(memory);
  return static_cast<uint32_t>(span.end - span.begin);
}
