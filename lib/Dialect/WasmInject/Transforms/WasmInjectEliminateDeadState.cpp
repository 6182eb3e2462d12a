//===- WasmInjectEliminateDeadState.cpp - State nobody sees -----*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/WasmInject/IR/WasmInjectOps.h"
#include "whamm/Dialect/WasmInject/Transforms/Passes.h"

#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

#include "llvm/ADT/StringMap.h"

namespace whamm::wasm_inject {
#define GEN_PASS_DEF_WASMINJECTELIMINATEDEADSTATE
#include "whamm/Dialect/WasmInject/Transforms/WasmInjectPasses.h.inc"
} // namespace whamm::wasm_inject

using namespace mlir;
using namespace whamm::wasm_inject;

namespace {

/// What refers to a state.
struct Uses {
  SmallVector<StateGetOp> gets;
  SmallVector<StateSetOp> sets;
  /// Counted, or not known.
  bool hasOthers = false;
};

struct WasmInjectEliminateDeadStatePass
    : whamm::wasm_inject::impl::WasmInjectEliminateDeadStateBase<
          WasmInjectEliminateDeadStatePass> {
  using WasmInjectEliminateDeadStateBase::WasmInjectEliminateDeadStateBase;
  void runOnOperation() override;

private:
  bool isSeen(StateOp state, const Uses &uses) const;
};

} // namespace

static llvm::StringMap<Uses> collectUses(ModuleOp module) {
  llvm::StringMap<Uses> uses;
  module.walk([&](Operation *op) {
    if (auto get = dyn_cast<StateGetOp>(op))
      uses[get.getState()].gets.push_back(get);
    else if (auto set = dyn_cast<StateSetOp>(op))
      uses[set.getState()].sets.push_back(set);
    else if (auto tally = dyn_cast<TallyOp>(op))
      uses[tally.getState()].hasOthers = true;
    else if (auto counted = dyn_cast<CountedOp>(op))
      uses[counted.getState()].hasOthers = true;
  });
  return uses;
}

/// True where the value goes, through operations without effects, into updates
/// of the state only.
static bool feedsOnly(Value value, StringRef state) {
  return llvm::all_of(value.getUsers(), [&](Operation *user) {
    if (auto set = dyn_cast<StateSetOp>(user))
      return set.getState() == state;
    return user->getNumRegions() == 0 && isPure(user) &&
           !user->hasTrait<OpTrait::IsTerminator>() &&
           llvm::all_of(user->getResults(),
                        [&](Value v) { return feedsOnly(v, state); });
  });
}

bool WasmInjectEliminateDeadStatePass::isSeen(StateOp state,
                                              const Uses &uses) const {
  if (state.getReport() || uses.hasOthers ||
      state.getComponents().size() != 1 ||
      (keepProgram && state.getScope() == Scope::Program))
    return true;
  return !llvm::all_of(uses.gets, [&](StateGetOp get) {
    return feedsOnly(get->getResult(0), state.getSymName());
  });
}

void WasmInjectEliminateDeadStatePass::runOnOperation() {
  llvm::StringMap<Uses> uses = collectUses(getOperation());
  SmallVector<StateOp> unseen;
  for (StateOp state : getOperation().getOps<StateOp>()) {
    const Uses &of = uses[state.getSymName()];
    if (isSeen(state, of))
      continue;
    unseen.push_back(state);
    for (StateSetOp set : of.sets)
      set->erase();
    numUpdates += of.sets.size();
  }
  numStates += unseen.size();
  if (unseen.empty())
    return markAllAnalysesPreserved();
  // What only the updates needed.
  IRRewriter rewriter(&getContext());
  (void)runRegionDCE(rewriter, getOperation()->getRegions());
  // Sites keep their slots; the program's variables go.
  for (StateOp state : unseen)
    if (state.getScope() == Scope::Program)
      state->erase();
}
