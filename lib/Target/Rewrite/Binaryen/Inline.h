//===- Inline.h - Inlining templates at their sites -------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Replaces calls of template functions by copies of their bodies, in
/// Binaryen's representation.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_BINARYEN_INLINE_H
#define WHAMM_LIB_TARGET_REWRITE_BINARYEN_INLINE_H

#include "Expressions.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <string>
#include <vector>

namespace whamm::rewrite::binaryen {

/// A template function as the inliner sees it.
struct InlineTemplate {
  BinaryenExpressionRef body = nullptr;
  BinaryenType result = 0;
  uint32_t numParams = 0;
  llvm::SmallVector<BinaryenType, 8> vars;
  /// Parameters that the body writes.
  llvm::BitVector writtenParams;
  /// Variables that the body may read before it writes them.
  llvm::BitVector zeroedVars;
  unsigned size = 0; // number of expressions
};

/// Looks at a function. False where it cannot be inlined: several results,
/// tail calls, exception handlers, expressions that the table cannot walk,
/// locals without a default, no way to its end, or more locals than
/// `expectedVars` (the reader added some).
bool analyzeTemplate(BinaryenModuleRef module, BinaryenFunctionRef function,
                     uint32_t expectedVars, InlineTemplate &result);

/// A template that may be inlined into a function, with the first of the locals
/// that were set aside there for its parameters, unless they need none, and its
/// variables.
struct InlineCandidate {
  const InlineTemplate *inlined;
  bool hasParamLocals;
  BinaryenIndex firstLocal;
};

/// What was done to a function.
struct InlineResult {
  uint64_t numInlined = 0;
  /// Operands that had to go through locals: what passes may improve.
  uint64_t numAssigned = 0;
};

class Inliner {
public:
  explicit Inliner(BinaryenModuleRef module) : module(module) {}

  /// Inlines the calls in `host` whose targets `candidates` knows, as long as
  /// no more than `growthLimit` expressions are added.
  InlineResult
  run(BinaryenFunctionRef host,
      const llvm::DenseMap<const char *, InlineCandidate> &candidates,
      unsigned growthLimit);

private:
  struct Site {
    BinaryenExpressionRef call;
    Slot slot;
    InlineCandidate candidate;
  };
  /// What a parameter becomes: a local, or a constant to be copied.
  struct Binding {
    BinaryenIndex local = 0;
    BinaryenExpressionRef constant = nullptr;
  };

  /// The bindings of a site and the assignments that have to go first.
  struct Preparation {
    llvm::SmallVector<Binding, 8> bindings;
    llvm::SmallVector<BinaryenExpressionRef, 8> assignments;
  };

  /// False for a site that has to stay a call.
  static bool canExpand(const Site &site);
  BinaryenExpressionRef expand(const Site &site, InlineResult &result);
  void bindParams(const Site &site, Preparation &preparation);
  void bindVars(const Site &site, Preparation &preparation);
  /// Copies the body; sets `returns` where it branches to `label`.
  BinaryenExpressionRef copyBody(const InlineTemplate &inlined,
                                 llvm::ArrayRef<Binding> bindings,
                                 const std::string &label, bool &returns);
  std::string makeLabel();

  BinaryenModuleRef module;
  uint64_t nextLabel = 0;
};

} // namespace whamm::rewrite::binaryen

#endif // WHAMM_LIB_TARGET_REWRITE_BINARYEN_INLINE_H
