//===- ApplicationFlow.cpp - What passes ask of the application -*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Dialect/WasmInject/Transforms/ApplicationFlow.h"

using namespace mlir;
using namespace whamm;
using namespace whamm::wasm_inject;

LogicalResult ApplicationFlow::load(ModuleOp op) {
  if (module)
    return success();
  if (path.empty())
    return op.emitError("no application given (app=FILE)");
  llvm::Expected<LoadedModule> loaded = loadModule(path);
  if (!loaded)
    return op.emitError() << llvm::toString(loaded.takeError());
  file.emplace(std::move(*loaded));
  module = &file->getModule();
  return success();
}

const profile::CallEffects &ApplicationFlow::getEffects() {
  if (!effects)
    effects.emplace(*module, preciseTraps ? profile::Traps::Count
                                          : profile::Traps::Ignore);
  return *effects;
}
