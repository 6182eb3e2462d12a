//===- WasmInjectChooseInlining.cpp - What is inlined -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "TemplateSize.h"

#include "whamm/Dialect/WasmInject/Transforms/Passes.h"

#include "llvm/ADT/StringMap.h"

namespace whamm::wasm_inject {
#define GEN_PASS_DEF_WASMINJECTCHOOSEINLINING
#include "whamm/Dialect/WasmInject/Transforms/WasmInjectPasses.h.inc"
} // namespace whamm::wasm_inject

using namespace mlir;
using namespace whamm::wasm_inject;

namespace {
struct WasmInjectChooseInliningPass
    : whamm::wasm_inject::impl::WasmInjectChooseInliningBase<
          WasmInjectChooseInliningPass> {
  using WasmInjectChooseInliningBase::WasmInjectChooseInliningBase;
  void runOnOperation() override;
};
} // namespace

/// The number of places of each template. A row of a position where control
/// leaves at several places counts as two.
static llvm::StringMap<size_t> countPlaces(ModuleOp module) {
  llvm::StringMap<size_t> places;
  for (auto sites : module.getOps<SitesOp>()) {
    bool repeats = sites.getPosition() == Position::FuncExit ||
                   sites.getPosition() == Position::AtTarget;
    places[sites.getTemplate_()] += sites.getNumSites() * (repeats ? 2 : 1);
  }
  return places;
}

void WasmInjectChooseInliningPass::runOnOperation() {
  llvm::StringMap<size_t> places = countPlaces(getOperation());
  for (auto op : getOperation().getOps<TemplateOp>()) {
    unsigned size = estimateSize(op);
    size_t numPlaces = places.lookup(op.getSymName());
    if (size == 0 || numPlaces == 0)
      continue; // there is nothing to put anywhere
    bool isInlined = size <= limit || numPlaces == 1;
    op.setInlined(isInlined);
    ++(isInlined ? numInlined : numCalled);
  }
}
