//===- Reflect.h - What engines tell of the application ---------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The functions of `whamm:reflect` that the site module imports. Readers copy
/// as much as fits and give the full length.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_SITE_REFLECT_H
#define WHAMM_LIB_RUNTIME_SITE_REFLECT_H

#include "Support.h"

/// The content of a section; empty where there is none, and for the sections
/// that engines do not give (code, start, data count, custom ones).
WHAMM_REFLECT("read_section")
uint32_t reflectSection(uint32_t id, void *to, uint32_t size, uint32_t unused);

/// A body from its local declarations on; empty for imported functions. Traps
/// for functions that do not exist, as reflectFunctionName does.
WHAMM_REFLECT("read_function_body")
uint32_t reflectFunctionBody(uint32_t function, void *to, uint32_t size);

/// The name in the name section, or nothing.
WHAMM_REFLECT("read_function_name")
uint32_t reflectFunctionName(uint32_t function, void *to, uint32_t size);
WHAMM_REFLECT("read_module_name")
uint32_t reflectModuleName(void *to, uint32_t size);

WHAMM_REFLECT("get_num_data") uint32_t reflectNumData();

/// A data segment as it is encoded.
WHAMM_REFLECT("read_data_def")
uint32_t reflectDataDef(uint32_t segment, void *to, uint32_t size);

#endif // WHAMM_LIB_RUNTIME_SITE_REFLECT_H
