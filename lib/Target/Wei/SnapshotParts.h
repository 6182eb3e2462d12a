//===- SnapshotParts.h - Pieces of a snapshot -------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// State as constant expressions and segments.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_WEI_SNAPSHOTPARTS_H
#define WHAMM_LIB_TARGET_WEI_SNAPSHOTPARTS_H

#include "whamm/Target/Wei/Snapshot.h"
#include "whamm/Wasm/Encode.h"

namespace whamm::wei::detail {

using Buffer = llvm::SmallVector<uint8_t, 0>;

/// Bytes of the binary format (5.5) that have no other name in the project.
enum : uint8_t {
  PassiveData = 1,
  ActiveDataWithMemory = 2,
  PassiveElements = 1,
  ActiveElementsWithTable = 2,
  DeclarativeElements = 3,
  ElementExpressions = 4, // added to the others
  FunctionElements = 0,   // the kind of element
  TableWithInit = 0x40,
};

/// The error behind "`what` cannot be kept: ".
llvm::Error prefixError(const llvm::Twine &what, llvm::Error error);

/// Appends limits as they stand in the types of memories and tables.
void appendLimits(wasm::ByteSink &out, const wasm::Limits &limits);

/// Appends an entry of the import section.
void appendImport(wasm::ByteSink &out, const wasm::Import &import);

/// Appends the constant expression of a value, `end` included. Errors: a
/// reference that no constant expression gives.
llvm::Error appendValue(wasm::ByteSink &out, wasm::ValType type,
                        const GlobalValue &value);

/// The spans of a memory that have to be written: all bytes that are not zero,
/// with short runs of zeros among them, so that segments are few.
std::vector<wasm::ByteRange> findContents(llvm::ArrayRef<uint8_t> bytes);

void appendActiveData(wasm::ByteSink &out, uint32_t memory, bool is64,
                      uint64_t offset, llvm::ArrayRef<uint8_t> bytes);

/// Appends active segments that fill a table. Errors as above.
llvm::Error appendTableContents(wasm::VectorSection &elements,
                                const wasm::Module &module, uint32_t table,
                                llvm::ArrayRef<int64_t> contents);

} // namespace whamm::wei::detail

#endif // WHAMM_LIB_TARGET_WEI_SNAPSHOTPARTS_H
