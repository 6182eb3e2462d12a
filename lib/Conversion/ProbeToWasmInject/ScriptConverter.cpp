//===- ConvertScript.cpp - What scripts declare -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "ScriptConverter.h"

#include "whamm/Dialect/Predicate/IR/PredicateOps.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace whamm;

//===----------------------------------------------------------------------===//
// Globals and functions
//===----------------------------------------------------------------------===//

void ScriptConverter::convertGlobals(probe::ScriptOp scriptOp) {
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
void ScriptConverter::makeProgramMaps() {
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
void ScriptConverter::convertFunctions(probe::ScriptOp scriptOp) {
  SmallVector<std::pair<probe::FnOp, wasm_inject::FunctionOp>> list;
  for (auto fn : scriptOp.getBody().getOps<probe::FnOp>()) {
    SmallVector<Attribute> results;
    if (auto type = fn.getResultType())
      for (Type component : wasm_inject::StateOp::getComponents(*type))
        results.push_back(TypeAttr::get(component));
    auto op = wasm_inject::FunctionOp::create(
        builder, fn.getLoc(),
        ("s" + Twine(script) + ".fn." + fn.getSymName()).str(),
        builder.getArrayAttr(results), fn.getAccumulates());
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
    if (!state.getType().isIntOrFloat())
      continue; // assigns a component, and nothing else sees it
    state.setInitAttr(value);
    set.erase();
  }
}

void ScriptConverter::setScope(BodyLowering &lowering) {
  for (auto &entry : scopes[script].globals)
    lowering.setGlobal(entry.getKey(), entry.getValue());
  for (auto &entry : scopes[script].functions)
    lowering.setFunction(entry.getKey(), entry.getValue());
  for (auto [var, state] : states)
    lowering.setState(var.getResult(), state);
}

void ScriptConverter::convertInit(probe::InitOp init) {
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

/// What bodies refer to, of all scripts before the first body.
void ScriptConverter::declareScript(probe::ScriptOp scriptOp) {
  script = scriptOp.getIndex();
  for (auto library : scriptOp.getBody().getOps<probe::LibraryOp>())
    context.addLibrary(library.getName(), library.getImportName());
  scriptOp.walk(
      [&](probe::MemIdOp op) { context.numberMemory(op.getLibrary()); });
  convertGlobals(scriptOp);
}

//===----------------------------------------------------------------------===//
// Probes
//===----------------------------------------------------------------------===//

Value whamm::getStaticPredicate(probe::ProbeOp op) {
  predicate::YieldOp yield = op.getPredicateYield();
  if (!yield)
    return nullptr;
  auto staged = yield.getValue().getDefiningOp<predicate::StagedOp>();
  if (!staged)
    return nullptr;
  return cast<predicate::YieldOp>(
             staged.getStaticPart().front().getTerminator())
      .getValue();
}

Value ScriptConverter::openGuard(BodyLowering &lowering, probe::ProbeOp op) {
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

template <typename OpTy>
void ScriptConverter::convertProgramBody(probe::ProbeOp op) {
  auto target = OpTy::create(builder, op.getLoc());
  BodyLowering lowering(target.getBody().emplaceBlock(), BodyKind::Plain,
                        context);
  states.clear();
  setScope(lowering);
  openGuard(lowering, op);
  lowering.lowerBlock(op.getBody().front());
  hasFailed |= lowering.hasFailed();
}

bool ScriptConverter::convertProgramProbe(probe::ProbeOp op) {
  auto first = cast<probe::InstanceAttr>(op.getInstancesAttr()[0]);
  switch (wasm::getEvents()[first.getEvent()].package) {
  case wasm::Package::Begin:
    convertProgramBody<wasm_inject::OnBeginOp>(op);
    return true;
  case wasm::Package::End:
    convertProgramBody<wasm_inject::OnEndOp>(op);
    return true;
  case wasm::Package::Report:
    convertProgramBody<wasm_inject::OnReportOp>(op);
    return true;
  default:
    return false;
  }
}

void ScriptConverter::declareStates(probe::ProbeOp op) {
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

/// True for initial values that are data: numbers known at match time.
bool whamm::isDataInit(probe::VarOp var) {
  if (var.getInit().empty())
    return false;
  Value value = cast<probe::YieldOp>(var.getInit().front().back()).getValue();
  return value.getType().isIntOrFloat() && predicate::isStatic(value);
}

void ScriptConverter::lowerSiteInits(BodyLowering &lowering,
                                     probe::ProbeOp op) {
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
    if (!var || !stateOf.count(var) || var.getInit().empty() ||
        (context.isAtCompileTime() && isDataInit(var)))
      continue;
    Block &block = var.getInit().front();
    lowering.lowerBlock(block);
    lowering.assign(
        var.getLoc(), stateOf[var],
        lowering.getComponents(cast<probe::YieldOp>(block.back()).getValue()));
  }
}
