//===- ApplicationFlow.h - What passes ask of the application ---*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_DIALECT_WASMINJECT_TRANSFORMS_APPLICATIONFLOW_H
#define WHAMM_DIALECT_WASMINJECT_TRANSFORMS_APPLICATIONFLOW_H

#include "whamm/Profile/CallEffects.h"
#include "whamm/Support/ModuleFile.h"

#include "mlir/IR/BuiltinOps.h"

#include <optional>

namespace whamm::wasm_inject {

/// An application, and what its calls may do, which is found out once, when it
/// is first asked for. Passes of one pipeline share it.
class ApplicationFlow {
public:
  /// The module has to outlive this.
  ApplicationFlow(const wasm::Module &module, bool preciseTraps)
      : module(&module), preciseTraps(preciseTraps) {}
  /// A file, which load() reads.
  ApplicationFlow(std::string path, bool preciseTraps)
      : path(std::move(path)), preciseTraps(preciseTraps) {}

  /// Reads the application, unless that has been done. Fails with an error at
  /// `op`. To be called in front of everything else.
  mlir::LogicalResult load(mlir::ModuleOp op);

  const wasm::Module &getModule() const { return *module; }
  const profile::CallEffects &getEffects();

private:
  std::string path;
  std::optional<LoadedModule> file;
  const wasm::Module *module = nullptr;
  bool preciseTraps;
  std::optional<profile::CallEffects> effects;
};

} // namespace whamm::wasm_inject

#endif // WHAMM_DIALECT_WASMINJECT_TRANSFORMS_APPLICATIONFLOW_H
