//===- RowTables.cpp - Rows of a monitor's report ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "RowTables.h"

#include "../../Codegen/ReportTypes.h"

#include "whamm/Dialect/Probe/IR/ProbeOps.h"
#include "whamm/Runtime/ReportWriter.h"
#include "whamm/Runtime/SiteFunctions.h"

#include "llvm/Support/MathExtras.h"

#include <map>

using namespace mlir;
using namespace whamm;
using namespace whamm::wei;
namespace inject = whamm::wasm_inject;
using runtime::RowScope;

ValueLayout whamm::wei::getValueLayout(Type type) {
  ValueLayout layout;
  for (Type component : inject::StateOp::getComponents(type)) {
    uint32_t bytes = component.getIntOrFloatBitWidth() == 64 ? 8 : 4;
    layout.size = llvm::alignTo(layout.size, bytes);
    layout.offsets.push_back(layout.size);
    layout.size += bytes;
  }
  return layout;
}

/// The letters of what is handed to the runtime.
static void addLetters(Type type, std::string &letters) {
  if (auto tuple = dyn_cast<TupleType>(type)) {
    for (Type element : tuple.getTypes())
      addLetters(element, letters);
  } else if (isa<probe::StrType>(type)) {
    letters += 's';
  } else if (type.isF32()) {
    letters += 'f';
  } else if (type.isF64()) {
    letters += 'd';
  } else {
    letters +=
        type.isInteger() && type.getIntOrFloatBitWidth() == 64 ? 'l' : 'i';
  }
}

namespace {

/// Rows of one type in one scope, in the order of the report.
struct GroupKey {
  RowScope scope;
  runtime::ValueKind kind;
  std::string text;
  auto operator<=>(const GroupKey &) const = default;
};
struct Group {
  Type type;
  std::vector<uint32_t> globals; // words of their table
  uint32_t numGlobals = 0;
};

/// Puts the tables together.
class TableBuilder {
public:
  TableBuilder(ModuleOp module, const llvm::StringMap<uint32_t> &addresses,
               StaticData &data)
      : module(module), addresses(addresses), data(data) {}

  void collect();
  uint32_t writeGroups();
  uint32_t writeKinds(llvm::StringMap<uint32_t> &numbers);
  uint32_t getNumGroups() const { return groups.size(); }

private:
  Group &getGroup(RowScope scope, Type type);
  uint32_t getNumber(RowScope scope, Type type) const;
  void collectGlobals();
  void addText(std::vector<uint32_t> &words, StringRef text) {
    words.push_back(data.addText(text));
    words.push_back(text.size());
  }

  ModuleOp module;
  const llvm::StringMap<uint32_t> &addresses;
  StaticData &data;
  std::map<GroupKey, Group> groups;
};

} // namespace

static GroupKey getKey(RowScope scope, Type type) {
  return {scope, codegen::getValueKind(type),
          inject::StateOp::getTypeText(type)};
}

Group &TableBuilder::getGroup(RowScope scope, Type type) {
  Group &group = groups[getKey(scope, type)];
  group.type = type;
  return group;
}

uint32_t TableBuilder::getNumber(RowScope scope, Type type) const {
  return std::distance(groups.begin(), groups.find(getKey(scope, type)));
}

/// Globals are numbered by script, alphabetically.
void TableBuilder::collectGlobals() {
  SmallVector<inject::StateOp> states;
  for (auto state : module.getOps<inject::StateOp>())
    if (state.getScope() == inject::Scope::Program && state.getScript() >= 0)
      states.push_back(state);
  llvm::sort(states, [](inject::StateOp a, inject::StateOp b) {
    return std::pair(a.getScript(), a.getName()) <
           std::pair(b.getScript(), b.getName());
  });
  uint32_t id = 0;
  for (inject::StateOp state : states) {
    uint32_t count = state.getComponents().size();
    if (state.getReport()) {
      bool isMap = isa<probe::MapType>(state.getType());
      Group &group =
          getGroup(isMap ? RowScope::Map : RowScope::Global, state.getType());
      addText(group.globals, state.getName());
      group.globals.push_back(state.getScript());
      group.globals.push_back(id);
      group.globals.push_back(count);
      group.globals.push_back(addresses.lookup(state.getSymName()));
      ++group.numGlobals;
    }
    id += count;
  }
}

void TableBuilder::collect() {
  for (auto row : module.getOps<inject::RowOp>())
    getGroup(RowScope::Site, row.getType());
  collectGlobals();
}

uint32_t TableBuilder::writeGroups() {
  std::vector<uint32_t> words;
  for (auto &[key, group] : groups) {
    std::string letters;
    addLetters(group.type, letters);
    words.push_back(static_cast<uint32_t>(key.kind));
    addText(words, key.text);
    addText(words, codegen::getWasmText(group.type));
    addText(words, letters);
    words.push_back(static_cast<uint32_t>(key.scope));
    words.push_back(group.numGlobals);
    words.push_back(group.globals.empty() ? 0 : data.addWords(group.globals));
  }
  assert(words.size() == groups.size() * runtime::rowGroupWords);
  return data.addWords(words);
}

uint32_t TableBuilder::writeKinds(llvm::StringMap<uint32_t> &numbers) {
  std::vector<uint32_t> words;
  for (auto row : module.getOps<inject::RowOp>()) {
    numbers[row.getSymName()] = words.size() / runtime::rowKindWords;
    words.push_back(getNumber(RowScope::Site, row.getType()));
    addText(words, row.getName());
    words.push_back(row.getScript());
    addText(words, row.getProbe());
  }
  return data.addWords(words);
}

void RowTables::build(ModuleOp module,
                      const llvm::StringMap<uint32_t> &stateAddresses,
                      StaticData &data) {
  TableBuilder builder(module, stateAddresses, data);
  builder.collect();
  numGroups = builder.getNumGroups();
  if (!numGroups)
    return;
  groupsAddress = builder.writeGroups();
  kindsAddress = builder.writeKinds(kinds);
}
