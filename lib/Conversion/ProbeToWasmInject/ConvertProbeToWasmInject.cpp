//===- ConvertProbeToWasmInject.cpp - Match probes --------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "BodyLowering.h"
#include "Matcher.h"

#include "whamm/Conversion/ProbeToWasmInject/ProbeToWasmInject.h"
#include "whamm/Dialect/Predicate/IR/PredicateOps.h"
#include "whamm/Runtime/Runtime.h"
#include "whamm/Support/ModuleFile.h"
#include "whamm/Wasm/BoundNames.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <map>

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
  /// The last so many holes are values of immediates.
  unsigned numImmediates = 0;
};

/// The names of a script that bodies refer to.
struct ScriptScope {
  llvm::StringMap<FlatSymbolRefAttr> globals, functions;
};

class Converter {
public:
  Converter(ModuleOp root, const wasm::Module &app,
            std::vector<ProbeMatchCount> *counts, const MatchOptions &options)
      : root(root), app(app), counts(counts), options(options),
        builder(OpBuilder::atBlockEnd(root.getBody())),
        context(root, app, options.caller) {}

  LogicalResult run();
  MatchStatistics statistics;
  unsigned numTemplates = 0;

private:
  void declareScript(probe::ScriptOp script);
  void convertScript(probe::ScriptOp script);
  void convertGlobals(probe::ScriptOp script);
  void makeProgramMaps();
  void convertFunctions(probe::ScriptOp script);
  void convertInit(probe::InitOp init);
  template <typename OpTy> void convertProgramProbe(probe::ProbeOp op);
  void convertProbe(probe::ProbeOp op);
  void convertSiteInits(Work &work, MatchProbe &match);
  void lowerSiteInits(BodyLowering &lowering, probe::ProbeOp op);
  LogicalResult finishAlt(Work &work, ArrayRef<probe::AltCallOp> altCalls);
  std::optional<int32_t> findAltCallee(probe::AltCallOp op);
  Value openGuard(BodyLowering &lowering, probe::ProbeOp op);
  wasm_inject::TemplateOp makeTemplate(probe::ProbeOp op, StringRef suffix,
                                       BodyKind kind,
                                       function_ref<void(BodyLowering &)> fill,
                                       std::vector<StaticProgram> &holes);
  void declareStates(probe::ProbeOp op);
  void prepareMatch(probe::ProbeOp op, MatchProbe &match);
  LogicalResult checkAppMemory(probe::ScriptOp scriptOp);
  void emitSites(const Work &work, const MatchProbe &match);
  void emitTable(wasm_inject::TemplateOp target, const Work &work,
                 const MatchProbe &match, wasm_inject::Position position,
                 const MatchTable &table, bool isInit);
  void setScope(BodyLowering &lowering);

  ModuleOp root;
  const wasm::Module &app;
  std::vector<ProbeMatchCount> *counts;
  const MatchOptions &options;
  OpBuilder builder;
  LoweringContext context;
  bool hasFailed = false;
  int32_t script = 0;
  std::map<int32_t, ScriptScope> scopes;
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
  for (auto global : scriptOp.getBody().getOps<probe::GlobalOp>()) {
    std::string name = ("s" + Twine(script) + "." + global.getSymName()).str();
    auto state = wasm_inject::StateOp::create(
        builder, global.getLoc(), name, global.getType(),
        wasm_inject::Scope::Program, global.getReport(), global.getSymName(),
        script, TypedAttr());
    scopes[script].globals[global.getSymName()] = FlatSymbolRefAttr::get(state);
  }
}

/// Maps of the program come before all else, numbered alphabetically.
void Converter::makeProgramMaps() {
  SmallVector<wasm_inject::StateOp> maps;
  for (auto state : root.getOps<wasm_inject::StateOp>())
    if (isa<probe::MapType>(state.getType()))
      maps.push_back(state);
  if (maps.empty())
    return;
  llvm::sort(maps, [](wasm_inject::StateOp a, wasm_inject::StateOp b) {
    return std::pair(a.getName(), a.getScript()) <
           std::pair(b.getName(), b.getScript());
  });
  auto op = wasm_inject::InitOp::create(builder, root.getLoc());
  BodyLowering lowering(op.getBody().emplaceBlock(), BodyKind::Plain, context);
  for (wasm_inject::StateOp state : maps) {
    Value map =
        lowering.makeMap(state.getLoc(), cast<probe::MapType>(state.getType()));
    lowering.assign(state.getLoc(), FlatSymbolRefAttr::get(state), {map});
  }
}

/// Functions may call each other: all are declared before the first body.
void Converter::convertFunctions(probe::ScriptOp scriptOp) {
  SmallVector<std::pair<probe::FnOp, wasm_inject::FunctionOp>> list;
  for (auto fn : scriptOp.getBody().getOps<probe::FnOp>()) {
    SmallVector<Attribute> results;
    if (auto type = fn.getResultType())
      for (Type component : wasm_inject::StateOp::getComponents(*type))
        results.push_back(TypeAttr::get(component));
    auto op = wasm_inject::FunctionOp::create(
        builder, fn.getLoc(),
        ("s" + Twine(script) + ".fn." + fn.getSymName()).str(),
        builder.getArrayAttr(results));
    scopes[script].functions[fn.getSymName()] = FlatSymbolRefAttr::get(op);
    list.push_back({fn, op});
  }
  for (auto [fn, op] : list) {
    BodyLowering lowering(op.getBody().emplaceBlock(), BodyKind::Function,
                          context);
    lowering.addParameters(fn.getBody().front());
    setScope(lowering);
    lowering.lowerBlock(fn.getBody().front());
    hasFailed |= lowering.hasFailed();
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
  for (auto &entry : scopes[script].globals)
    lowering.setGlobal(entry.getKey(), entry.getValue());
  for (auto &entry : scopes[script].functions)
    lowering.setFunction(entry.getKey(), entry.getValue());
  for (auto [var, state] : states)
    lowering.setState(var.getResult(), state);
}

void Converter::convertInit(probe::InitOp init) {
  auto op = wasm_inject::InitOp::create(builder, init.getLoc());
  Block &block = op.getBody().emplaceBlock();
  BodyLowering lowering(block, BodyKind::Plain, context);
  setScope(lowering);
  lowering.lowerBlock(init.getBody().front());
  hasFailed |= lowering.hasFailed();
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

/// The probes of wasm:begin, wasm:end and wasm:report, which have no sites.
template <typename OpTy>
void Converter::convertProgramProbe(probe::ProbeOp op) {
  auto target = OpTy::create(builder, op.getLoc());
  BodyLowering lowering(target.getBody().emplaceBlock(), BodyKind::Plain,
                        context);
  states.clear();
  setScope(lowering);
  openGuard(lowering, op);
  lowering.lowerBlock(op.getBody().front());
  hasFailed |= lowering.hasFailed();
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
Converter::makeTemplate(probe::ProbeOp op, StringRef suffix, BodyKind kind,
                        function_ref<void(BodyLowering &)> fill,
                        std::vector<StaticProgram> &holes) {
  SmallVector<Attribute> list;
  for (auto [var, state] : states)
    list.push_back(state);
  auto result = wasm_inject::TemplateOp::create(
      builder, op.getLoc(), (prefix + suffix).str(), builder.getArrayAttr({}),
      builder.getArrayAttr(list), ArrayAttr(), ArrayAttr(), DenseI32ArrayAttr(),
      DenseI32ArrayAttr(), false);
  BodyLowering lowering(result.getBody().emplaceBlock(), kind, context);
  setScope(lowering);
  op.getBody().walk(
      [&](probe::BoundSetOp set) { lowering.setAssigned(set.getName()); });
  fill(lowering);
  hasFailed |= lowering.hasFailed();
  SmallVector<Attribute> params(lowering.getParams().begin(),
                                lowering.getParams().end());
  result.setParamsAttr(builder.getArrayAttr(params));
  SmallVector<Attribute> assigned, types;
  for (auto &[key, type] : lowering.getAssigned()) {
    assigned.push_back(wasm_inject::ParamAttr::get(
        builder.getContext(), static_cast<wasm_inject::SourceKind>(key.first),
        key.second));
    types.push_back(TypeAttr::get(type));
  }
  if (!assigned.empty()) {
    result.setAssignedAttr(builder.getArrayAttr(assigned));
    result.setAssignedTypesAttr(builder.getArrayAttr(types));
  }
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
  for (wasm_inject::StateOp state : stateOps)
    match.numStates += state.getComponents().size();
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
  op.walk([&](Operation *inner) {
    if (auto bound = dyn_cast<probe::BoundOp>(inner))
      addRequirement(bound.getSourceName(), bound.getType());
    else if (auto get = dyn_cast<probe::BoundGetOp>(inner))
      addRequirement(get.getName(), get.getType());
    else if (auto set = dyn_cast<probe::BoundSetOp>(inner))
      addRequirement(set.getName(), set.getValue().getType());
    else if (auto call = dyn_cast<probe::LibCallOp>(inner))
      if (call.getIsStaticCall() && !call.getResult())
        match.effects.emplace_back(call);
  });
}

/// True where every path through the statements gives a result in place of
/// the instruction's: returns a value or calls another function.
static bool alwaysGives(Block &block) {
  for (Operation &op : block) {
    if (isa<probe::ReturnOp, probe::AltCallOp>(op))
      return true;
    if (isa<probe::ExitOp>(op))
      return false;
    auto ifOp = dyn_cast<scf::IfOp>(op);
    if (!ifOp)
      continue;
    if (ifOp.elseBlock() && alwaysGives(*ifOp.thenBlock()) &&
        alwaysGives(*ifOp.elseBlock()))
      return true;
    WalkResult leaves =
        ifOp.walk([](probe::ExitOp) { return WalkResult::interrupt(); });
    if (leaves.wasInterrupted())
      return false;
  }
  return false;
}

/// The function of the application that an alt_call names.
std::optional<int32_t> Converter::findAltCallee(probe::AltCallOp op) {
  if (auto index = op.getIndex()) {
    if (*index < app.functions.size())
      return static_cast<int32_t>(*index);
    op.emitError("the application has no function ")
        << *index << "; it has " << app.functions.size();
    return std::nullopt;
  }
  for (uint32_t i = app.numImportedFunctions; i < app.functions.size(); ++i)
    if (app.getFunctionName(i) == *op.getName())
      return static_cast<int32_t>(i);
  op.emitError("the application defines no function named '")
      << *op.getName() << "'";
  return std::nullopt;
}

/// What the splicer has to know of an `alt` body beyond its code.
LogicalResult Converter::finishAlt(Work &work,
                                   ArrayRef<probe::AltCallOp> altCalls) {
  SmallVector<int32_t> callees;
  for (probe::AltCallOp altCall : altCalls) {
    std::optional<int32_t> callee = findAltCallee(altCall);
    if (!callee)
      return failure();
    callees.push_back(*callee);
  }
  if (!callees.empty())
    work.body.setAltCallsAttr(builder.getDenseI32ArrayAttr(callees));
  work.body.setMayFallThrough(!alwaysGives(work.op.getBody().front()));
  return success();
}

/// Immediates that the body exchanges: their values are holes that no code
/// reads.
static unsigned addImmediates(wasm_inject::TemplateOp op,
                              ArrayRef<std::pair<unsigned, Value>> list,
                              std::vector<StaticProgram> &holes) {
  SmallVector<int32_t> indices;
  for (auto [index, value] : list) {
    indices.push_back(static_cast<int32_t>(index));
    holes.emplace_back(value);
  }
  if (!indices.empty())
    op.setImmediatesAttr(DenseI32ArrayAttr::get(op.getContext(), indices));
  return indices.size();
}

static bool isProgramPackage(wasm::Package package) {
  return package == wasm::Package::Begin || package == wasm::Package::End ||
         package == wasm::Package::Report;
}

void Converter::convertProbe(probe::ProbeOp op) {
  if (!op.getInstancesAttr())
    return;
  auto first = cast<probe::InstanceAttr>(op.getInstancesAttr()[0]);
  switch (wasm::getEvents()[first.getEvent()].package) {
  case wasm::Package::Begin:
    return convertProgramProbe<wasm_inject::OnBeginOp>(op);
  case wasm::Package::End:
    return convertProgramProbe<wasm_inject::OnEndOp>(op);
  case wasm::Package::Report:
    return convertProgramProbe<wasm_inject::OnReportOp>(op);
  default:
    break;
  }
  prefix = ("s" + Twine(script) + ".p" + Twine(works.size())).str();
  declareStates(op);
  MatchProbe match;
  prepareMatch(op, match);
  Work work;
  work.op = op;
  bool isAlt = static_cast<wasm::Mode>(first.getMode()) == wasm::Mode::Alt;
  convertSiteInits(work, match);
  auto fill = [&](BodyLowering &lowering) {
    if (openGuard(lowering, op) && isAlt)
      lowering.setOperand(op.getLoc(), wasm_inject::SourceKind::AltTaken, 0,
                          arith::ConstantOp::create(
                              lowering.getBuilder(), op.getLoc(),
                              lowering.getBuilder().getI32IntegerAttr(1)));
    lowering.lowerBlock(op.getBody().front());
  };
  SmallVector<std::pair<unsigned, Value>> immediates;
  SmallVector<probe::AltCallOp> altCalls;
  work.body = makeTemplate(
      op, "", isAlt ? BodyKind::AltTemplate : BodyKind::Template,
      [&](BodyLowering &lowering) {
        fill(lowering);
        immediates = llvm::to_vector(lowering.getImmediates());
        altCalls = llvm::to_vector(lowering.getAltCalls());
      },
      match.holes);
  work.numImmediates = addImmediates(work.body, immediates, match.holes);
  if (isAlt)
    hasFailed |= failed(finishAlt(work, altCalls));
  for (const auto *list : {&match.holes, &match.initHoles})
    for (const StaticProgram &program : *list)
      for (const StaticFact &fact : program.getFacts())
        if (fact.source == wasm::BoundSource::Imm)
          match.siteFacts.push_back(fact);
  work.states = stateOps;
  works.push_back(work);
  matches.push_back(std::move(match));
}

/// True for initial values that are data: numbers known at match time.
static bool isDataInit(probe::VarOp var) {
  if (var.getInit().empty())
    return false;
  Value value = cast<probe::YieldOp>(var.getInit().front().back()).getValue();
  return value.getType().isIntOrFloat() && predicate::isStatic(value);
}

/// Runs once per site at program start: maps are made, then variables get what
/// their initialisers say and `@init` calls are made, in source order.
void Converter::lowerSiteInits(BodyLowering &lowering, probe::ProbeOp op) {
  for (auto [var, state] : states)
    if (auto type = dyn_cast<probe::MapType>(var.getType().getValueType()))
      lowering.assign(var.getLoc(), state,
                      {lowering.makeMap(var.getLoc(), type)});
  llvm::DenseMap<Operation *, FlatSymbolRefAttr> stateOf;
  for (auto [var, state] : states)
    stateOf[var] = state;
  for (Operation &inner : op.getBody().front()) {
    if (auto call = dyn_cast<probe::SiteInitOp>(inner))
      lowering.lowerBlock(call.getBody().front());
    auto var = dyn_cast<probe::VarOp>(inner);
    if (!var || !stateOf.count(var) || var.getInit().empty() || isDataInit(var))
      continue;
    Block &block = var.getInit().front();
    lowering.lowerBlock(block);
    lowering.assign(
        var.getLoc(), stateOf[var],
        lowering.getComponents(cast<probe::YieldOp>(block.back()).getValue()));
  }
}

/// Static initial values become data, the others code at program start.
void Converter::convertSiteInits(Work &work, MatchProbe &match) {
  probe::ProbeOp op = work.op;
  bool needsInit = !op.getBody().getOps<probe::SiteInitOp>().empty();
  for (auto [var, state] : states) {
    match.inits.emplace_back();
    needsInit |= isa<probe::MapType>(var.getType().getValueType());
    if (var.getInit().empty())
      continue;
    if (isDataInit(var))
      match.inits.back().emplace(
          cast<probe::YieldOp>(var.getInit().front().back()).getValue());
    else
      needsInit = true;
  }
  if (needsInit)
    work.init = makeTemplate(
        op, ".init", BodyKind::Template,
        [&](BodyLowering &lowering) { lowerSiteInits(lowering, op); },
        match.initHoles);
}

/// What bodies refer to, of all scripts before the first body.
void Converter::declareScript(probe::ScriptOp scriptOp) {
  script = scriptOp.getIndex();
  for (auto library : scriptOp.getBody().getOps<probe::LibraryOp>())
    context.addLibrary(library.getName(), library.getImportName());
  convertGlobals(scriptOp);
}

void Converter::convertScript(probe::ScriptOp scriptOp) {
  script = scriptOp.getIndex();
  states.clear();
  convertFunctions(scriptOp);
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

/// The columns of holes: a string gives two, its place in the module's data
/// and its length.
static SmallVector<Attribute>
getHoleColumns(LoweringContext &context, MLIRContext *mlirContext,
               const std::vector<std::vector<int64_t>> &columns,
               const std::vector<std::vector<StringRef>> &texts,
               ArrayRef<StaticProgram> programs) {
  SmallVector<Attribute> list;
  for (auto [column, text, program] :
       llvm::zip_equal(columns, texts, programs)) {
    if (!program.isString()) {
      list.push_back(DenseI64ArrayAttr::get(mlirContext, column));
      continue;
    }
    SmallVector<int64_t> offsets, lengths;
    for (StringRef value : text) {
      offsets.push_back(context.addData(value));
      lengths.push_back(static_cast<int64_t>(value.size()));
    }
    list.push_back(DenseI64ArrayAttr::get(mlirContext, offsets));
    list.push_back(DenseI64ArrayAttr::get(mlirContext, lengths));
  }
  return list;
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
  MLIRContext *mlir = builder.getContext();
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
  SmallVector<Attribute> holes =
      isInit ? getHoleColumns(context, mlir, table.initHoles,
                              table.initHoleTexts, match.initHoles)
             : getHoleColumns(context, mlir, table.holes, table.holeTexts,
                              match.holes);
  ArrayAttr immediates;
  if (!isInit && work.numImmediates) {
    immediates =
        builder.getArrayAttr(ArrayRef(holes).take_back(work.numImmediates));
    holes.truncate(holes.size() - work.numImmediates);
  }
  wasm_inject::SitesOp::create(
      builder, work.op->getLoc(), FlatSymbolRefAttr::get(target),
      wasm_inject::PositionAttr::get(mlir, position),
      builder.getI32IntegerAttr(rank), builder.getArrayAttr(instances),
      toAttr(mlir, table.func), toAttr(mlir, table.opidx),
      toAttr(mlir, table.pc), toAttr(mlir, instance), toAttr(mlir, table.slot),
      builder.getArrayAttr(holes),
      hasInits ? toAttr(mlir, table.inits) : ArrayAttr(), immediates);
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
  }
  if (!isa<probe::BoundOp>(op))
    return success();
  auto bound = cast<probe::BoundOp>(op);
  if (!bound.isStatic() && !wasm::getFamilyMember(bound.getSourceName()) &&
      !isa<probe::FuncRefType>(bound.getType()))
    return op->emitError("nothing lowers the dynamic name '")
           << bound.getName() << "'";
  auto probeOp = op->getParentOfType<probe::ProbeOp>();
  bool hasSites =
      probeOp && probeOp.getInstancesAttr() &&
      llvm::all_of(probeOp.getInstancesAttr().getAsRange<probe::InstanceAttr>(),
                   [](probe::InstanceAttr instance) {
                     return !isProgramPackage(
                         wasm::getEvents()[instance.getEvent()].package);
                   });
  if (probeOp && !probeOp.getInstancesAttr())
    return success(); // is not converted at all
  return hasSites || bound.getName() == "APP_MEMID"
             ? success()
             : op->emitError("nothing is bound here");
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
LogicalResult Converter::checkAppMemory(probe::ScriptOp scriptOp) {
  if (app.memories.size() > app.numImportedMemories)
    return success();
  WalkResult result = scriptOp.walk([&](probe::BoundOp bound) {
    auto probeOp = bound->getParentOfType<probe::ProbeOp>();
    bool isConverted = !probeOp || probeOp.getInstancesAttr();
    if (bound.getName() != "APP_MEMID" || !isConverted)
      return WalkResult::advance();
    bound.emitError("APP_MEMID: the application defines no memory");
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

/// What fails at match time is shown where the script has it.
static LogicalResult reportFailure(ModuleOp root, llvm::Error error) {
  llvm::handleAllErrors(
      std::move(error),
      [](const StaticError &failure) {
        emitError(failure.getLoc()) << failure.getMessage();
      },
      [&](const llvm::ErrorInfoBase &other) {
        root.emitError("cannot read the application: ") << other.message();
      });
  return failure();
}

LogicalResult Converter::run() {
  SmallVector<probe::ScriptOp> scripts(root.getOps<probe::ScriptOp>());
  for (probe::ScriptOp scriptOp : scripts) {
    if (failed(checkScript(scriptOp)) || failed(checkAppMemory(scriptOp)))
      return failure();
    declareScript(scriptOp);
  }
  makeProgramMaps();
  for (probe::ScriptOp scriptOp : scripts)
    convertScript(scriptOp);
  if (hasFailed)
    return failure();
  StaticContext matching;
  matching.caller = options.caller;
  matching.memories = context.getLibraryNames();
  llvm::Expected<MatchStatistics> result = matchSites(app, matches, matching);
  if (!result)
    return reportFailure(root, result.takeError());
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
  context.finish(builder);
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
                               std::vector<ProbeMatchCount> *counts,
                               const MatchOptions &given)
      : module(module), counts(counts), given(given) {}

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
    std::optional<LibrarySet> libraries;
    std::optional<StaticCaller> caller;
    MatchOptions matchOptions = given;
    if (!libs.empty()) {
      llvm::Expected<LibrarySet> set = loadLibraries();
      if (!set) {
        getOperation().emitError() << llvm::toString(set.takeError());
        return signalPassFailure();
      }
      libraries.emplace(std::move(*set));
      caller.emplace(*libraries);
      matchOptions = {&*libraries, &*caller};
    }
    Converter converter(getOperation(), *target, counts, matchOptions);
    if (failed(converter.run()))
      return signalPassFailure();
    numSites += converter.statistics.sites;
    numInstructions += converter.statistics.instructions;
    numTemplates += converter.numTemplates;
  }

  /// The libraries of the option `libs`.
  llvm::Expected<LibrarySet> loadLibraries() {
    static int anchor;
    std::string tool = llvm::sys::fs::getMainExecutable("", &anchor);
    std::string core = runtime::findRuntimeFile(
        llvm::sys::path::parent_path(tool), "whamm_core.wasm");
    return LibrarySet::load(core,
                            std::vector<std::string>(libs.begin(), libs.end()));
  }

  const wasm::Module *module = nullptr;
  std::vector<ProbeMatchCount> *counts = nullptr;
  MatchOptions given;
};
} // namespace

std::unique_ptr<Pass>
whamm::createConvertProbeToWasmInjectPass(const wasm::Module &app,
                                          std::vector<ProbeMatchCount> *counts,
                                          const MatchOptions &options) {
  return std::make_unique<ConvertProbeToWasmInjectPass>(&app, counts, options);
}
