//===- FlowPass.h - Passes that look at the application ---------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_DIALECT_WASMINJECT_TRANSFORMS_FLOWPASS_H
#define WHAMM_LIB_DIALECT_WASMINJECT_TRANSFORMS_FLOWPASS_H

#include "whamm/Dialect/WasmInject/Transforms/ApplicationFlow.h"

#include <memory>

namespace whamm::wasm_inject {

/// A pass with an application: that of its options `app` and `precise-traps`,
/// or one that passes share. `Base` is a generated base class with these
/// options.
template <typename Base> struct FlowPass : Base {
  using Base::Base;
  explicit FlowPass(std::shared_ptr<ApplicationFlow> flow)
      : flow(std::move(flow)) {}

  void runOnOperation() override {
    if (!flow)
      flow = std::make_shared<ApplicationFlow>(this->app, this->preciseTraps);
    if (failed(flow->load(this->getOperation())) || failed(runWith(*flow)))
      this->signalPassFailure();
  }
  virtual llvm::LogicalResult runWith(ApplicationFlow &application) = 0;

  std::shared_ptr<ApplicationFlow> flow;
};

} // namespace whamm::wasm_inject

#endif // WHAMM_LIB_DIALECT_WASMINJECT_TRANSFORMS_FLOWPASS_H
