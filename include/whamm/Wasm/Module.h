//===- Module.h - A WebAssembly module, read in place -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The sections of a binary module (core specification, binary format 5.5),
/// decoded without copying: names and bodies point into the caller's bytes.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_MODULE_H
#define WHAMM_WASM_MODULE_H

#include "whamm/Wasm/Types.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <vector>

namespace whamm::wasm {

using Bytes = llvm::ArrayRef<uint8_t>;

/// An error in the bytes of a module: what is wrong and at which offset.
class ReadError : public llvm::ErrorInfo<ReadError> {
public:
  static char ID;
  ReadError(size_t offset, std::string message)
      : offset(offset), message(std::move(message)) {}
  void log(llvm::raw_ostream &os) const override;
  std::error_code convertToErrorCode() const override;
  size_t getOffset() const { return offset; }
  llvm::StringRef getMessage() const { return message; }

private:
  size_t offset;
  std::string message;
};

/// A half-open range of offsets into the module's bytes.
struct ByteRange {
  size_t begin = 0, end = 0;
  size_t size() const { return end - begin; }
};

struct FuncType {
  llvm::SmallVector<ValType, 4> params, results;
};

/// A packed or unpacked storage type of a field.
struct FieldType {
  enum class Packed : uint8_t { No, I8, I16 };
  ValType type; // the unpacked type (i32 for packed ones)
  Packed packed = Packed::No;
  bool isMutable = false;
};

/// A defined type: one entry of a recursion group.
struct TypeDef {
  enum class Kind : uint8_t { Func, Struct, Array };
  Kind kind = Kind::Func;
  bool isFinal = true;
  llvm::SmallVector<uint32_t, 1> supertypes;
  FuncType func;                          // Kind::Func
  llvm::SmallVector<FieldType, 0> fields; // Struct: all; Array: one
  uint32_t recGroup = 0; // index of the first type of the recursion group
  uint32_t recGroupSize = 1;
};

struct Limits {
  uint64_t min = 0;
  std::optional<uint64_t> max;
  bool isShared = false, is64 = false;
  std::optional<uint8_t> pageSizeLog2; // custom page sizes
};

struct TableType {
  ValType element;
  Limits limits;
};

struct GlobalType {
  ValType type;
  bool isMutable = false;
};

enum class ExternKind : uint8_t { Func, Table, Memory, Global, Tag };

struct Import {
  llvm::StringRef module, name;
  ExternKind kind;
  uint32_t typeIndex = 0; // Func and Tag
  TableType table;
  Limits memory;
  GlobalType global;
};

struct Export {
  llvm::StringRef name;
  ExternKind kind;
  uint32_t index;
};

/// An element segment.
struct ElementSegment {
  enum class Mode : uint8_t { Active, Passive, Declarative };
  Mode mode = Mode::Active;
  uint32_t table = 0; // Active
  ByteRange offset;   // Active: the constant expression, `end` included
  ValType type;
  /// True where the items are constant expressions, false for function
  /// indices.
  bool hasExprs = false;
  uint32_t count = 0;
  ByteRange items; // the items, without their number
};

/// A data segment.
struct DataSegment {
  bool isActive = false;
  uint32_t memory = 0; // active ones
  ByteRange offset;    // active ones: the constant expression
  ByteRange bytes;
};

/// A function body of the code section.
struct FunctionBody {
  /// From the first byte after the body-size field (the local declarations) to
  /// the end of the body. `pc` of an instruction counts from range.begin.
  ByteRange range;
  /// Offset of the first instruction.
  size_t codeBegin = 0;
};

struct Section {
  uint8_t id;
  llvm::StringRef name; // custom sections
  ByteRange header;     // id and size fields
  ByteRange content;    // custom sections: after the name
};

/// A module's sections and index spaces. Index spaces hold imports first, as
/// the specification orders them.
class Module {
public:
  /// Decodes all sections; bodies are not walked. The bytes must outlive the
  /// module. Malformed bytes give a ReadError.
  static llvm::Expected<Module> parse(Bytes bytes);

  Bytes bytes;
  std::vector<Section> sections; // in file order, custom ones included
  std::vector<TypeDef> types;
  std::vector<Import> imports;
  std::vector<uint32_t> functions; // type index of every function
  std::vector<TableType> tables;
  std::vector<Limits> memories;
  std::vector<GlobalType> globals;
  std::vector<uint32_t> tags; // type index of every tag
  std::vector<Export> exports;
  std::optional<uint32_t> start;
  std::optional<uint32_t> dataCount;
  std::vector<FunctionBody> bodies; // of defined functions, in order
  uint32_t numImportedFunctions = 0, numImportedTables = 0,
           numImportedMemories = 0, numImportedGlobals = 0, numImportedTags = 0;
  uint32_t numElements = 0;
  std::vector<ValType> elementTypes; // of every element segment
  uint32_t numData = 0;
  std::vector<ElementSegment> elements;
  std::vector<DataSegment> data;
  /// Initial values of defined globals: constant expressions.
  std::vector<ByteRange> globalInits;
  /// Initial values of defined tables; empty where there is none.
  std::vector<ByteRange> tableInits;
  /// For every type the first one that is equivalent to it (3.3.4): equal
  /// numbers mean equal types.
  std::vector<uint32_t> canonicalTypes;

  /// The import that defines function `index`, or null for a defined one.
  const Import *getFunctionImport(uint32_t index) const;
  /// True for the import `wasi_snapshot_preview1.proc_exit`, which ends the
  /// program: a call of it does not return.
  bool isProcExit(uint32_t function) const;
  /// The signature of a function.
  const FuncType &getFunctionType(uint32_t index) const {
    return types[functions[index]].func;
  }
  /// Subtyping (3.3): true where a value of type `sub` can be used as `super`.
  /// The unknown type is a subtype of all.
  bool isSubtype(ValType sub, ValType super) const;
  /// True where defined type `sub` is `super` or declared below it.
  bool isDefinedSubtype(uint32_t sub, uint32_t super) const;
  /// Equivalence of types: equal, or references to equivalent defined types.
  bool isSameType(ValType a, ValType b) const;
  /// Name of a function in the name section, or "".
  llvm::StringRef getFunctionName(uint32_t index) const;
  /// Name of the module in the name section, or "".
  llvm::StringRef getModuleName() const { return moduleName; }
  /// Index of the section with this id (not 0), if present.
  const Section *findSection(uint8_t id) const;
  const Section *findCustomSection(llvm::StringRef name) const;
  const Export *findExport(llvm::StringRef name, ExternKind kind) const;

private:
  friend class ModuleReader;
  llvm::StringRef moduleName;
  std::vector<uint32_t> functionImports; // index of each function's import
  llvm::DenseMap<uint32_t, llvm::StringRef> functionNames;
};

} // namespace whamm::wasm

#endif // WHAMM_WASM_MODULE_H
