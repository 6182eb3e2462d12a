//===- ReportTable.cpp - The rows of the report -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "ReportTable.h"

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"
#include "whamm/Runtime/ReportFormat.h"
#include "whamm/Runtime/ReportWriter.h"

#include "mlir/IR/SymbolTable.h"

using namespace mlir;
using namespace whamm;
using namespace whamm::rewrite;
namespace inject = whamm::wasm_inject;
using runtime::ValueKind;

static ValueKind getKind(Type type) {
  if (type.isF32())
    return ValueKind::F32;
  if (type.isF64())
    return ValueKind::F64;
  bool isSigned = type.isSignedInteger();
  switch (type.getIntOrFloatBitWidth()) {
  case 1:
    return ValueKind::Bool;
  case 8:
    return isSigned ? ValueKind::I8 : ValueKind::U8;
  case 16:
    return isSigned ? ValueKind::I16 : ValueKind::U16;
  case 32:
    return isSigned ? ValueKind::I32 : ValueKind::U32;
  default:
    return isSigned ? ValueKind::I64 : ValueKind::U64;
  }
}

static constexpr unsigned numKinds = static_cast<unsigned>(ValueKind::Bool) + 1;

/// Names and sizes of the kinds: type of the language, WebAssembly type, bytes
/// in a record.
struct KindFacts {
  llvm::StringLiteral whammType, wasmType;
  unsigned bytes;
};
static const KindFacts &getFacts(ValueKind kind) {
  static constexpr KindFacts table[numKinds] = {
      {"u8", "i32", 1},  {"i8", "i32", 1},  {"u16", "i32", 2},
      {"i16", "i32", 2}, {"u32", "i32", 4}, {"i32", "i32", 4},
      {"f32", "f32", 4}, {"u64", "i64", 8}, {"i64", "i64", 8},
      {"f64", "f64", 8}, {"bool", "i32", 4}};
  return table[static_cast<unsigned>(kind)];
}

namespace {

/// A variable of a template's sites.
struct SiteVariable {
  ValueKind kind;
  bool isReport;
  uint32_t slotOffset;
  uint32_t script;
  StringRef name;
};

/// A row of a site table, by its first slot.
struct SiteRef {
  int32_t slot;
  uint32_t table, row;
};

/// One row of the report.
struct Row {
  uint64_t addr;
  uint32_t global;
  uint32_t table, row;
  const SiteVariable *variable;
};

class ReportBuilder {
public:
  ReportBuilder(ModuleOp module, const wasm::Module &app, uint32_t firstSlot)
      : module(module), app(app), firstSlot(firstSlot), symbols(module) {}

  std::optional<ReportPlan> run(const llvm::StringMap<uint32_t> &programStates);

private:
  void collectTables();
  void allocateRecords();
  void writeSiteRows(ValueKind kind);
  void writeGlobalRows(const llvm::StringMap<uint32_t> &programStates);
  runtime::StringId getFunctionName(uint32_t func);

  ModuleOp module;
  const wasm::Module &app;
  uint32_t firstSlot;
  SymbolTable symbols;
  runtime::ReportWriter writer;
  ReportPlan plan;

  SmallVector<inject::SitesOp> tables;
  /// Of each table: its variables in record order (by type, then declaration).
  std::vector<SmallVector<SiteVariable>> variables;
  std::vector<SiteRef> sites; // by slot
  std::vector<Row> rows[numKinds];
};

} // namespace

/// Tables of sites that own state, each site once.
void ReportBuilder::collectTables() {
  for (auto op : module.getOps<inject::SitesOp>()) {
    auto target = symbols.lookup<inject::TemplateOp>(op.getTemplate_());
    if (op.getPosition() == inject::Position::Init ||
        target.getStates().empty())
      continue;
    SmallVector<SiteVariable> list;
    for (auto [k, symbol] :
         llvm::enumerate(target.getStates().getAsRange<FlatSymbolRefAttr>())) {
      auto state = symbols.lookup<inject::StateOp>(symbol.getValue());
      list.push_back({getKind(state.getType()), state.getReport(),
                      static_cast<uint32_t>(k),
                      static_cast<uint32_t>(state.getScript()),
                      state.getName()});
    }
    llvm::sort(list, [](const SiteVariable &a, const SiteVariable &b) {
      return std::pair(a.kind, a.slotOffset) < std::pair(b.kind, b.slotOffset);
    });
    for (auto [row, slot] : llvm::enumerate(op.getSlot()))
      sites.push_back({slot, static_cast<uint32_t>(tables.size()),
                       static_cast<uint32_t>(row)});
    tables.push_back(op);
    variables.push_back(std::move(list));
  }
  llvm::sort(sites, [](const SiteRef &a, const SiteRef &b) {
    return a.slot < b.slot;
  });
}

/// Gives each variable the address that its record would have (language
/// reference 8.3) and sorts the report's rows by type.
void ReportBuilder::allocateRecords() {
  constexpr uint64_t headerBytes = 24, linkBytes = 4;
  uint64_t offset = 0;
  for (const SiteRef &site : sites)
    for (const SiteVariable &variable : variables[site.table]) {
      uint64_t link = variable.isReport ? linkBytes : 0;
      if (variable.isReport)
        rows[static_cast<unsigned>(variable.kind)].push_back(
            {offset + linkBytes, firstSlot + site.slot + variable.slotOffset,
             site.table, site.row, &variable});
      offset += link + headerBytes + getFacts(variable.kind).bytes;
    }
}

runtime::StringId ReportBuilder::getFunctionName(uint32_t func) {
  StringRef name = app.getFunctionName(func);
  if (!name.empty())
    return writer.addString(name);
  return writer.addString(("#" + Twine(func)).str());
}

void ReportBuilder::writeSiteRows(ValueKind kind) {
  const std::vector<Row> &list = rows[static_cast<unsigned>(kind)];
  if (list.empty())
    return;
  writer.beginGroup(kind, getFacts(kind).whammType, getFacts(kind).wasmType,
                    runtime::RowScope::Site);
  // Strings are looked up where they change, not for every row.
  DenseMap<const SiteVariable *, runtime::StringId> names;
  DenseMap<std::pair<uint32_t, int32_t>, runtime::StringId> probes;
  int64_t lastFunc = -1;
  runtime::SiteRow out;
  for (const Row &row : list) {
    inject::SitesOp table = tables[row.table];
    int32_t instance = table.getInstance()[row.row];
    auto [name, isNewName] = names.try_emplace(row.variable);
    if (isNewName)
      name->second = writer.addString(row.variable->name);
    auto [probe, isNewProbe] = probes.try_emplace({row.table, instance});
    if (isNewProbe)
      probe->second = writer.addString(
          cast<StringAttr>(table.getInstances()[instance]).getValue());
    auto func = static_cast<uint32_t>(table.getFunc()[row.row]);
    if (func != lastFunc)
      out.fname = getFunctionName(func);
    lastFunc = func;
    out.addr = row.addr;
    out.name = name->second;
    out.script = row.variable->script;
    out.fid = func;
    out.pc = table.getPc()[row.row];
    out.probe = probe->second;
    writer.addSiteRow(out);
    plan.values.push_back({row.global});
  }
}

void ReportBuilder::writeGlobalRows(
    const llvm::StringMap<uint32_t> &programStates) {
  SmallVector<std::pair<uint32_t, inject::StateOp>> list;
  for (auto state : module.getOps<inject::StateOp>())
    if (state.getReport() && state.getScope() == inject::Scope::Program)
      list.push_back({programStates.lookup(state.getSymName()), state});
  llvm::sort(list, llvm::less_first());
  std::optional<ValueKind> current;
  for (auto &[index, state] : list) {
    ValueKind kind = getKind(state.getType());
    if (kind != current)
      writer.beginGroup(kind, getFacts(kind).whammType, getFacts(kind).wasmType,
                        runtime::RowScope::Global);
    current = kind;
    writer.addGlobalRow(app.globals.size() + index,
                        writer.addString(state.getName()), state.getScript());
    plan.values.push_back({index});
  }
}

std::optional<ReportPlan>
ReportBuilder::run(const llvm::StringMap<uint32_t> &programStates) {
  collectTables();
  allocateRecords();
  for (unsigned kind = 0; kind < numKinds; ++kind)
    writeSiteRows(static_cast<ValueKind>(kind));
  writeGlobalRows(programStates);
  if (plan.values.empty())
    return std::nullopt;
  plan.descriptor = writer.take();
  return std::move(plan);
}

std::optional<ReportPlan>
whamm::rewrite::buildReport(ModuleOp module, const wasm::Module &app,
                            const llvm::StringMap<uint32_t> &programStates,
                            uint32_t firstSlot) {
  return ReportBuilder(module, app, firstSlot).run(programStates);
}
