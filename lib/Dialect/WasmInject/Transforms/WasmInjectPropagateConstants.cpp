//===- WasmInjectPropagateConstants.cpp - State that stays ------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "StateUses.h"

#include "whamm/Dialect/WasmInject/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

namespace whamm::wasm_inject {
#define GEN_PASS_DEF_WASMINJECTPROPAGATECONSTANTS
#include "whamm/Dialect/WasmInject/Transforms/WasmInjectPasses.h.inc"
} // namespace whamm::wasm_inject

using namespace mlir;
using namespace whamm::wasm_inject;

namespace {
struct WasmInjectPropagateConstantsPass
    : whamm::wasm_inject::impl::WasmInjectPropagateConstantsBase<
          WasmInjectPropagateConstantsPass> {
  using WasmInjectPropagateConstantsBase::WasmInjectPropagateConstantsBase;
  void runOnOperation() override;
};
} // namespace

/// The value that a state always has, or null.
static TypedAttr getOnlyValue(StateOp state, const StateUses &uses) {
  if (!uses.sets.empty() || uses.isCounted || uses.hasInits ||
      !state.getType().isIntOrFloat())
    return {};
  if (state.getInitAttr())
    return state.getInitAttr();
  return Builder(state.getContext()).getZeroAttr(state.getStorageType());
}

void WasmInjectPropagateConstantsPass::runOnOperation() {
  llvm::StringMap<StateUses> uses = collectStateUses(getOperation());
  for (StateOp state : getOperation().getOps<StateOp>()) {
    const StateUses &of = uses[state.getSymName()];
    TypedAttr value = getOnlyValue(state, of);
    if (!value || of.gets.empty())
      continue;
    ++numStates;
    for (StateGetOp get : of.gets) {
      OpBuilder builder(get);
      get->replaceAllUsesWith(
          arith::ConstantOp::create(builder, get.getLoc(), value));
      get->erase();
    }
  }
}
