//===- ConvertScript.cpp - What scripts declare -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Converter.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace whamm;

//===----------------------------------------------------------------------===//
// Globals and functions
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
    if (!state.getType().isIntOrFloat())
      continue; // assigns a component, and nothing else sees it
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

/// What bodies refer to, of all scripts before the first body.
void Converter::declareScript(probe::ScriptOp scriptOp) {
  script = scriptOp.getIndex();
  for (auto library : scriptOp.getBody().getOps<probe::LibraryOp>())
    context.addLibrary(library.getName(), library.getImportName());
  scriptOp.walk(
      [&](probe::MemIdOp op) { context.numberMemory(op.getLibrary()); });
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
