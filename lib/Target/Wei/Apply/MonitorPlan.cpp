//===- MonitorPlan.cpp - From matched rules to a plan -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "MonitorPlan.h"

#include "whamm/Wasm/Encode.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

using namespace llvm;
using namespace whamm;
using namespace whamm::wei;
using rewrite::Operand;
using rewrite::Position;
using rewrite::SiteTable;
using wasm::FuncType;
using wasm::Opcode;
using wasm::ValType;

std::string wei::getProbeExportName(uint32_t function) {
  return "whamm.f" + std::to_string(function);
}

namespace {

/// The module of templates, in the binary format: imports and their callers.
class ModuleWriter {
public:
  uint32_t addImport(StringRef module, StringRef name, const FuncType &type) {
    imports.push_back({module.str(), name.str(), addType(type)});
    return imports.size() - 1;
  }
  uint32_t addHole(ValType type) {
    holes.push_back(type);
    return holes.size() - 1;
  }
  /// All imports are there before. `code` comes without its `end`.
  uint32_t addFunction(const FuncType &type, SmallVector<uint8_t, 0> code) {
    functions.push_back({addType(type), std::move(code)});
    return imports.size() + functions.size() - 1;
  }
  std::vector<uint8_t> encode() const;

private:
  struct Import {
    std::string module, name;
    uint32_t type;
  };
  struct Function {
    uint32_t type;
    SmallVector<uint8_t, 0> code;
  };

  uint32_t addType(const FuncType &type);

  std::vector<FuncType> types;
  std::vector<Import> imports;
  std::vector<ValType> holes;
  std::vector<Function> functions;
};

/// The rows of a rule that share a template and a place in a site table.
struct TableKey {
  Position position;
  EventGroup group;
  bool isGuarded;
  /// By parameter: the function that its constant refers to, -1 for a null
  /// reference, -2 for what is neither.
  std::vector<int64_t> references;

  bool operator<(const TableKey &o) const {
    return std::tie(position, group, isGuarded, references) <
           std::tie(o.position, o.group, o.isGuarded, o.references);
  }
};

class PlanMaker {
public:
  PlanMaker(const wasm::Module &monitor, const MonitorContract &contract,
            const MatchResult &matches, bool removesProbes)
      : monitor(monitor), contract(contract), matches(matches),
        removesProbes(removesProbes) {}

  MonitorPlan run();

private:
  void importFunctions();
  void importFunction(uint32_t function);
  void addRule(uint32_t index);
  TableKey getKey(const RuleSites &sites, size_t row) const;
  uint32_t addTemplate(uint32_t index, size_t row, bool isGuarded);
  void addTable(uint32_t index, const TableKey &key, ArrayRef<size_t> rows);
  void addParam(const BoundParam &param, rewrite::Template &source,
                SmallVectorImpl<uint8_t> &code);
  uint32_t addHole(ValType type, rewrite::Template &source,
                   SmallVectorImpl<uint8_t> &code);
  void addExit();
  void keepMonitor();

  const wasm::Module &monitor;
  const MonitorContract &contract;
  const MatchResult &matches;
  bool removesProbes;
  ModuleWriter writer;
  std::map<uint32_t, uint32_t> functions; // of the monitor -> imports
  uint32_t isActive = 0, exit = 0;        // imports
  rewrite::InjectionPlan plan;
};

} // namespace

//===----------------------------------------------------------------------===//
// Encoding
//===----------------------------------------------------------------------===//

uint32_t ModuleWriter::addType(const FuncType &type) {
  for (auto [i, known] : enumerate(types))
    if (known.params == type.params && known.results == type.results)
      return i;
  types.push_back(type);
  return types.size() - 1;
}

static void appendTypes(wasm::ByteSink &out, ArrayRef<ValType> types) {
  wasm::appendULEB(out, types.size());
  for (ValType type : types)
    type.encode(out);
}

std::vector<uint8_t> ModuleWriter::encode() const {
  SmallVector<uint8_t, 0> out;
  wasm::appendPreamble(out);
  wasm::VectorSection typeSection, importSection, functionSection, codeSection;
  for (const FuncType &type : types) {
    wasm::ByteSink &sink = typeSection.addItem();
    sink.push_back(0x60);
    appendTypes(sink, type.params);
    appendTypes(sink, type.results);
  }
  for (const Import &import : imports) {
    wasm::ByteSink &sink = importSection.addItem();
    wasm::appendName(sink, import.module);
    wasm::appendName(sink, import.name);
    sink.push_back(static_cast<uint8_t>(wasm::ExternKind::Func));
    wasm::appendULEB(sink, import.type);
  }
  for (ValType type : holes) {
    wasm::ByteSink &sink = importSection.addItem();
    wasm::appendName(sink, "site");
    wasm::appendName(sink, "hole");
    sink.push_back(static_cast<uint8_t>(wasm::ExternKind::Global));
    type.encode(sink);
    sink.push_back(0); // immutable
  }
  for (const Function &function : functions) {
    wasm::appendULEB(functionSection.addItem(), function.type);
    SmallVector<uint8_t, 0> body = {0}; // no locals
    wasm::appendBytes(body, function.code);
    body.push_back(wasm::getOpcodeInfo(Opcode::End).code);
    wasm::appendSized(codeSection.addItem(), body);
  }
  typeSection.finish(out, wasm::SectionId::Type);
  importSection.finish(out, wasm::SectionId::Import);
  functionSection.finish(out, wasm::SectionId::Function);
  codeSection.finish(out, wasm::SectionId::Code);
  return {out.begin(), out.end()};
}

/// Appends an opcode.
static void appendOpcode(wasm::ByteSink &out, Opcode opcode) {
  const wasm::OpcodeInfo &info = wasm::getOpcodeInfo(opcode);
  if (info.prefix != 0) {
    out.push_back(info.prefix);
    wasm::appendULEB(out, info.code);
  } else {
    out.push_back(info.code);
  }
}

static void appendIndexed(wasm::ByteSink &out, Opcode opcode, uint32_t index) {
  appendOpcode(out, opcode);
  wasm::appendULEB(out, index);
}

//===----------------------------------------------------------------------===//
// Templates
//===----------------------------------------------------------------------===//

uint32_t PlanMaker::addHole(ValType type, rewrite::Template &source,
                            SmallVectorImpl<uint8_t> &code) {
  uint32_t hole = writer.addHole(type);
  source.holes.push_back(hole);
  appendIndexed(code, Opcode::GlobalGet, hole);
  return hole;
}

/// The code that gives one parameter to the monitor's function.
void PlanMaker::addParam(const BoundParam &param, rewrite::Template &source,
                         SmallVectorImpl<uint8_t> &code) {
  switch (param.kind) {
  case BoundParam::Kind::Operand:
  case BoundParam::Kind::Local: {
    auto kind = param.kind == BoundParam::Kind::Operand ? Operand::Kind::Arg
                                                        : Operand::Kind::Local;
    appendIndexed(code, Opcode::LocalGet, source.operands.size());
    source.operands.push_back({kind, param.index, param.type});
    return;
  }
  case BoundParam::Kind::Null: {
    SmallVector<uint8_t, 4> type;
    param.type.encode(type);
    appendOpcode(code, Opcode::RefNull);
    code.push_back(type.back()); // the abstract heap type
    return;
  }
  case BoundParam::Kind::Function:
    appendIndexed(code, Opcode::RefFunc, functions[param.index]);
    return;
  case BoundParam::Kind::Constant:
    break;
  }
  if (param.type != ValType::v128()) {
    addHole(param.type, source, code);
    return;
  }
  addHole(ValType::i64(), source, code);
  appendOpcode(code, Opcode::I64x2Splat);
  addHole(ValType::i64(), source, code);
  appendOpcode(code, Opcode::I64x2ReplaceLane);
  code.push_back(1);
}

/// A template of a rule; what is no constant is as in the given row.
uint32_t PlanMaker::addTemplate(uint32_t index, size_t row, bool isGuarded) {
  const ExportedRule &exported = contract.rules[index];
  rewrite::Template source;
  source.name = "rule '" + exported.name.str() + "'";
  source.isInlined = true; // it is little more than a call itself
  SmallVector<uint8_t, 0> code;
  if (isGuarded) {
    addHole(ValType::i32(), source, code);
    appendIndexed(code, Opcode::Call, isActive);
    appendIndexed(code, Opcode::If, 0x40); // without a type
  }
  for (const std::vector<BoundParam> &column : matches.rules[index].params)
    addParam(column[row], source, code);
  appendIndexed(code, Opcode::Call, functions[exported.function]);
  if (isGuarded)
    appendOpcode(code, Opcode::End);
  FuncType type;
  for (const Operand &operand : source.operands)
    type.params.push_back(operand.type);
  source.function = writer.addFunction(type, std::move(code));
  plan.templates.push_back(std::move(source));
  return plan.templates.size() - 1;
}

//===----------------------------------------------------------------------===//
// Sites
//===----------------------------------------------------------------------===//

/// See TableKey::references.
static int64_t getReference(const BoundParam &param) {
  switch (param.kind) {
  case BoundParam::Kind::Function:
    return param.index;
  case BoundParam::Kind::Null:
    return -1;
  default:
    return -2;
  }
}

TableKey PlanMaker::getKey(const RuleSites &sites, size_t row) const {
  TableKey key{sites.position[row],
               sites.group[row],
               removesProbes && sites.probeId[row] >= 0,
               {}};
  for (const std::vector<BoundParam> &column : sites.params)
    key.references.push_back(getReference(column[row]));
  return key;
}

/// The columns of the holes of a parameter.
static void appendHoles(const std::vector<BoundParam> &column,
                        ArrayRef<size_t> rows, SiteTable &table) {
  const BoundParam &first = column[rows.front()];
  if (first.kind != BoundParam::Kind::Constant)
    return;
  std::vector<uint64_t> low, high;
  for (size_t row : rows) {
    low.push_back(column[row].low);
    high.push_back(column[row].high);
  }
  table.holes.push_back(std::move(low));
  if (first.type == ValType::v128())
    table.holes.push_back(std::move(high));
}

void PlanMaker::addTable(uint32_t index, const TableKey &key,
                         ArrayRef<size_t> rows) {
  const RuleSites &sites = matches.rules[index];
  SiteTable table;
  table.templateIndex = addTemplate(index, rows.front(), key.isGuarded);
  table.position = key.position;
  table.rank = static_cast<uint32_t>(key.group) * contract.rules.size() + index;
  if (key.position != Position::FuncStart)
    table.rank += numEventGroups * contract.rules.size();
  std::vector<uint64_t> numbers;
  for (size_t row : rows) {
    table.func.push_back(sites.func[row]);
    table.opidx.push_back(sites.opidx[row]);
    numbers.push_back(sites.probeId[row]);
  }
  if (key.isGuarded)
    table.holes.push_back(std::move(numbers));
  for (const std::vector<BoundParam> &column : sites.params)
    appendHoles(column, rows, table);
  plan.sites.push_back(std::move(table));
}

void PlanMaker::addRule(uint32_t index) {
  const RuleSites &sites = matches.rules[index];
  std::map<TableKey, std::vector<size_t>> tables;
  for (size_t row = 0; row != sites.size(); ++row)
    if (!sites.isRemoved[row])
      tables[getKey(sites, row)].push_back(row);
  for (const auto &[key, rows] : tables)
    addTable(index, key, rows);
}

//===----------------------------------------------------------------------===//
// The plan
//===----------------------------------------------------------------------===//

void PlanMaker::importFunction(uint32_t function) {
  if (!functions.count(function))
    functions[function] =
        writer.addImport(monitorModule, getProbeExportName(function),
                         monitor.getFunctionType(function));
}

/// Imports come first: they have the lowest function indices.
void PlanMaker::importFunctions() {
  for (auto [i, exported] : enumerate(contract.rules)) {
    const RuleSites &sites = matches.rules[i];
    if (sites.size() != 0 || (i == 0 && matches.numSites == 0))
      importFunction(exported.function);
    for (const std::vector<BoundParam> &column : sites.params)
      for (const BoundParam &param : column)
        if (param.kind == BoundParam::Kind::Function)
          importFunction(param.index);
  }
  FuncType test;
  test.params.push_back(ValType::i32());
  test.results.push_back(ValType::i32());
  if (removesProbes)
    isActive = writer.addImport(dynInstrModule, "is_active", test);
  if (contract.exit)
    exit = writer.addImport(monitorModule, exitExportName, FuncType());
}

/// `wasm:exit` comes where a script has its report.
void PlanMaker::addExit() {
  SmallVector<uint8_t, 0> code;
  appendIndexed(code, Opcode::Call, exit);
  plan.onReport = writer.addFunction(FuncType(), std::move(code));
  plan.startPrecedesMain = true;
}

/// A program without sites shows by an import that it has a monitor, which may
/// have printed while matching: a call behind a `return` is never made.
void PlanMaker::keepMonitor() {
  const FuncType &type =
      monitor.getFunctionType(contract.rules.front().function);
  SmallVector<uint8_t, 0> code;
  appendOpcode(code, Opcode::Return);
  appendIndexed(code, Opcode::Call, functions[contract.rules.front().function]);
  for (size_t i = 0; i != type.results.size(); ++i)
    appendOpcode(code, Opcode::Drop);
  plan.begin = writer.addFunction(FuncType(), std::move(code));
}

MonitorPlan PlanMaker::run() {
  importFunctions();
  for (uint32_t i = 0; i != contract.rules.size(); ++i)
    addRule(i);
  if (contract.exit)
    addExit();
  else if (matches.numSites == 0 && !functions.empty())
    keepMonitor();
  plan.generated = writer.encode();
  MonitorPlan result{std::move(plan), {}};
  for (auto [function, import] : functions)
    result.functions.push_back(function);
  return result;
}

MonitorPlan wei::makeMonitorPlan(const wasm::Module &monitor,
                                 const MonitorContract &contract,
                                 const MatchResult &matches,
                                 bool removesProbes) {
  return PlanMaker(monitor, contract, matches, removesProbes).run();
}
