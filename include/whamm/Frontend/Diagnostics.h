//===- Diagnostics.h - Errors and warnings about scripts --------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Collects diagnostics and prints them the way clang does: position, message,
/// source line, caret and range, suggested replacement, notes.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_FRONTEND_DIAGNOSTICS_H
#define WHAMM_FRONTEND_DIAGNOSTICS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

#include <deque>
#include <string>
#include <vector>

namespace whamm::frontend {

enum class Severity : uint8_t { Error, Warning, Note };

/// One message with its notes.
struct Diagnostic {
  Severity severity;
  llvm::SMRange range;
  std::string message;
  /// Replacement of `range` that would mend it; empty if there is none.
  std::string fixIt;
  std::vector<Diagnostic> notes;

  /// Appends a note and returns this diagnostic.
  Diagnostic &note(llvm::SMRange where, const llvm::Twine &text);
  /// Suggests to write `text` in place of the range.
  Diagnostic &replaceBy(llvm::StringRef text);
};

/// The diagnostics of one run.
class Diagnostics {
public:
  explicit Diagnostics(const llvm::SourceMgr &sources) : sources(sources) {}

  /// The result is valid until the diagnostics are printed or cleared.
  Diagnostic &error(llvm::SMRange range, const llvm::Twine &message);
  Diagnostic &warning(llvm::SMRange range, const llvm::Twine &message);

  /// True where an error about exactly this range was reported before.
  bool hasErrorAt(llvm::SMRange range) const;

  unsigned getNumErrors() const { return numErrors; }
  unsigned getNumWarnings() const { return numWarnings; }
  const std::deque<Diagnostic> &getAll() const { return list; }

  /// Line and column of a place, from 1; columns count characters.
  std::pair<unsigned, unsigned> getLineAndColumn(llvm::SMLoc loc) const;

  /// Prints everything in source order, at most `limit` errors. Coloured where
  /// the stream is a terminal that has colours.
  void print(llvm::raw_ostream &os, unsigned limit = 20) const;

private:
  void printOne(llvm::raw_ostream &os, const Diagnostic &diag) const;

  const llvm::SourceMgr &sources;
  std::deque<Diagnostic> list;
  unsigned numErrors = 0;
  unsigned numWarnings = 0;
};

/// The candidate nearest to `name` by edit distance, if it is near enough to
/// be a likely misspelling; else "".
llvm::StringRef findSimilar(llvm::StringRef name,
                            llvm::ArrayRef<llvm::StringRef> candidates);

} // namespace whamm::frontend

#endif // WHAMM_FRONTEND_DIAGNOSTICS_H
