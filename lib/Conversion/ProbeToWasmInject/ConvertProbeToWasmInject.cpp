//===- ConvertProbeToWasmInject.cpp - Match probes --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "BodyLowering.h"
#include "Matcher.h"

#include "whamm/Conversion/ProbeToWasmInject/ProbeToWasmInject.h"
#include "whamm/Dialect/Predicate/IR/PredicateOps.h"
#include "whamm/Support/ModuleFile.h"
#include "whamm/Wasm/BoundNames.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"

namespace whamm {
#define GEN_PASS_DEF_CONVERTPROBETOWASMINJECT
#include "whamm/Conversion/ConversionPasses.h.inc"
} // namespace whamm

using namespace mlir;
using namespace whamm;

namespace {

/// A probe on its way: what was made of it before the walk.
struct Work {
  probe::ProbeOp op;
  wasm_inject::TemplateOp body, init;
  SmallVector<wasm_inject::StateOp> states;
};

class Converter {
public:
  Converter(ModuleOp root, const wasm::Module &app,
            std::vector<ProbeMatchCount> *counts)
      : root(root), app(app), counts(counts),
        builder(OpBuilder::atBlockEnd(root.getBody())) {}

  LogicalResult run();
  MatchStatistics statistics;
  unsigned numTemplates = 0;

private:
  void convertScript(probe::ScriptOp script);
  void convertGlobals(probe::ScriptOp script);
  void convertInit(probe::InitOp init);
  void convertReportProbe(probe::ProbeOp op);
  void convertProbe(probe::ProbeOp op);
  Value openGuard(BodyLowering &lowering, probe::ProbeOp op);
  wasm_inject::TemplateOp makeTemplate(probe::ProbeOp op, StringRef suffix,
                                       function_ref<void(BodyLowering &)> fill,
                                       std::vector<StaticProgram> &holes);
  void declareStates(probe::ProbeOp op);
  void prepareMatch(probe::ProbeOp op, MatchProbe &match);
  LogicalResult checkAppMemory(const MatchProbe &match, probe::ProbeOp op);
  void emitSites(const Work &work, const MatchProbe &match);
  void emitTable(wasm_inject::TemplateOp target, const Work &work,
                 const MatchProbe &match, wasm_inject::Position position,
                 const MatchTable &table, bool isInit);
  void setScope(BodyLowering &lowering);

  ModuleOp root;
  const wasm::Module &app;
  std::vector<ProbeMatchCount> *counts;
  OpBuilder builder;
  int32_t script = 0;
  llvm::StringMap<FlatSymbolRefAttr> globals;
  /// States of the probe at hand, by variable, in order of declaration.
  SmallVector<std::pair<probe::VarOp, FlatSymbolRefAttr>> states;
  SmallVector<wasm_inject::StateOp> stateOps;
  std::string prefix;
  std::vector<Work> works;
  std::vector<MatchProbe> matches;
};

} // namespace

//===----------------------------------------------------------------------===//
// Script level
//===----------------------------------------------------------------------===//

void Converter::convertGlobals(probe::ScriptOp scriptOp) {
  globals.clear();
  for (auto global : scriptOp.getBody().getOps<probe::GlobalOp>()) {
    std::string name = ("s" + Twine(script) + "." + global.getSymName()).str();
    auto state = wasm_inject::StateOp::create(
        builder, global.getLoc(), name, global.getType(),
        wasm_inject::Scope::Program, global.getReport(), global.getSymName(),
        script, TypedAttr());
    globals[global.getSymName()] = FlatSymbolRefAttr::get(state);
  }
}

/// Moves leading assignments of constants into the states they assign: they
/// need no code. Stops at the first operation that could see the difference.
static void foldInitialValues(Block &block, ModuleOp root) {
  for (Operation &op : llvm::make_early_inc_range(block)) {
    if (isPure(&op))
      continue;
    auto set = dyn_cast<wasm_inject::StateSetOp>(op);
    TypedAttr value;
    if (!set || !matchPattern(set.getValue(), m_Constant(&value)))
      return;
    auto state = SymbolTable::lookupNearestSymbolFrom<wasm_inject::StateOp>(
        root, set.getStateAttr());
    state.setInitAttr(value);
    set.erase();
  }
}

void Converter::setScope(BodyLowering &lowering) {
  for (auto &entry : globals)
    lowering.setGlobal(entry.getKey(), entry.getValue());
  for (auto [var, state] : states)
    lowering.setState(var.getResult(), state);
}

void Converter::convertInit(probe::InitOp init) {
  auto op = wasm_inject::InitOp::create(builder, init.getLoc());
  Block &block = op.getBody().emplaceBlock();
  BodyLowering lowering(block, /*mayHaveParams=*/false);
  setScope(lowering);
  lowering.lowerBlock(init.getBody().front());
  foldInitialValues(block, root);
  bool isEmpty =
      llvm::all_of(block, [](Operation &inner) { return isPure(&inner); });
  if (isEmpty)
    op.erase();
}

/// Evaluates the dynamic part of the predicate and opens an scf.if around what
/// is lowered next. Null without a guard.
Value Converter::openGuard(BodyLowering &lowering, probe::ProbeOp op) {
  predicate::YieldOp yield = op.getPredicateYield();
  if (!yield)
    return nullptr;
  Value condition = yield.getValue();
  Block *block = &op.getPredicate().front();
  if (auto staged = condition.getDefiningOp<predicate::StagedOp>()) {
    block = &staged.getDynamicPart().front();
    condition = cast<predicate::YieldOp>(block->getTerminator()).getValue();
  }
  APInt value;
  if (matchPattern(condition, m_ConstantInt(&value)) && value.isOne())
    return nullptr;
  lowering.lowerBlock(*block);
  Value guard = lowering.get(condition);
  auto ifOp = scf::IfOp::create(lowering.getBuilder(), op.getLoc(), guard,
                                /*withElseRegion=*/false);
  lowering.getBuilder().setInsertionPointToStart(ifOp.thenBlock());
  return guard;
}

void Converter::convertReportProbe(probe::ProbeOp op) {
  auto report = wasm_inject::OnReportOp::create(builder, op.getLoc());
  Block &block = report.getBody().emplaceBlock();
  BodyLowering lowering(block, /*mayHaveParams=*/false);
  states.clear();
  setScope(lowering);
  openGuard(lowering, op);
  lowering.lowerBlock(op.getBody().front());
}

//===----------------------------------------------------------------------===//
// Probes
//===----------------------------------------------------------------------===//

void Converter::declareStates(probe::ProbeOp op) {
  states.clear();
  stateOps.clear();
  for (auto var : op.getBody().front().getOps<probe::VarOp>()) {
    if (var.getStorage() == probe::Storage::Local)
      continue;
    auto state = wasm_inject::StateOp::create(
        builder, var.getLoc(), prefix + "." + var.getName().str(),
        var.getType().getValueType(), wasm_inject::Scope::Site,
        var.getStorage() == probe::Storage::Report, var.getName(), script,
        TypedAttr());
    states.push_back({var, FlatSymbolRefAttr::get(state)});
    stateOps.push_back(state);
  }
}

wasm_inject::TemplateOp
Converter::makeTemplate(probe::ProbeOp op, StringRef suffix,
                        function_ref<void(BodyLowering &)> fill,
                        std::vector<StaticProgram> &holes) {
  SmallVector<Attribute> list;
  for (auto [var, state] : states)
    list.push_back(state);
  auto result = wasm_inject::TemplateOp::create(
      builder, op.getLoc(), (prefix + suffix).str(), builder.getArrayAttr({}),
      builder.getArrayAttr(list), ArrayAttr(), ArrayAttr(), DenseI32ArrayAttr(),
      DenseI32ArrayAttr(), false);
  BodyLowering lowering(result.getBody().emplaceBlock(),
                        /*mayHaveParams=*/true);
  setScope(lowering);
  fill(lowering);
  SmallVector<Attribute> params(lowering.getParams().begin(),
                                lowering.getParams().end());
  result.setParamsAttr(builder.getArrayAttr(params));
  for (Value hole : lowering.getHoles())
    holes.emplace_back(hole);
  ++numTemplates;
  return result;
}

/// What the type bounds and the static values ask of a place.
void Converter::prepareMatch(probe::ProbeOp op, MatchProbe &match) {
  for (auto instance : op.getInstancesAttr().getAsRange<probe::InstanceAttr>())
    match.instances.push_back({instance.getEvent(),
                               static_cast<wasm::Mode>(instance.getMode()),
                               instance.getNumber(), instance.getOrder()});
  match.numStates = states.size();
  if (predicate::YieldOp yield = op.getPredicateYield())
    if (auto staged = yield.getValue().getDefiningOp<predicate::StagedOp>()) {
      Value condition = cast<predicate::YieldOp>(
                            staged.getStaticPart().front().getTerminator())
                            .getValue();
      match.predicate.emplace(condition);
    }
  auto addRequirement = [&](StringRef name, Type type) {
    if (auto member = wasm::getFamilyMember(name))
      match.requirements.push_back({member->source, member->index, type});
  };
  if (auto bounds = op.getBoundsAttr())
    for (auto bound : bounds.getAsRange<probe::TypeBoundAttr>())
      addRequirement(bound.getName(), bound.getType());
  op.walk([&](probe::BoundOp bound) {
    addRequirement(bound.getSourceName(), bound.getType());
  });
}

void Converter::convertProbe(probe::ProbeOp op) {
  if (!op.getInstancesAttr())
    return;
  auto first = cast<probe::InstanceAttr>(op.getInstancesAttr()[0]);
  if (wasm::getEvents()[first.getEvent()].package == wasm::Package::Report)
    return convertReportProbe(op);

  prefix = ("s" + Twine(script) + ".p" + Twine(works.size())).str();
  declareStates(op);
  MatchProbe match;
  prepareMatch(op, match);
  Work work;
  work.op = op;
  work.body = makeTemplate(
      op, "",
      [&](BodyLowering &lowering) {
        openGuard(lowering, op);
        lowering.lowerBlock(op.getBody().front());
      },
      match.holes);

  // Static initial values become data, the others code at program start.
  bool needsInit = false;
  for (auto [var, state] : states) {
    match.inits.emplace_back();
    if (var.getInit().empty())
      continue;
    Value value = cast<probe::YieldOp>(var.getInit().front().back()).getValue();
    if (predicate::isStatic(value))
      match.inits.back().emplace(value);
    else
      needsInit = true;
  }
  if (needsInit)
    work.init = makeTemplate(
        op, ".init",
        [&](BodyLowering &lowering) {
          for (auto [var, state] : states) {
            if (var.getInit().empty())
              continue;
            Block &block = var.getInit().front();
            Value value = cast<probe::YieldOp>(block.back()).getValue();
            if (predicate::isStatic(value))
              continue;
            lowering.lowerBlock(block);
            wasm_inject::StateSetOp::create(lowering.getBuilder(), var.getLoc(),
                                            state, lowering.get(value));
          }
        },
        match.initHoles);
  for (const auto *list : {&match.holes, &match.initHoles})
    for (const StaticProgram &program : *list)
      for (const StaticFact &fact : program.getFacts())
        if (fact.source == wasm::BoundSource::Imm)
          match.siteFacts.push_back(fact);
  work.states = stateOps;
  works.push_back(work);
  matches.push_back(std::move(match));
}

void Converter::convertScript(probe::ScriptOp scriptOp) {
  script = scriptOp.getIndex();
  convertGlobals(scriptOp);
  states.clear();
  for (auto init : scriptOp.getBody().getOps<probe::InitOp>())
    convertInit(init);
  for (auto op : scriptOp.getBody().getOps<probe::ProbeOp>())
    convertProbe(op);
}

//===----------------------------------------------------------------------===//
// Site tables
//===----------------------------------------------------------------------===//

static DenseI32ArrayAttr toAttr(MLIRContext *context,
                                ArrayRef<int32_t> column) {
  return DenseI32ArrayAttr::get(context, column);
}

static ArrayAttr toAttr(MLIRContext *context,
                        const std::vector<std::vector<int64_t>> &columns) {
  SmallVector<Attribute> list;
  for (const std::vector<int64_t> &column : columns)
    list.push_back(DenseI64ArrayAttr::get(context, column));
  return ArrayAttr::get(context, list);
}

/// `3_wasm:opcode:call:before`, as report rows name it.
static std::string getInstanceText(const MatchInstance &instance) {
  const wasm::EventInfo &event = wasm::getEvents()[instance.event];
  std::string text;
  llvm::raw_string_ostream os(text);
  os << instance.number << "_wasm:" << wasm::getPackageName(event.package)
     << ":" << event.name << ":"
     << wasm::getReportModeName(instance.event, instance.mode);
  return text;
}

void Converter::emitTable(wasm_inject::TemplateOp target, const Work &work,
                          const MatchProbe &match,
                          wasm_inject::Position position,
                          const MatchTable &table, bool isInit) {
  MLIRContext *context = builder.getContext();
  // Only the instances that occur are named.
  SmallVector<Attribute> instances;
  SmallVector<int32_t> renumber(match.instances.size(), -1), instance;
  uint32_t rank = ~0u;
  for (int32_t old : table.instance) {
    if (renumber[old] < 0) {
      renumber[old] = instances.size();
      instances.push_back(
          builder.getStringAttr(getInstanceText(match.instances[old])));
      rank = std::min(rank, match.instances[old].order);
    }
    instance.push_back(renumber[old]);
  }
  bool hasInits = !isInit && llvm::any_of(table.inits, [](const auto &column) {
    return !column.empty();
  });
  wasm_inject::SitesOp::create(
      builder, work.op->getLoc(), FlatSymbolRefAttr::get(target),
      wasm_inject::PositionAttr::get(context, position),
      builder.getI32IntegerAttr(rank), builder.getArrayAttr(instances),
      toAttr(context, table.func), toAttr(context, table.opidx),
      toAttr(context, table.pc), toAttr(context, instance),
      toAttr(context, table.slot),
      toAttr(context, isInit ? table.initHoles : table.holes),
      hasInits ? toAttr(context, table.inits) : ArrayAttr(), ArrayAttr());
}

/// What nothing refers to: a probe without sites leaves no trace.
static void eraseUnmatched(const Work &work) {
  work.body->erase();
  if (work.init)
    work.init->erase();
  for (wasm_inject::StateOp state : work.states)
    state->erase();
}

void Converter::emitSites(const Work &work, const MatchProbe &match) {
  if (match.numSites == 0)
    return eraseUnmatched(work);
  for (unsigned i = 0; i < MatchProbe::numPositions; ++i) {
    if (!match.tables[i])
      continue;
    auto position = static_cast<wasm_inject::Position>(i);
    emitTable(work.body, work, match, position, *match.tables[i], false);
    if (work.init)
      emitTable(work.init, work, match, wasm_inject::Position::Init,
                *match.tables[i], true);
  }
}

/// An operation that has a lowering: the language's own, and scf.if.
static LogicalResult checkOp(Operation *op) {
  bool isKnown =
      isa<probe::ProbeDialect, predicate::PredicateDialect>(op->getDialect()) ||
      isa<scf::IfOp, scf::YieldOp>(op);
  if (!isKnown)
    return op->emitError("has no place in a script: nothing lowers it");
  bool isRoot = isa<probe::ProbeOp>(op->getParentOp()) && op->hasOneUse() &&
                isa<predicate::YieldOp>(*op->user_begin());
  if (isa<predicate::StagedOp>(op) && !isRoot)
    return op->emitError("belongs to the root of a predicate");
  for (Value result : op->getResults()) {
    if (isa<probe::RefType>(result.getType()) && !isa<probe::VarOp>(op))
      return op->emitError("computes a variable: nothing lowers that");
    if (isa<probe::StrType>(result.getType()) && !predicate::isStatic(result))
      return op->emitError("a string that is not known at match time is not "
                           "supported");
  }
  if (!isa<probe::BoundOp>(op))
    return success();
  auto bound = cast<probe::BoundOp>(op);
  if (!bound.isStatic() && !wasm::getFamilyMember(bound.getSourceName()))
    return op->emitError("nothing lowers the dynamic name '")
           << bound.getName() << "'";
  auto probeOp = op->getParentOfType<probe::ProbeOp>();
  bool hasSites =
      probeOp && probeOp.getInstancesAttr() &&
      llvm::all_of(probeOp.getInstancesAttr().getAsRange<probe::InstanceAttr>(),
                   [](probe::InstanceAttr instance) {
                     return wasm::getEvents()[instance.getEvent()].package !=
                            wasm::Package::Report;
                   });
  if (probeOp && !probeOp.getInstancesAttr())
    return success(); // is not converted at all
  return hasSites ? success() : op->emitError("nothing is bound here");
}

/// Refuses what a script made by hand may hold and the front end never makes.
static LogicalResult checkScript(probe::ScriptOp script) {
  WalkResult result = script.walk([&](Operation *op) {
    return failed(checkOp(op)) ? WalkResult::interrupt()
                               : WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

/// APP_MEMID means a memory that the application defines.
LogicalResult Converter::checkAppMemory(const MatchProbe &match,
                                        probe::ProbeOp op) {
  if (app.memories.size() > app.numImportedMemories)
    return success();
  WalkResult result = op->walk([&](probe::BoundOp bound) {
    if (bound.getName() != "APP_MEMID")
      return WalkResult::advance();
    bound.emitError("APP_MEMID: the application defines no memory");
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

LogicalResult Converter::run() {
  SmallVector<probe::ScriptOp> scripts(root.getOps<probe::ScriptOp>());
  for (probe::ScriptOp scriptOp : scripts) {
    if (failed(checkScript(scriptOp)))
      return failure();
    convertScript(scriptOp);
  }
  for (auto [work, match] : llvm::zip_equal(works, matches))
    if (failed(checkAppMemory(match, work.op)))
      return failure();

  llvm::Expected<MatchStatistics> result = matchSites(app, matches);
  if (!result)
    return root.emitError("cannot read the application: ")
           << llvm::toString(result.takeError());
  statistics = *result;
  for (auto [work, match] : llvm::zip_equal(works, matches)) {
    emitSites(work, match);
    if (counts) {
      auto owner = cast<probe::ScriptOp>(work.op->getParentOp());
      counts->push_back({static_cast<int32_t>(owner.getIndex()),
                         static_cast<int32_t>(work.op.getSource()),
                         work.op.getLoc(), work.op.getRule().str(),
                         match.numPlaces, match.numSites});
    }
  }
  for (probe::ScriptOp scriptOp : scripts)
    scriptOp.erase();
  return success();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct ConvertProbeToWasmInjectPass
    : whamm::impl::ConvertProbeToWasmInjectBase<ConvertProbeToWasmInjectPass> {
  using ConvertProbeToWasmInjectBase::ConvertProbeToWasmInjectBase;
  ConvertProbeToWasmInjectPass(const wasm::Module *module,
                               std::vector<ProbeMatchCount> *counts)
      : module(module), counts(counts) {}

  void runOnOperation() override {
    std::optional<LoadedModule> loaded;
    const wasm::Module *target = module;
    if (!target) {
      llvm::Expected<LoadedModule> file = loadModule(app);
      if (!file) {
        getOperation().emitError() << llvm::toString(file.takeError());
        return signalPassFailure();
      }
      loaded.emplace(std::move(*file));
      target = &loaded->getModule();
    }
    Converter converter(getOperation(), *target, counts);
    if (failed(converter.run()))
      return signalPassFailure();
    numSites += converter.statistics.sites;
    numInstructions += converter.statistics.instructions;
    numTemplates += converter.numTemplates;
  }

  const wasm::Module *module = nullptr;
  std::vector<ProbeMatchCount> *counts = nullptr;
};
} // namespace

std::unique_ptr<Pass> whamm::createConvertProbeToWasmInjectPass(
    const wasm::Module &app, std::vector<ProbeMatchCount> *counts) {
  return std::make_unique<ConvertProbeToWasmInjectPass>(&app, counts);
}
