//===- whamm-snapshot-test.cpp - Snapshots as a command -------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// whamm-snapshot-test MODULE --keep=NAME,NAME... -o OUT.wasm
/// Leaves out what the exported functions of these names do not reach.
///
/// whamm-snapshot-test MODULE STATE.json -o OUT.wasm
/// Writes the module in a state that JSON gives:
/// \code
///   { "memories": [{"pages": 1, "bytes": [[offset, "text"], ...]}, ...],
///     "globals": [number | "low high" | {"func": 3} | null | "opaque", ...],
///     "tables": [[function | null | "opaque", ...], ...],
///     "droppedData": [segment, ...], "droppedElems": [segment, ...],
///     "exports": [["name", function], ...], "matchOutput": "text" }
/// \endcode
/// Numbers are bit patterns. What is missing is as few as the module has it:
/// memories of zeros, tables of nulls.
///
//===----------------------------------------------------------------------===//

#include "whamm/Support/ModuleFile.h"
#include "whamm/Target/Wei/Prune.h"
#include "whamm/Target/Wei/Snapshot.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;
using namespace whamm;
using namespace whamm::wei;

static cl::opt<std::string> moduleFile(cl::Positional, cl::Required,
                                       cl::desc("<module>"));
static cl::opt<std::string> stateFile(cl::Positional, cl::desc("<state>"));
static cl::list<std::string> keptExports("keep", cl::CommaSeparated,
                                         cl::desc("Functions to keep"));
static cl::opt<std::string> outputFile("o", cl::Required,
                                       cl::desc("Output file"));

static const json::Array &getArray(const json::Object &object, StringRef key) {
  static const json::Array empty;
  const json::Array *array = object.getArray(key);
  return array ? *array : empty;
}

static GlobalValue readGlobal(const json::Value &value) {
  GlobalValue global;
  if (const json::Object *ref = value.getAsObject()) {
    global.isRef = true;
    global.function = ref->getInteger("func").value_or(0);
  } else if (auto text = value.getAsString()) {
    global.isOpaque = global.isRef = *text == "opaque";
    auto [low, high] = text->split(' ');
    if (!global.isOpaque) {
      low.getAsInteger(0, global.low);
      high.getAsInteger(0, global.high);
    }
  } else if (auto number = value.getAsUINT64()) {
    global.low = *number;
  } else if (auto negative = value.getAsInteger()) {
    global.low = *negative;
  } else {
    global.isRef = true;
  }
  return global;
}

static int64_t readElement(const json::Value &value) {
  if (value.getAsString())
    return opaqueElement;
  return value.getAsInteger().value_or(nullElement);
}

static std::vector<uint8_t> readMemory(const json::Object *memory,
                                       const wasm::Limits &limits,
                                       uint64_t &pages) {
  if (auto given = memory ? memory->getInteger("pages") : std::nullopt)
    pages = *given;
  std::vector<uint8_t> contents(pages << limits.pageSizeLog2.value_or(16));
  if (!memory)
    return contents;
  for (const json::Value &entry : getArray(*memory, "bytes")) {
    const json::Array &pair = *entry.getAsArray();
    StringRef bytes = *pair[1].getAsString();
    copy(bytes, contents.begin() + *pair[0].getAsInteger());
  }
  return contents;
}

static InstanceState readState(const json::Object &object,
                               const wasm::Module &module) {
  InstanceState state;
  const json::Array &memories = getArray(object, "memories");
  auto own = ArrayRef(module.memories).drop_front(module.numImportedMemories);
  for (auto [i, limits] : enumerate(own)) {
    uint64_t &pages = state.memoryPages.emplace_back(limits.min);
    state.memories.push_back(
        readMemory(i < memories.size() ? memories[i].getAsObject() : nullptr,
                   limits, pages));
  }
  for (const json::Value &value : getArray(object, "globals"))
    state.globals.push_back(readGlobal(value));
  const json::Array &tables = getArray(object, "tables");
  auto ownTables = ArrayRef(module.tables).drop_front(module.numImportedTables);
  for (auto [i, table] : enumerate(ownTables)) {
    auto &contents = state.tables.emplace_back();
    if (i >= tables.size())
      contents.assign(table.limits.min, nullElement);
    else
      for (const json::Value &value : *tables[i].getAsArray())
        contents.push_back(readElement(value));
  }
  state.droppedData.resize(module.data.size());
  for (const json::Value &segment : getArray(object, "droppedData"))
    state.droppedData[*segment.getAsInteger()] = true;
  state.droppedElems.resize(module.elements.size());
  for (const json::Value &segment : getArray(object, "droppedElems"))
    state.droppedElems[*segment.getAsInteger()] = true;
  return state;
}

static SnapshotOptions readOptions(const json::Object &object) {
  SnapshotOptions options;
  options.matchOutput = object.getString("matchOutput").value_or("").str();
  for (const json::Value &entry : getArray(object, "exports")) {
    const json::Array &pair = *entry.getAsArray();
    options.functionExports.emplace_back(pair[0].getAsString()->str(),
                                         *pair[1].getAsInteger());
  }
  return options;
}

static Expected<std::vector<uint8_t>> makeSnapshot(const wasm::Module &module) {
  auto file = MemoryBuffer::getFile(stateFile);
  if (!file)
    return createStringError("cannot read the state");
  Expected<json::Value> value = json::parse((*file)->getBuffer());
  if (!value)
    return value.takeError();
  const json::Object &object = *value->getAsObject();
  return snapshotModule(module, readState(object, module), readOptions(object));
}

static Error run() {
  Expected<LoadedModule> loaded = loadModule(moduleFile);
  if (!loaded)
    return loaded.takeError();
  auto isKept = [](StringRef name) { return is_contained(keptExports, name); };
  const wasm::Module &module = loaded->getModule();
  auto bytes =
      keptExports.empty() ? makeSnapshot(module) : pruneModule(module, isKept);
  if (!bytes)
    return bytes.takeError();
  std::error_code code;
  raw_fd_ostream out(outputFile, code);
  out.write(reinterpret_cast<const char *>(bytes->data()), bytes->size());
  return errorCodeToError(code);
}

int main(int argc, char **argv) {
  cl::ParseCommandLineOptions(argc, argv);
  if (Error error = run()) {
    WithColor::error() << toString(std::move(error)) << "\n";
    return 1;
  }
  return 0;
}
