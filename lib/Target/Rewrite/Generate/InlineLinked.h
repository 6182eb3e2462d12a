//===- InlineLinked.h - Inlining of library functions -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Inlines small functions that were copied from libraries into the functions
/// of the generated module. Binaryen's own pass is no choice: it would inline
/// functions of scripts as well, and unroll recursion.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_GENERATE_INLINELINKED_H
#define WHAMM_LIB_TARGET_REWRITE_GENERATE_INLINELINKED_H

#include "../Binaryen/Inline.h"

#include "llvm/ADT/SetVector.h"

#include <map>

namespace whamm::rewrite {

class LinkedInliner {
public:
  /// Optimises the functions `linked`, which call each other only, and inlines
  /// them into each other.
  LinkedInliner(BinaryenModuleRef module, llvm::ArrayRef<std::string> linked);

  /// Inlines what is small into a function of the module. True where there was
  /// something to inline.
  bool inlineInto(const std::string &host);
  /// Removes those of the copied functions that none of `callers` reaches.
  void removeUncalled(llvm::ArrayRef<std::string> callers);

private:
  using Names = llvm::SetVector<const char *>; // Binaryen has each name once
  Names findCallees(BinaryenFunctionRef function) const;
  bool settle(const std::string &name);

  BinaryenModuleRef module;
  std::vector<std::string> linked;
  binaryen::Inliner inliner;
  /// What is inlined: small functions without calls.
  std::map<const char *, binaryen::InlineTemplate> inlinable;
};

} // namespace whamm::rewrite

#endif // WHAMM_LIB_TARGET_REWRITE_GENERATE_INLINELINKED_H
