//===- ReportTable.cpp - The rows of the report -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "ReportTable.h"

#include "../../Codegen/ReportTypes.h"

#include "whamm/Dialect/Probe/IR/ProbeOps.h"
#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"
#include "whamm/Runtime/ReportFormat.h"
#include "whamm/Runtime/ReportWriter.h"

#include "mlir/IR/SymbolTable.h"

#include <map>

using namespace mlir;
using namespace whamm;
using namespace whamm::codegen;
using namespace whamm::rewrite;
namespace inject = whamm::wasm_inject;
using runtime::ValueKind;

/// Bytes of a value in a record (language reference 3.1).
static unsigned getRecordBytes(Type type) {
  if (auto tuple = dyn_cast<TupleType>(type)) {
    unsigned sum = 0;
    for (Type element : tuple.getTypes())
      sum += getRecordBytes(element);
    return sum;
  }
  if (isa<probe::StrType>(type))
    return 8;
  if (isa<probe::MapType>(type) || type.isInteger(1))
    return 4;
  return type.getIntOrFloatBitWidth() / 8;
}

/// What a value is read from: the offset of a component among those of its
/// variable, of two for a string.
struct ValuePart {
  unsigned offset;
  bool isString;
};
static void addParts(Type type, unsigned &offset,
                     SmallVectorImpl<ValuePart> &parts) {
  if (auto tuple = dyn_cast<TupleType>(type)) {
    for (Type element : tuple.getTypes())
      addParts(element, offset, parts);
    return;
  }
  bool isString = isa<probe::StrType>(type);
  parts.push_back({offset, isString});
  offset += isString ? 2 : 1;
}
static SmallVector<ValuePart, 1> getParts(Type type) {
  SmallVector<ValuePart, 1> parts;
  unsigned offset = 0;
  addParts(type, offset, parts);
  return parts;
}

/// The order of types in a report: by kind; tuples element by element.
static bool isBefore(Type a, Type b) {
  if (getValueKind(a) != getValueKind(b))
    return getValueKind(a) < getValueKind(b);
  auto tupleA = dyn_cast<TupleType>(a), tupleB = dyn_cast<TupleType>(b);
  if (!tupleA)
    return isa<probe::MapType>(a) &&
           inject::StateOp::getTypeText(a) < inject::StateOp::getTypeText(b);
  return std::lexicographical_compare(tupleA.begin(), tupleA.end(),
                                      tupleB.begin(), tupleB.end(), isBefore);
}

namespace {

/// A variable of a template's sites.
struct SiteVariable {
  Type type;
  bool isReport;
  uint32_t slotOffset;
  uint32_t bytes;
  SmallVector<ValuePart, 1> parts;
  uint32_t script;
  StringRef name;
};

/// A row of a site table, by its first slot.
struct SiteRef {
  int32_t slot;
  uint32_t table, row;
};

class ReportBuilder {
public:
  ReportBuilder(ModuleOp module, const wasm::Module &app,
                ArrayRef<ReportValue> slots)
      : module(module), app(app), slots(slots), symbols(module) {}

  std::optional<ReportPlan> run(const llvm::StringMap<uint32_t> &programStates);

private:
  void collectTables();
  void collectTypes();
  void writeSiteRows(Type type);
  void writeSiteRow(const SiteRef &site, const SiteVariable &variable,
                    uint64_t addr);
  void writeGlobalRow(uint32_t index, inject::StateOp state, bool isNewType);
  void writeGlobalRows(const llvm::StringMap<uint32_t> &programStates);
  runtime::StringId getFunctionName(uint32_t func);

  ModuleOp module;
  const wasm::Module &app;
  ArrayRef<ReportValue> slots;
  SymbolTable symbols;
  runtime::ReportWriter writer;
  ReportPlan plan;
  uint64_t numRows = 0;

  SmallVector<inject::SitesOp> tables;
  /// Of each table: its variables in record order (by type, then declaration).
  std::vector<SmallVector<SiteVariable>> variables;
  std::vector<SiteRef> sites; // by slot
  /// Types of reported variables, by kind and text.
  std::map<std::pair<ValueKind, std::string>, Type> types;
  /// Strings are looked up where they change, not for every row.
  DenseMap<const SiteVariable *, runtime::StringId> names;
  DenseMap<std::pair<uint32_t, int32_t>, runtime::StringId> probes;
  int64_t lastFunc = -1;
  runtime::SiteRow out;
};

} // namespace

/// Tables of sites that own state, each site once.
void ReportBuilder::collectTables() {
  sites.reserve(slots.size());
  for (auto op : module.getOps<inject::SitesOp>()) {
    auto target = symbols.lookup<inject::TemplateOp>(op.getTemplate_());
    if (op.getPosition() == inject::Position::Init ||
        target.getStates().empty())
      continue;
    SmallVector<SiteVariable> list;
    uint32_t offset = 0;
    for (auto symbol : target.getStates().getAsRange<FlatSymbolRefAttr>()) {
      auto state = symbols.lookup<inject::StateOp>(symbol.getValue());
      list.push_back(
          {state.getType(), state.getReport(), offset,
           getRecordBytes(state.getType()), getParts(state.getType()),
           static_cast<uint32_t>(state.getScript()), state.getName()});
      offset += state.getComponents().size();
    }
    llvm::sort(list, [](const SiteVariable &a, const SiteVariable &b) {
      if (a.type != b.type)
        return isBefore(a.type, b.type);
      return a.slotOffset < b.slotOffset;
    });
    for (auto [row, slot] : llvm::enumerate(op.getSlot()))
      sites.push_back({slot, static_cast<uint32_t>(tables.size()),
                       static_cast<uint32_t>(row)});
    tables.push_back(op);
    variables.push_back(std::move(list));
  }
  auto less = [](const SiteRef &a, const SiteRef &b) {
    return a.slot < b.slot;
  };
  if (!llvm::is_sorted(sites, less))
    llvm::sort(sites, less);
}

void ReportBuilder::collectTypes() {
  for (const SmallVector<SiteVariable> &list : variables)
    for (const SiteVariable &variable : list)
      if (variable.isReport)
        types.try_emplace({getValueKind(variable.type),
                           inject::StateOp::getTypeText(variable.type)},
                          variable.type);
}

runtime::StringId ReportBuilder::getFunctionName(uint32_t func) {
  StringRef name = app.getFunctionName(func);
  if (!name.empty())
    return writer.addString(name);
  return writer.addString(("#" + Twine(func)).str());
}

void ReportBuilder::writeSiteRow(const SiteRef &site,
                                 const SiteVariable &variable, uint64_t addr) {
  inject::SitesOp table = tables[site.table];
  int32_t instance = table.getInstance()[site.row];
  auto [name, isNewName] = names.try_emplace(&variable);
  if (isNewName)
    name->second = writer.addString(variable.name);
  auto [probe, isNewProbe] = probes.try_emplace({site.table, instance});
  if (isNewProbe)
    probe->second = writer.addString(
        cast<StringAttr>(table.getInstances()[instance]).getValue());
  auto func = static_cast<uint32_t>(table.getFunc()[site.row]);
  if (func != lastFunc)
    out.fname = getFunctionName(func);
  lastFunc = func;
  out.addr = addr;
  out.name = name->second;
  out.script = variable.script;
  out.fid = func;
  out.pc = table.getPc()[site.row];
  out.probe = probe->second;
  writer.addSiteRow(out);
  for (const ValuePart &part : variable.parts) {
    plan.values.push_back(slots[site.slot + variable.slotOffset + part.offset]);
    plan.values.back().isString = part.isString;
  }
  ++numRows;
}

/// Gives each variable the address that its record would have (language
/// reference 8.3), and writes the rows of those that have the type.
void ReportBuilder::writeSiteRows(Type type) {
  writer.beginGroup(getValueKind(type), inject::StateOp::getTypeText(type),
                    getWasmText(type), runtime::RowScope::Site);
  constexpr uint64_t headerBytes = 24, linkBytes = 4;
  uint64_t offset = 0;
  for (const SiteRef &site : sites)
    for (const SiteVariable &variable : variables[site.table]) {
      uint64_t link = variable.isReport ? linkBytes : 0;
      if (variable.isReport && variable.type == type)
        writeSiteRow(site, variable, offset + link);
      offset += link + headerBytes + variable.bytes;
    }
}

void ReportBuilder::writeGlobalRow(uint32_t index, inject::StateOp state,
                                   bool isNewType) {
  Type type = state.getType();
  bool isMap = isa<probe::MapType>(type);
  if (isNewType)
    writer.beginGroup(getValueKind(type), inject::StateOp::getTypeText(type),
                      getWasmText(type),
                      isMap ? runtime::RowScope::Map
                            : runtime::RowScope::Global);
  runtime::StringId name = writer.addString(state.getName());
  if (isMap)
    writer.addMapRow(name, state.getScript());
  else
    writer.addGlobalRow(app.globals.size() + index, name, state.getScript(),
                        state.getComponents().size());
  for (const ValuePart &part : getParts(type))
    plan.values.push_back({index + part.offset, part.isString});
  ++numRows;
}

/// Globals ascend by number; maps of the program come last.
void ReportBuilder::writeGlobalRows(
    const llvm::StringMap<uint32_t> &programStates) {
  using Entry = std::pair<uint32_t, inject::StateOp>;
  SmallVector<Entry> list;
  for (auto state : module.getOps<inject::StateOp>())
    if (state.getReport() && state.getScope() == inject::Scope::Program)
      list.push_back({programStates.lookup(state.getSymName()), state});
  llvm::sort(list, [](const Entry &a, const Entry &b) {
    inject::StateOp first = a.second, second = b.second;
    return std::pair(isa<probe::MapType>(first.getType()), a.first) <
           std::pair(isa<probe::MapType>(second.getType()), b.first);
  });
  Type current;
  for (auto &[index, state] : list) {
    writeGlobalRow(index, state, state.getType() != current);
    current = state.getType();
  }
}

std::optional<ReportPlan>
ReportBuilder::run(const llvm::StringMap<uint32_t> &programStates) {
  collectTables();
  collectTypes();
  plan.values.reserve(slots.size());
  for (auto &[key, type] : types)
    writeSiteRows(type);
  writeGlobalRows(programStates);
  if (numRows == 0)
    return std::nullopt;
  plan.descriptor = writer.take();
  return std::move(plan);
}

std::optional<ReportPlan>
whamm::rewrite::buildReport(ModuleOp module, const wasm::Module &app,
                            const llvm::StringMap<uint32_t> &programStates,
                            ArrayRef<ReportValue> slots) {
  return ReportBuilder(module, app, slots).run(programStates);
}
