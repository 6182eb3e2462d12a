//===- Reflect.h - An engine's view of a module -----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_SITE_TEST_REFLECT_H
#define WHAMM_SITE_TEST_REFLECT_H

#include "whamm/Wasm/Module.h"

/// Makes a module the application that the functions of `whamm:reflect`
/// describe. It has to outlive them.
void setReflectedModule(const whamm::wasm::Module &module);

#endif // WHAMM_SITE_TEST_REFLECT_H
