//===- FunctionCursor.h - Walking a function body ---------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A forward walk over the instructions of a body: opcode, immediates,
/// identity (`pc`, `opidx`), nesting, reachability, basic-block boundaries and,
/// on request, operand and result types.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_WASM_FUNCTIONCURSOR_H
#define WHAMM_WASM_FUNCTIONCURSOR_H

#include "whamm/Wasm/Module.h"
#include "whamm/Wasm/Opcodes.h"

namespace whamm::wasm {

/// A decoded block type: empty, one value, or a function type by index.
struct BlockType {
  enum class Kind : uint8_t { Empty, Value, TypeIndex } kind = Kind::Empty;
  ValType value;
  uint32_t typeIndex = 0;
};

struct MemArg {
  uint32_t memory = 0;
  uint32_t align = 0; // log2
  uint64_t offset = 0;
};

/// A handler of a `try_table`.
struct CatchClause {
  enum class Kind : uint8_t { Catch, CatchRef, CatchAll, CatchAllRef };
  Kind kind = Kind::Catch;
  uint32_t tag = 0; // Catch and CatchRef
  /// Counted from outside of the `try_table`.
  uint32_t label = 0;
};

/// One decoded instruction. Which fields are set depends on the opcode's
/// immediate kind in the tables.
struct Instr {
  Opcode opcode = Opcode::Unreachable;
  size_t begin = 0, end = 0; // offsets into the module's bytes
  uint32_t opidx = 0;        // zero-based index in the function
  uint32_t pc = 0;           // begin - body.range.begin
  /// Plain integer immediates in encoding order (label, indices, lane, ...).
  uint32_t imms[3] = {0, 0, 0};
  uint8_t numImms = 0;
  uint64_t constBits = 0;     // i32 (sign-extended), i64, f32, f64 bit patterns
  uint64_t constBitsHigh = 0; // upper half of v128 and shuffle masks
  MemArg mem;
  BlockType block;
  /// ref.null: the type of the result; ref.test, ref.cast: the target type.
  /// br_on_cast, br_on_cast_fail: the target type.
  ValType refType;
  ValType castSource; // br_on_cast, br_on_cast_fail: the source type
  /// br_table: entries without the default, then the default (last). Points
  /// into storage of the cursor, valid until the next call of next().
  llvm::ArrayRef<uint32_t> targets;
  llvm::ArrayRef<ValType> selectTypes; // typed select; lives as targets do
  llvm::ArrayRef<CatchClause> catches; // try_table; lives as targets do
};

/// What the lists of an instruction point into.
struct InstrStorage {
  llvm::SmallVector<uint32_t, 16> targets;
  llvm::SmallVector<ValType, 2> selectTypes;
  llvm::SmallVector<CatchClause, 4> catches;
};

/// Walks the instructions of one function, or of a constant expression.
/// Decoding errors end the walk. Checks the nesting's depth, not its kinds:
/// validation does (TypeStack.h).
class FunctionCursor {
public:
  /// `defined` counts from the first defined function.
  FunctionCursor(const Module &module, uint32_t defined);
  /// Walks a constant expression up to its `end`; `pc` counts from its start.
  static FunctionCursor forConstExpr(const Module &module, ByteRange range) {
    return FunctionCursor(module.bytes, range.begin, range.begin, range.end);
  }

  /// Decodes the next instruction. False at the end of the body or at an
  /// error; takeError() tells which.
  bool next();
  /// The error that ended the walk, or success.
  llvm::Error takeError();

  const Instr &get() const { return instr; }
  /// Nesting before the instruction: 0 at the top level of the function.
  uint32_t getDepth() const { return depth; }
  /// True for the final `end` of the function.
  bool isFunctionEnd() const { return functionEnd; }

private:
  FunctionCursor(Bytes bytes, size_t bodyBegin, size_t codeBegin, size_t end)
      : bytes(bytes), bodyBegin(bodyBegin), pos(codeBegin), bodyEnd(end),
        quickTable(getQuickTable()) {}
  struct QuickEntry;
  static const QuickEntry *getQuickTable();
  bool fail(size_t offset, const char *message);
  bool decodeQuick();
  bool decodeSlow();
  bool updateDepth();

  Bytes bytes;
  size_t bodyBegin, pos, bodyEnd;
  const QuickEntry *quickTable;
  Instr instr;
  uint32_t nextOpidx = 0;
  uint32_t depth = 0, depthAfter = 0;
  bool functionEnd = false, done = false;
  InstrStorage storage;
  size_t errorOffset = 0;
  const char *errorMessage = nullptr;
};

} // namespace whamm::wasm

#endif // WHAMM_WASM_FUNCTIONCURSOR_H
