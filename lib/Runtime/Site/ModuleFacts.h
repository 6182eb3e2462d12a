//===- ModuleFacts.h - The application's sections ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The index spaces of the application, imports first. Read once.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_SITE_MODULEFACTS_H
#define WHAMM_LIB_RUNTIME_SITE_MODULEFACTS_H

#include "Bytes.h"

namespace whamm::site {

/// A value type as far as probes tell types apart.
enum class Type : uint8_t {
  Unknown = 0,
  I32 = 0x7F,
  I64 = 0x7E,
  F32 = 0x7D,
  F64 = 0x7C,
  V128 = 0x7B,
  FuncRef = 0x70, // any subtype of funcref
  OtherRef = 0x6F,
};

/// Types, bottom of the stack first.
struct TypeList {
  const Type *types = nullptr;
  uint32_t size = 0;
};

/// A defined type: its parameters and results, or its fields as parameters.
struct TypeDef {
  bool isFunc;
  uint32_t first; // in the pool of all types
  uint32_t numParams, numResults;
};

struct FunctionImport {
  Text module, name;
  bool isProcExit; // the import that ends the program
};

struct TableFacts {
  Type element;
  bool is64;
};

struct MemoryFacts {
  bool is64;
  uint8_t pageSizeLog2;
};

class ModuleFacts {
public:
  Array<TypeDef> types;
  Array<FunctionImport> functionImports;
  Array<uint32_t> functions; // type index of every function
  Array<TableFacts> tables;
  Array<MemoryFacts> memories;
  Array<Type> globals;
  Array<uint32_t> tags; // type index of every tag
  uint32_t numImportedMemories = 0;
  bool hasProcExit = false;

  TypeList getParams(uint32_t type) const {
    return {pool.data() + types[type].first, types[type].numParams};
  }
  TypeList getResults(uint32_t type) const {
    const TypeDef &def = types[type];
    return {pool.data() + def.first + def.numParams, def.numResults};
  }
  bool isProcExit(uint32_t function) const {
    return function < functionImports.size() &&
           functionImports[function].isProcExit;
  }

  void read();

private:
  void readTypes(Bytes bytes);
  void readType(Bytes &bytes, TypeDef &def);
  uint32_t readTypeList(Bytes &bytes);
  void readField(Bytes &bytes);
  void readImports(Bytes bytes);
  void readImportedItem(Bytes &bytes, Text module, Text name);
  void readFunctions(Bytes bytes);
  void readTables(Bytes bytes);
  void readTable(Bytes &bytes);
  void readMemories(Bytes bytes);
  void readGlobals(Bytes bytes);
  void readTags(Bytes bytes);
  bool hasProcExitType(uint32_t type) const;

  Array<Type> pool;
};

/// The application's facts, which the first call reads.
const ModuleFacts &getModule();

/// Reads a value type, or a heap type as the type of references to it.
Type readValueType(Bytes &bytes);
Type readHeapType(Bytes &bytes);

} // namespace whamm::site

#endif // WHAMM_LIB_RUNTIME_SITE_MODULEFACTS_H
