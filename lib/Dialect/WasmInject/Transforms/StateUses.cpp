//===- StateUses.cpp - What refers to state ---------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "StateUses.h"

#include "mlir/IR/SymbolTable.h"

using namespace mlir;
using namespace whamm::wasm_inject;

/// Notes the states whose initial values the table gives.
static void collectInits(SitesOp sites, SymbolTable &symbols,
                         llvm::StringMap<StateUses> &uses) {
  if (!sites.getInits())
    return;
  auto op = symbols.lookup<TemplateOp>(sites.getTemplate_());
  for (auto [state, column] :
       llvm::zip_equal(op.getStates().getAsRange<FlatSymbolRefAttr>(),
                       sites.getInits()->getAsRange<DenseI64ArrayAttr>()))
    if (!column.empty())
      uses[state.getValue()].hasInits = true;
}

llvm::StringMap<StateUses>
whamm::wasm_inject::collectStateUses(ModuleOp module) {
  llvm::StringMap<StateUses> uses;
  SymbolTable symbols(module);
  module.walk([&](Operation *op) {
    if (auto get = dyn_cast<StateGetOp>(op))
      uses[get.getState()].gets.push_back(get);
    else if (auto set = dyn_cast<StateSetOp>(op))
      uses[set.getState()].sets.push_back(set);
    else if (auto tally = dyn_cast<TallyOp>(op))
      uses[tally.getState()].isCounted = true;
    else if (auto counted = dyn_cast<CountedOp>(op))
      uses[counted.getState()].isCounted = true;
    else if (auto sites = dyn_cast<SitesOp>(op))
      collectInits(sites, symbols, uses);
  });
  return uses;
}
