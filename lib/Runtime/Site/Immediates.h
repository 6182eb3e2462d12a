//===- Immediates.h - Decoding immediates -----------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_RUNTIME_SITE_IMMEDIATES_H
#define WHAMM_LIB_RUNTIME_SITE_IMMEDIATES_H

#include "ModuleFacts.h"
#include "Opcodes.h"

namespace whamm::site {

/// The immediates of one instruction. What it does not have is 0 or empty.
struct Immediates {
  /// Indices, labels, lanes, counts in encoding order.
  uint32_t plain[3];
  uint32_t numPlain;
  uint64_t bits; // constants; those of i32 sign-extended
  uint32_t memory, align;
  uint64_t offset;
  /// A block type that is an index, else none.
  uint32_t blockType;
  /// A block type that is a value; the type that ref.null, a cast or a typed
  /// select names.
  Type type;
  Type castSource; // br_on_cast, br_on_cast_fail
  /// br_table: all entries, the default last. try_table: where handlers are.
  Array<uint32_t> labels;
};

/// Reads the immediates of a form; the bytes are then behind them.
void readImmediates(Bytes &bytes, ImmForm form, Immediates &out);

/// Goes behind the `end` of a constant expression.
void skipConstExpr(Bytes &bytes);

} // namespace whamm::site

#endif // WHAMM_LIB_RUNTIME_SITE_IMMEDIATES_H
