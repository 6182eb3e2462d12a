//===- Module.cpp - A WebAssembly module, read in place ---------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/Module.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"

using namespace llvm;
using namespace whamm::wasm;

char ReadError::ID = 0;

void ReadError::log(raw_ostream &os) const {
  os << message << " (at offset " << format("0x%zx", offset) << ")";
}

std::error_code ReadError::convertToErrorCode() const {
  return inconvertibleErrorCode();
}

const Import *Module::getFunctionImport(uint32_t index) const {
  if (index >= numImportedFunctions)
    return nullptr;
  return &imports[functionImports[index]];
}

bool Module::isProcExit(uint32_t function) const {
  const Import *import = getFunctionImport(function);
  if (!import || import->module != "wasi_snapshot_preview1" ||
      import->name != "proc_exit")
    return false;
  const FuncType &type = getFunctionType(function);
  return type.results.empty() && type.params.size() == 1 &&
         type.params[0] == ValType::i32();
}

StringRef Module::getFunctionName(uint32_t index) const {
  return functionNames.lookup(index);
}

const Section *Module::findSection(uint8_t id) const {
  auto it = find_if(sections, [&](const Section &s) { return s.id == id; });
  return it == sections.end() ? nullptr : &*it;
}

const Section *Module::findCustomSection(StringRef name) const {
  for (const Section &section : sections)
    if (section.id == 0 && section.name == name)
      return &section;
  return nullptr;
}

const Export *Module::findExport(StringRef name, ExternKind kind) const {
  for (const Export &item : exports)
    if (item.kind == kind && item.name == name)
      return &item;
  return nullptr;
}
