//===- Compat.h - Differences between Binaryen's versions -------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Everything that depends on the version of the linked Binaryen (108 to 120),
/// and what its C API keeps for the whole process.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_TARGET_REWRITE_BINARYEN_COMPAT_H
#define WHAMM_LIB_TARGET_REWRITE_BINARYEN_COMPAT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <binaryen-c.h>

#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

namespace whamm::rewrite::binaryen {

struct ModuleDeleter {
  void operator()(BinaryenModuleRef module) const {
    BinaryenModuleDispose(module);
  }
};
using OwnedModule =
    std::unique_ptr<std::remove_pointer_t<BinaryenModuleRef>, ModuleDeleter>;

/// Sets the process-wide options as this library needs them and restores them
/// at the end. One at a time: holds a lock.
class GlobalOptions {
public:
  GlobalOptions();
  ~GlobalOptions();
  GlobalOptions(const GlobalOptions &) = delete;
  GlobalOptions &operator=(const GlobalOptions &) = delete;

private:
  bool debugInfo;
  int optimizeLevel, shrinkLevel;
};

/// The features that a module is read, validated and written with: all that
/// the table of faithful things can let through. Typed references and garbage
/// collection stay off: with them on, function references are written with
/// types of their own.
BinaryenFeatures getFeatures();

/// Reads a module and sets its features. The bytes must be within the table:
/// the reader ends the process on others.
OwnedModule readModule(llvm::MutableArrayRef<uint8_t> bytes);

/// Validates. On failure `message` gets what Binaryen says, which would
/// otherwise go to the standard error output.
bool validateModule(BinaryenModuleRef module, std::string &message);

std::vector<uint8_t> writeModule(BinaryenModuleRef module);

/// Runs passes on one function of a module.
void runPasses(BinaryenFunctionRef function, BinaryenModuleRef module,
               llvm::ArrayRef<const char *> passes);

/// A default value for a variable of this type, or null where it has none.
BinaryenExpressionRef makeZero(BinaryenModuleRef module, BinaryenType type);

} // namespace whamm::rewrite::binaryen

#endif // WHAMM_LIB_TARGET_REWRITE_BINARYEN_COMPAT_H
