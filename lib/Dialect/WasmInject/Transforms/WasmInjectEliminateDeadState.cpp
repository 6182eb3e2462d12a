//===- WasmInjectEliminateDeadState.cpp - State nobody sees -----*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "StateUses.h"

#include "whamm/Dialect/WasmInject/Transforms/Passes.h"

#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

namespace whamm::wasm_inject {
#define GEN_PASS_DEF_WASMINJECTELIMINATEDEADSTATE
#include "whamm/Dialect/WasmInject/Transforms/WasmInjectPasses.h.inc"
} // namespace whamm::wasm_inject

using namespace mlir;
using namespace whamm::wasm_inject;

namespace {

struct WasmInjectEliminateDeadStatePass
    : whamm::wasm_inject::impl::WasmInjectEliminateDeadStateBase<
          WasmInjectEliminateDeadStatePass> {
  using WasmInjectEliminateDeadStateBase::WasmInjectEliminateDeadStateBase;
  void runOnOperation() override;

private:
  bool isSeen(StateOp state, const StateUses &uses) const;
};

} // namespace

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
                                              const StateUses &uses) const {
  if (state.getReport() || uses.isCounted ||
      state.getComponents().size() != 1 ||
      (keepProgram && state.getScope() == Scope::Program))
    return true;
  return !llvm::all_of(uses.gets, [&](StateGetOp get) {
    return feedsOnly(get->getResult(0), state.getSymName());
  });
}

void WasmInjectEliminateDeadStatePass::runOnOperation() {
  llvm::StringMap<StateUses> uses = collectStateUses(getOperation());
  SmallVector<StateOp> unseen;
  for (StateOp state : getOperation().getOps<StateOp>()) {
    const StateUses &of = uses[state.getSymName()];
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
  // What only the updates needed. The declarations stay: the report numbers the
  // variables by them, and sites keep their slots.
  IRRewriter rewriter(&getContext());
  (void)runRegionDCE(rewriter, getOperation()->getRegions());
}
