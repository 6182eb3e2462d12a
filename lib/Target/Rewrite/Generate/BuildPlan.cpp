//===- BuildPlan.cpp - From wasm_inject to a plan ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Target/Rewrite/BuildPlan.h"

#include "../../Codegen/StateNames.h"
#include "Codegen.h"
#include "LinkLibraries.h"
#include "ReportTable.h"

#include "whamm/Dialect/WasmInject/IR/WasmInjectCounters.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace whamm;
using namespace whamm::codegen;
using namespace whamm::rewrite;
namespace inject = whamm::wasm_inject;

namespace {

/// What a slot is before it has a global: a shown one is a number that the
/// report shows and no code uses, so that it keeps its initial value.
enum : uint32_t {
  unusedSlot = UINT32_MAX,
  usedSlot = UINT32_MAX - 1,
  shownSlot = UINT32_MAX - 2,
};

/// What the generated module turned out to hold.
struct GeneratedNames {
  llvm::StringMap<uint32_t> functions; // exports
  llvm::StringMap<uint32_t> globals;   // placeholders, by field name
};

class PlanBuilder {
public:
  PlanBuilder(ModuleOp module, const wasm::Module &app,
              const BuildPlanOptions &options, LinkStats &linkStats)
      : module(module), app(app), options(options), linkStats(linkStats),
        symbols(module) {}

  FailureOr<InjectionPlan> run();

private:
  void layOutProgram();
  size_t getNumSlots(inject::TemplateOp op);
  LogicalResult checkSlots();
  LogicalResult readCounted(const GeneratedNames &names);
  LogicalResult readCounted(inject::CountedOp op);
  void readCountedCalls(inject::CountedCallOp op, const GeneratedNames &names);
  uint32_t addCounted(const CountedValue &value);
  uint32_t addConstant(wasm::ValType type, uint64_t bits);
  LogicalResult findUsedSlots();
  LogicalResult layOutSlots();
  void layOutSites(inject::SitesOp sites);
  void layOutColumn(ArrayRef<int32_t> slots, uint32_t offset,
                    wasm::ValType type, uint64_t bits, ArrayRef<int64_t> inits);
  void layOutCounters();
  bool hasCode(inject::SitesOp sites);
  llvm::StringSet<> findHotCallees();
  LinkPlan planLinks();
  LogicalResult addImports(Codegen &codegen);
  FailureOr<GeneratedNames> generate();
  void addRuntimeNeeds();
  void shareGlobals(const GeneratedNames &names);
  void addTemplates(const GeneratedNames &names);
  void addSites(inject::SitesOp sites, const GeneratedNames &names);
  void addGetters();

  ModuleOp module;
  const wasm::Module &app;
  BuildPlanOptions options;
  LinkStats &linkStats;
  SymbolTable symbols;
  InjectionPlan plan;
  /// Program state by name: index in plan.globals.
  llvm::StringMap<uint32_t> programStates;
  /// By slot: where its value is.
  std::vector<ReportValue> slots;
  std::vector<CountedValue> counted;
  std::vector<ReportPlan::Constant> constants;
  llvm::StringMap<uint32_t> templateIndex;
  /// Indices of templates that never take the place of an instruction.
  llvm::DenseSet<unsigned> passive;
  /// For each template, its holes that the generated code still reads.
  std::vector<SmallVector<unsigned>> liveHoles, liveStates;
};

} // namespace

static wasm::ValType getValType(Type type) {
  if (type.isF32())
    return wasm::ValType::f32();
  if (type.isF64())
    return wasm::ValType::f64();
  return type.isInteger(64) ? wasm::ValType::i64() : wasm::ValType::i32();
}

static uint64_t getBits(TypedAttr attr) {
  if (!attr)
    return 0;
  if (auto value = dyn_cast<FloatAttr>(attr))
    return value.getValue().bitcastToAPInt().getZExtValue();
  return cast<IntegerAttr>(attr).getValue().getZExtValue();
}

/// Brings a bit pattern of a site table to what a global's constant holds.
static uint64_t truncateBits(uint64_t bits, wasm::ValType type) {
  bool isWide = type == wasm::ValType::i64() || type == wasm::ValType::f64();
  return isWide ? bits : static_cast<uint32_t>(bits);
}

//===----------------------------------------------------------------------===//
// State
//===----------------------------------------------------------------------===//

/// The number of slots that a site of the template takes.
size_t PlanBuilder::getNumSlots(inject::TemplateOp op) {
  size_t count = 0;
  for (auto symbol : op.getStates().getAsRange<FlatSymbolRefAttr>())
    count += symbols.lookup<inject::StateOp>(symbol.getValue())
                 .getComponents()
                 .size();
  return count;
}

/// Slots are dense: each of 0, 1, ... belongs to one component of a state of
/// one site.
LogicalResult PlanBuilder::checkSlots() {
  uint64_t total = 0;
  auto forEachTable = [&](auto fn) {
    for (auto sites : module.getOps<inject::SitesOp>())
      if (sites.getPosition() != inject::Position::Init)
        fn(sites, getNumSlots(symbols.lookup<inject::TemplateOp>(
                      sites.getTemplate_())));
  };
  forEachTable([&](inject::SitesOp sites, size_t numStates) {
    total += sites.getNumSites() * numStates;
  });
  llvm::BitVector used(total);
  slots.assign(total, {unusedSlot});
  LogicalResult result = success();
  forEachTable([&](inject::SitesOp sites, size_t numStates) {
    for (int32_t slot : sites.getSlot())
      for (uint64_t i = slot; i < slot + numStates; ++i) {
        if (succeeded(result) && (i >= total || used[i]))
          result = sites.emitError("slot ")
                   << i
                   << (i >= total ? " leaves gaps between slots"
                                  : " belongs to another site");
        if (i < total)
          used.set(i);
      }
  });
  return result;
}

/// Program state, alphabetically by name.
void PlanBuilder::layOutProgram() {
  SmallVector<inject::StateOp> states;
  for (auto state : module.getOps<inject::StateOp>())
    if (state.getScope() == inject::Scope::Program)
      states.push_back(state);
  llvm::sort(states, [](inject::StateOp a, inject::StateOp b) {
    return std::pair(a.getScript(), a.getName()) <
           std::pair(b.getScript(), b.getName());
  });
  for (inject::StateOp state : states) {
    programStates[state.getSymName()] = plan.globals.size();
    SmallVector<Type> components = state.getComponents();
    for (auto [k, type] : llvm::enumerate(components))
      plan.globals.push_back({getValType(type), getBits(state.getInitAttr()),
                              true,
                              "whamm." + getStateGlobal(state.getName(), k)});
  }
}

uint32_t PlanBuilder::addCounted(const CountedValue &value) {
  if (counted.empty() || counted.back() != value)
    counted.push_back(value);
  return counted.size() - 1;
}

LogicalResult PlanBuilder::readCounted(inject::CountedOp op) {
  auto state = symbols.lookup<inject::StateOp>(op.getState());
  CountedValue value;
  value.bits = state.getType().getIntOrFloatBitWidth();
  value.isSigned = state.getType().isSignedInteger();
  value.base = getBits(state.getInitAttr());
  for (auto [row, index] : llvm::enumerate(op.getValue())) {
    value.value = index;
    if (op.getSet())
      value.set = (*op.getSet())[row];
    if (op.getSlot().empty()) {
      plan.counters->globals.push_back(
          {programStates.lookup(op.getState()), value});
      continue;
    }
    uint32_t slot = op.getSlot()[row];
    if (slot >= slots.size() || slots[slot].counted != ReportValue::notCounted)
      return op.emitError("slot ") << slot
                                   << " belongs to no site, or is "
                                      "counted twice";
    slots[slot].counted = addCounted(value);
  }
  return success();
}

void PlanBuilder::readCountedCalls(inject::CountedCallOp op,
                                   const GeneratedNames &names) {
  auto callee = symbols.lookup<inject::FunctionOp>(op.getCallee());
  CountedCalls calls;
  calls.function = names.functions.lookup(op.getCallee());
  for (auto [i, attr] : llvm::enumerate(op.getArgs())) {
    ArrayRef<int64_t> column = cast<DenseI64ArrayAttr>(attr).asArrayRef();
    calls.args.push_back({getValType(callee.getBody().getArgument(i).getType()),
                          op.getInData()[i] != 0,
                          std::vector<uint64_t>(column.begin(), column.end())});
  }
  calls.values.assign(op.getValue().begin(), op.getValue().end());
  plan.counters->calls.push_back(std::move(calls));
}

/// Takes over the counters, and what is known from them.
LogicalResult PlanBuilder::readCounted(const GeneratedNames &names) {
  inject::CountersOp op = inject::findCounters(module);
  if (!op)
    return success();
  plan.counters.emplace();
  plan.counters->table = inject::readCounters(op);
  for (auto entry : module.getOps<inject::CountedOp>())
    if (failed(readCounted(entry)))
      return failure();
  for (auto entry : module.getOps<inject::CountedCallOp>())
    readCountedCalls(entry, names);
  return success();
}

/// True where the sites of a table have code, not just rows of the report.
bool PlanBuilder::hasCode(inject::SitesOp sites) {
  auto op = symbols.lookup<inject::TemplateOp>(sites.getTemplate_());
  bool isEmpty = llvm::all_of(op.getBody().front(),
                              [](Operation &inner) { return isPure(&inner); });
  bool changesInstruction = sites.getPosition() == inject::Position::Alt ||
                            op.getImmediates().has_value();
  return !isEmpty || changesInstruction;
}

/// The index of a constant, the last one where it is the same.
uint32_t PlanBuilder::addConstant(wasm::ValType type, uint64_t bits) {
  ReportPlan::Constant constant{type, bits};
  if (constants.empty() || constants.back() != constant)
    constants.push_back(constant);
  return constants.size() - 1;
}

/// Marks the slots that code uses or that the report shows.
LogicalResult PlanBuilder::findUsedSlots() {
  for (auto sites : module.getOps<inject::SitesOp>()) {
    auto op = symbols.lookup<inject::TemplateOp>(sites.getTemplate_());
    auto use = [&](unsigned offset, bool isCode,
                   bool isNumber = true) -> LogicalResult {
      for (int32_t slot : sites.getSlot()) {
        ReportValue &value = slots[slot + offset];
        if (value.counted == ReportValue::notCounted)
          value.global = isCode || !isNumber || value.global == usedSlot
                             ? usedSlot
                             : shownSlot;
        else if (isCode)
          return sites.emitError("slot ")
                 << slot + offset << " is counted, and code uses it";
      }
      return success();
    };
    if (hasCode(sites))
      for (unsigned offset :
           liveStates[templateIndex.lookup(sites.getTemplate_())])
        if (failed(use(offset, true)))
          return failure();
    unsigned offset = 0;
    for (auto symbol : op.getStates().getAsRange<FlatSymbolRefAttr>()) {
      auto state = symbols.lookup<inject::StateOp>(symbol.getValue());
      for (unsigned end = offset + state.getComponents().size(); offset != end;
           ++offset)
        if (state.getReport() && !options.noReport &&
            failed(use(offset, false, state.getType().isIntOrFloat())))
          return failure();
    }
  }
  return success();
}

/// Gives used slots globals, in their order.
LogicalResult PlanBuilder::layOutSlots() {
  if (failed(findUsedSlots()))
    return failure();
  for (ReportValue &slot : slots)
    if (slot.global == usedSlot)
      slot.global = plan.globals.size(), plan.globals.emplace_back();
  for (auto sites : module.getOps<inject::SitesOp>())
    layOutSites(sites);
  return success();
}

void PlanBuilder::layOutSites(inject::SitesOp sites) {
  auto op = symbols.lookup<inject::TemplateOp>(sites.getTemplate_());
  if (sites.getPosition() == inject::Position::Init)
    return; // its slots are those of the body's table
  uint32_t offset = 0;
  for (auto [k, symbol] :
       llvm::enumerate(op.getStates().getAsRange<FlatSymbolRefAttr>())) {
    auto state = symbols.lookup<inject::StateOp>(symbol.getValue());
    ArrayRef<int64_t> inits;
    if (sites.getInits())
      inits = cast<DenseI64ArrayAttr>((*sites.getInits())[k]).asArrayRef();
    for (Type type : state.getComponents())
      layOutColumn(sites.getSlot(), offset++, getValType(type),
                   getBits(state.getInitAttr()), inits);
  }
}

/// The initial values of one component of a state, one per row.
void PlanBuilder::layOutColumn(ArrayRef<int32_t> column, uint32_t offset,
                               wasm::ValType type, uint64_t bits,
                               ArrayRef<int64_t> inits) {
  StateGlobal global{type, bits, true, ""};
  for (auto [row, slot] : llvm::enumerate(column)) {
    ReportValue &value = slots[slot + offset];
    if (value.counted != ReportValue::notCounted) {
      if (!inits.empty()) {
        CountedValue own = counted[value.counted];
        own.base = inits[row];
        value.counted = addCounted(own);
      }
      continue;
    }
    if (value.global == unusedSlot || value.isConstant)
      continue;
    if (!inits.empty())
      global.bits = truncateBits(inits[row], global.type);
    if (value.global == shownSlot) {
      value.global = addConstant(global.type, global.bits);
      value.isConstant = true;
      continue;
    }
    plan.globals[value.global] = global;
  }
}

/// Counters, and the values that are read and are no counters.
void PlanBuilder::layOutCounters() {
  if (!plan.counters)
    return;
  CounterPlan &counters = *plan.counters;
  const profile::CounterTable &table = counters.table;
  counters.firstGlobal = plan.globals.size();
  StateGlobal global{wasm::ValType::i64(), 0, true, ""};
  plan.globals.insert(plan.globals.end(), table.numCounters, global);
  llvm::BitVector isRead(table.getNumValues());
  for (const ReportValue &slot : slots)
    if (slot.counted != ReportValue::notCounted)
      isRead.set(counted[slot.counted].value);
  for (const CountedGlobal &entry : counters.globals)
    isRead.set(entry.counted.value);
  for (const CountedCalls &calls : counters.calls)
    for (uint32_t value : calls.values)
      isRead.set(value);
  for (uint32_t v = table.getNumValues(); v-- != 0;)
    if (isRead.test(v))
      for (const profile::Term &term : table.getTerms(v))
        if (term.index >= table.numCounters)
          isRead.set(term.index - table.numCounters);
  counters.valueGlobals.assign(table.getNumValues(), UINT32_MAX);
  for (unsigned v : isRead.set_bits()) {
    if (const profile::Term *copied = table.getCopied(v)) {
      counters.valueGlobals[v] =
          copied->index < table.numCounters
              ? counters.firstGlobal + copied->index
              : counters.valueGlobals[copied->index - table.numCounters];
      continue;
    }
    counters.valueGlobals[v] = plan.globals.size();
    plan.globals.push_back(global);
  }
}

//===----------------------------------------------------------------------===//
// Code
//===----------------------------------------------------------------------===//

/// Reads back which function and which placeholder got which index.
static GeneratedNames readNames(const wasm::Module &generated) {
  GeneratedNames names;
  for (const wasm::Export &exported : generated.exports)
    names.functions[exported.name] = exported.index;
  uint32_t index = 0;
  for (const wasm::Import &import : generated.imports)
    if (import.kind == wasm::ExternKind::Global)
      names.globals[import.name] = index++;
  return names;
}

/// What is called at sites while the program runs, or by functions: as often as
/// control comes by. What is called once, or once per site, may stay an import.
llvm::StringSet<> PlanBuilder::findHotCallees() {
  llvm::SetVector<Operation *> callers;
  for (auto sites : module.getOps<inject::SitesOp>())
    if (sites.getPosition() != inject::Position::Init)
      callers.insert(symbols.lookup(sites.getTemplate_()));
  for (auto function : module.getOps<inject::FunctionOp>())
    callers.insert(function);
  llvm::StringSet<> callees;
  for (Operation *caller : callers)
    caller->walk(
        [&](inject::CallOp call) { callees.insert(call.getCallee()); });
  return callees;
}

LinkPlan PlanBuilder::planLinks() {
  if (options.libraries.empty())
    return {};
  llvm::StringSet<> hot = findHotCallees();
  std::vector<LinkRequest> requests;
  for (auto import : module.getOps<inject::ImportOp>()) {
    if (!hot.contains(import.getSymName()))
      continue;
    LinkRequest &request =
        requests.emplace_back(LinkRequest{import.getSymName().str(),
                                          import.getModule().str(),
                                          import.getName().str(),
                                          {}});
    for (Type type : import.getType().getInputs())
      request.type.params.push_back(getValType(type));
    for (Type type : import.getType().getResults())
      request.type.results.push_back(getValType(type));
  }
  return planLinking(requests, options.libraries, linkStats);
}

/// Functions of libraries: imported, or copied.
LogicalResult PlanBuilder::addImports(Codegen &codegen) {
  LinkPlan links = planLinks();
  for (auto import : module.getOps<inject::ImportOp>())
    if (!links.targets.contains(import.getSymName()))
      codegen.addImport(import);
  return codegen.addLinked(links, module.getLoc());
}

FailureOr<GeneratedNames> PlanBuilder::generate() {
  bool usesFmod = false;
  module.walk([&](arith::RemFOp) { usesFmod = true; });
  Codegen codegen(usesFmod);
  for (auto state : module.getOps<inject::StateOp>())
    codegen.declareState(state);
  if (failed(addImports(codegen)))
    return failure();
  for (auto function : module.getOps<inject::FunctionOp>())
    if (failed(codegen.addFunction(function)))
      return failure();
  for (auto op : module.getOps<inject::TemplateOp>())
    if (failed(codegen.addTemplate(op, op.getSymName())))
      return failure();

  auto addBodies = [&](auto tag, StringRef name) -> LogicalResult {
    std::vector<std::string> callees;
    for (auto op : module.getOps<decltype(tag)>()) {
      callees.push_back((name + Twine(callees.size())).str());
      if (failed(codegen.addBody(op.getBody().front(), callees.back())))
        return failure();
    }
    if (!callees.empty())
      codegen.addSequence(callees, name);
    return success();
  };
  if (failed(addBodies(inject::InitOp(), "init")) ||
      failed(addBodies(inject::OnBeginOp(), "begin")) ||
      failed(addBodies(inject::OnEndOp(), "end")) ||
      failed(addBodies(inject::OnReportOp(), "report")))
    return failure();

  FailureOr<std::vector<uint8_t>> bytes = codegen.finish(module.getLoc());
  if (failed(bytes))
    return failure();
  plan.generated = std::move(*bytes);
  for (auto &[name, type] : codegen.getResultGlobals()) {
    programStates[name] = plan.globals.size();
    plan.globals.push_back({getValType(type), 0, true, name});
  }
  llvm::Expected<wasm::Module> parsed = wasm::Module::parse(plan.generated);
  if (!parsed)
    return module.emitError(
               "internal error: cannot read the generated module: ")
           << llvm::toString(parsed.takeError());
  return readNames(*parsed);
}

static Operand::Kind getOperandKind(inject::SourceKind kind) {
  switch (kind) {
  case inject::SourceKind::Arg:
    return Operand::Kind::Arg;
  case inject::SourceKind::Result:
    return Operand::Kind::Result;
  case inject::SourceKind::AltTaken:
    return Operand::Kind::AltTaken;
  case inject::SourceKind::AltResult:
    return Operand::Kind::AltResult;
  case inject::SourceKind::AltCall:
    return Operand::Kind::AltCall;
  default:
    return Operand::Kind::Local;
  }
}

/// What a template assigns, and what takes the instruction's place. An operand
/// whose placeholder the generated code does not use any more is dropped.
static void addManipulation(inject::TemplateOp op, const GeneratedNames &names,
                            Template &result) {
  if (auto list = op.getAssigned())
    for (auto [attr, type] :
         llvm::zip_equal(list->getAsRange<inject::ParamAttr>(),
                         op.getAssignedTypes()->getAsValueRange<TypeAttr>())) {
      auto it = names.globals.find(Codegen::getAssignedName(attr, type));
      if (it != names.globals.end())
        result.assigned.push_back({{getOperandKind(attr.getKind()),
                                    attr.getIndex(), getValType(type)},
                                   it->second});
    }
  if (auto callees = op.getAltCalls())
    result.altCalls.assign(callees->begin(), callees->end());
  if (auto immediates = op.getImmediates())
    result.immediates.assign(immediates->begin(), immediates->end());
  result.mayFallThrough = op.getMayFallThrough();
}

/// Undoes that where the generated code turned out never to take the place of
/// an instruction.
static void dropManipulation(Template &result) {
  llvm::erase_if(result.assigned, [](const AssignedOperand &assigned) {
    return assigned.operand.kind >= Operand::Kind::AltTaken;
  });
  result.altCalls.clear();
  result.mayFallThrough = false;
}

/// False where the generated code does not set `alt_taken` anywhere, although
/// it decides.
static bool mayTakePlace(inject::TemplateOp op, const GeneratedNames &names) {
  if (!op.mayTakePlace())
    return false;
  if (!op.getAssigned())
    return true;
  return llvm::all_of(
      llvm::zip_equal(op.getAssigned()->getAsRange<inject::ParamAttr>(),
                      op.getAssignedTypes()->getAsValueRange<TypeAttr>()),
      [&](const auto &entry) {
        auto [param, type] = entry;
        return param.getKind() != inject::SourceKind::AltTaken ||
               names.globals.contains(Codegen::getAssignedName(param, type));
      });
}

/// What diagnostics call a template: its name and place in the script.
static std::string describe(inject::TemplateOp op) {
  std::string text = op.getSymName().str();
  if (auto loc = dyn_cast<FileLineColLoc>(op.getLoc()))
    text +=
        (" (" + loc.getFilename().getValue() + ":" + Twine(loc.getLine()) + ")")
            .str();
  return text;
}

/// Binds what is one for the program: globals of scripts, further results of
/// functions, the address of the data.
void PlanBuilder::shareGlobals(const GeneratedNames &names) {
  auto share = [&](StringRef name, uint32_t index) {
    if (auto it = names.globals.find(name); it != names.globals.end())
      plan.sharedGlobals.push_back({it->second, index});
  };
  for (auto &[name, index] : programStates) {
    auto state = symbols.lookup<inject::StateOp>(name);
    unsigned count = state ? state.getComponents().size() : 1;
    for (unsigned k = 0; k < count; ++k)
      share(getStateGlobal(name, k), index + k);
  }
  if (plan.dataAddress)
    share(Codegen::dataAddressName, *plan.dataAddress);
}

/// Bytes for the runtime, numbers of memories, shadows of tables.
void PlanBuilder::addRuntimeNeeds() {
  for (auto data : module.getOps<inject::DataOp>()) {
    plan.data.assign(data.getBytes().bytes_begin(),
                     data.getBytes().bytes_end());
    plan.dataAddress = plan.globals.size();
    plan.globals.push_back({wasm::ValType::i32(), 0, true, "whamm.data"});
  }
  for (auto memories : module.getOps<inject::MemoriesOp>())
    for (auto name : memories.getLibraries().getAsRange<StringAttr>())
      plan.memories.push_back(name.str());
  for (auto shadow : module.getOps<inject::ShadowOp>())
    plan.shadows.push_back(
        {shadow.getTable(), std::vector<int32_t>(shadow.getFids().begin(),
                                                 shadow.getFids().end())});
}

/// The components of states that a body reads or writes, as names of their
/// placeholders.
static llvm::StringSet<> getUsedStates(inject::TemplateOp op) {
  llvm::StringSet<> used;
  op.walk([&](Operation *inner) {
    if (auto get = dyn_cast<inject::StateGetOp>(inner))
      used.insert(getStateGlobal(get.getState(), get.getComponent()));
    else if (auto set = dyn_cast<inject::StateSetOp>(inner))
      used.insert(getStateGlobal(set.getState(), set.getComponent()));
  });
  return used;
}

void PlanBuilder::addTemplates(const GeneratedNames &names) {
  for (auto op : module.getOps<inject::TemplateOp>()) {
    Template result;
    result.function = names.functions.lookup(op.getSymName());
    result.name = describe(op);
    if (auto loc = dyn_cast<FileLineColLoc>(op.getLoc()))
      result.location = {loc.getFilename().str(), loc.getLine(),
                         loc.getColumn()};
    SmallVector<unsigned> holes, states;
    for (auto [param, arg] :
         llvm::zip_equal(op.getParamList(), op.getBody().getArguments())) {
      if (param.getKind() != inject::SourceKind::Hole) {
        result.operands.push_back({getOperandKind(param.getKind()),
                                   param.getIndex(),
                                   getValType(arg.getType())});
        continue;
      }
      auto it = names.globals.find(
          Codegen::getHoleName(param.getIndex(), arg.getType()));
      if (it == names.globals.end())
        continue;
      result.holes.push_back(it->second);
      holes.push_back(param.getIndex());
    }
    unsigned slot = 0;
    llvm::StringSet<> used = getUsedStates(op);
    for (auto symbol : op.getStates().getAsRange<FlatSymbolRefAttr>()) {
      auto state = symbols.lookup<inject::StateOp>(symbol.getValue());
      for (unsigned k = 0, e = state.getComponents().size(); k < e;
           ++k, ++slot) {
        std::string name = getStateGlobal(symbol.getValue(), k);
        auto it = names.globals.find(name);
        if (it == names.globals.end() || !used.contains(name))
          continue;
        result.states.push_back(it->second);
        states.push_back(slot);
      }
    }
    addManipulation(op, names, result);
    if (!mayTakePlace(op, names)) {
      dropManipulation(result);
      passive.insert(plan.templates.size());
    }
    result.isInlined = op.getInlined();
    templateIndex[op.getSymName()] = plan.templates.size();
    plan.templates.push_back(std::move(result));
    liveHoles.push_back(holes);
    liveStates.push_back(states);
  }
  shareGlobals(names);
  auto getFunction = [&](StringRef name) -> std::optional<uint32_t> {
    auto it = names.functions.find(name);
    return it == names.functions.end() ? std::nullopt
                                       : std::optional(it->second);
  };
  plan.init = getFunction("init");
  plan.begin = getFunction("begin");
  plan.end = getFunction("end");
  plan.onReport = getFunction("report");
}

void PlanBuilder::addSites(inject::SitesOp sites, const GeneratedNames &names) {
  if (!hasCode(sites))
    return; // rows of the report
  SiteTable table;
  table.templateIndex = templateIndex.lookup(sites.getTemplate_());
  table.position = static_cast<Position>(sites.getPosition());
  if (passive.contains(table.templateIndex) && table.position == Position::Alt)
    table.position = Position::Before;
  table.rank = sites.getRank();
  table.func.assign(sites.getFunc().begin(), sites.getFunc().end());
  table.opidx.assign(sites.getOpidx().begin(), sites.getOpidx().end());
  for (unsigned hole : liveHoles[table.templateIndex]) {
    SmallVector<int64_t> column = sites.getHoleValues(hole);
    table.holes.emplace_back(column.begin(), column.end());
  }
  for (unsigned state : liveStates[table.templateIndex]) {
    std::vector<uint32_t> column;
    column.reserve(sites.getNumSites());
    for (int32_t slot : sites.getSlot())
      column.push_back(slots[slot + state].global);
    table.states.push_back(std::move(column));
  }
  if (auto immediates = sites.getImmediates())
    for (auto column : immediates->getAsRange<DenseI64ArrayAttr>())
      table.immediates.emplace_back(column.asArrayRef().begin(),
                                    column.asArrayRef().end());
  plan.sites.push_back(std::move(table));
}

void PlanBuilder::addGetters() {
  for (auto state : module.getOps<inject::StateOp>())
    if (state.getScope() == inject::Scope::Program && !state.getReport() &&
        state.getComponents().size() == 1)
      plan.getters.push_back({"get_" + state.getName().str(),
                              programStates.lookup(state.getSymName())});
}

FailureOr<InjectionPlan> PlanBuilder::run() {
  if (failed(checkSlots()))
    return failure();
  layOutProgram();
  addRuntimeNeeds();
  FailureOr<GeneratedNames> names = generate();
  if (failed(names))
    return failure();
  addTemplates(*names);
  if (failed(readCounted(*names)) || failed(layOutSlots()))
    return failure();
  layOutCounters();
  for (auto sites : module.getOps<inject::SitesOp>())
    addSites(sites, *names);
  if (!options.noReport)
    plan.report = buildReport(module, app, programStates, slots);
  else
    plan.onReport.reset();
  if (plan.report) {
    plan.report->counted = std::move(counted);
    plan.report->constants = std::move(constants);
  }
  if (options.exportGetters)
    addGetters();
  return std::move(plan);
}

FailureOr<InjectionPlan>
whamm::rewrite::buildPlan(ModuleOp module, const wasm::Module &app,
                          const BuildPlanOptions &options, LinkStats *stats) {
  LinkStats ignored;
  return PlanBuilder(module, app, options, stats ? *stats : ignored).run();
}
