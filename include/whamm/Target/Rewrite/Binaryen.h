//===- Binaryen.h - Optimising an instrumented module -----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Stage 2 of rewriting: makes the spliced module fast, in place. Template
/// functions that are to be inlined are, where they are called, and Binaryen's
/// function passes run on the functions in which that pays. Only the bodies of
/// those functions change; every other byte of the module stays what it was,
/// but for what describes these bodies (local names, hints by offset) or is no
/// longer needed.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_TARGET_REWRITE_BINARYEN_H
#define WHAMM_TARGET_REWRITE_BINARYEN_H

#include "whamm/Target/Rewrite/Splice.h"

#include <optional>
#include <string>

namespace whamm::rewrite {

struct BinaryenOptions {
  /// How many expressions inlining may add to one function.
  unsigned growthLimit = 20000;
  /// Run Binaryen's function passes where operands were spilled or had to go
  /// through locals to be inlined.
  bool runPasses = true;
  /// The share of the touched code, in percent, on which passes may run: they
  /// cost several times as much as reading and writing it. Small modules get
  /// them everywhere, large ones on 1 MiB at most.
  unsigned passShare = 25;
  /// Take up every touched function, not only those in which a template is
  /// called or operands were spilled.
  bool allTouched = false;
  /// Where nothing was inlined, the new body is used only if it is smaller, or
  /// not much larger after passes. With this it is used always.
  bool evenIfLarger = false;
};

/// What happened, for remarks and statistics.
struct BinaryenStats {
  /// Set where nothing was done although there was something to do: why.
  std::optional<std::string> skipped;
  unsigned functionsOptimized = 0;
  /// Functions that stay as they were as they use what Binaryen cannot handle.
  unsigned functionsRefused = 0;
  /// Why the first of these was refused, with its function index.
  std::string firstRefusal;
  uint64_t callsInlined = 0, callsKept = 0;
  unsigned templatesRemoved = 0;
};

/// The reason why the linked Binaryen cannot read or not faithfully write the
/// declarations of a module (types, imports, tables, memories, ...), or
/// nullopt. Bodies do not count: see below.
std::optional<std::string> whyUnfaithful(const wasm::Module &module);

/// The same for the body of a defined function of a module whose declarations
/// are fine. Malformed and invalid bodies have a reason too.
std::optional<std::string> whyUnfaithful(const wasm::Module &module,
                                         uint32_t defined);

/// The version of Binaryen that the program was built for.
unsigned getBinaryenVersion();

/// Optimises a spliced module. The result is valid and does the same; functions
/// that Binaryen cannot handle keep their bodies. Errors are internal: Binaryen
/// rejects its own output.
llvm::Expected<std::vector<uint8_t>>
optimizeInPlace(const SpliceResult &spliced,
                const BinaryenOptions &options = {},
                BinaryenStats *stats = nullptr);

} // namespace whamm::rewrite

#endif // WHAMM_TARGET_REWRITE_BINARYEN_H
