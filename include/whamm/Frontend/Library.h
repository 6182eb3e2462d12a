//===- Library.h - What scripts see of a library ----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The functions that `use name;` makes callable, as the checker sees them.
/// How a library is found and read is none of the front end's business.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_FRONTEND_LIBRARY_H
#define WHAMM_FRONTEND_LIBRARY_H

#include "whamm/Frontend/Type.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace whamm::frontend {

/// An exported function of a library.
struct LibraryFunction {
  std::string name;
  /// i32, i64, f32 and f64 only, unless `problem` is set.
  llvm::SmallVector<Type, 4> params;
  /// The empty tuple without a result.
  Type result = Type::Kind::Tuple;
  /// Why scripts cannot call it ("has 2 results", "takes a v128"); else empty.
  std::string problem;
};

/// A library that the command line offers.
struct Library {
  /// The name that scripts use.
  std::string name;
  /// The module name under which programs import it.
  std::string importName;
  std::vector<LibraryFunction> functions;
  /// Has at least one exported memory, which `memid` refers to.
  bool hasMemory = false;

  const LibraryFunction *lookup(llvm::StringRef function) const {
    for (const LibraryFunction &candidate : functions)
      if (candidate.name == function)
        return &candidate;
    return nullptr;
  }
};

/// The libraries that a script can use; `whamm_core` is among them.
class LibraryTable {
public:
  virtual ~LibraryTable() = default;
  /// Null where no library of that name is offered.
  virtual const Library *lookup(llvm::StringRef name) const = 0;
  /// All names, for suggestions.
  virtual std::vector<llvm::StringRef> getNames() const = 0;
};

} // namespace whamm::frontend

#endif // WHAMM_FRONTEND_LIBRARY_H
