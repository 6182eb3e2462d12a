//===- Frontend.h - From script text to checked tree ------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Entry points of the front end.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_FRONTEND_FRONTEND_H
#define WHAMM_FRONTEND_FRONTEND_H

#include "whamm/Frontend/AST.h"
#include "whamm/Frontend/Diagnostics.h"
#include "whamm/Frontend/Sema.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

#include <memory>

namespace whamm::frontend {

/// Parses buffer `bufferId` of `sources`. After errors, which are in `diags`,
/// the result holds what could be understood.
Script parse(const llvm::SourceMgr &sources, unsigned bufferId,
             ASTContext &context, Diagnostics &diags);

/// A script on its way through the front end, with everything that its trees
/// refer to.
class Frontend {
public:
  /// Takes the text; the buffer's identifier is the file name in messages.
  /// `libraries` outlives the object.
  Frontend(std::unique_ptr<llvm::MemoryBuffer> text,
           const LibraryTable &libraries);

  /// Parses and checks. Null after errors, and if there was nothing to check.
  const CheckedScript *run(bool parseOnly = false);

  const llvm::SourceMgr &getSources() const { return sources; }
  Diagnostics &getDiagnostics() { return diags; }
  const Script &getScript() const { return script; }
  ASTContext &getContext() { return context; }

private:
  const LibraryTable &libraries;
  llvm::SourceMgr sources;
  Diagnostics diags;
  ASTContext context;
  Script script;
  std::unique_ptr<CheckedScript> checked;
};

/// A table without libraries.
const LibraryTable &getNoLibraries();

/// The command `check`: parses and checks the script named on the command
/// line (`-` is standard input) and prints diagnostics to standard error.
///   --dump-ast      prints the parsed tree
///   --dump-checked  prints the checked tree
///   --parse-only    does not check
///   --time          prints how long parsing and checking took
/// `libraries` are what `use` offers. Returns the exit status: 0, or 1 after
/// errors.
int runCheckTool(int argc, char **argv,
                 const LibraryTable &libraries = getNoLibraries());

} // namespace whamm::frontend

#endif // WHAMM_FRONTEND_FRONTEND_H
