//===- SiteFacts.h - What is known at match time ----------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The values of static bound names at a place of the application, and what
/// expressions at match time may ask beyond it.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_SITEFACTS_H
#define WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_SITEFACTS_H

#include "whamm/Support/StaticCalls.h"
#include "whamm/Wasm/Events.h"
#include "whamm/Wasm/FunctionCursor.h"
#include "whamm/Wasm/Module.h"

#include "mlir/IR/Operation.h"
#include "llvm/ADT/DenseMap.h"

namespace whamm {

/// What matching has besides the application.
struct StaticContext {
  /// Executes `@static` calls. Null: they are errors.
  StaticCaller *caller = nullptr;
  /// The names of the libraries whose memories are numbered behind those of the
  /// application, as scripts write them.
  llvm::ArrayRef<std::string> memories;
};

/// The results of the `@static` calls of one site. Several expressions may read
/// the same one; it is made once.
using StaticCallResults = llvm::DenseMap<mlir::Operation *, uint64_t>;

/// What is known of a place at match time. Without an instruction: of the
/// module, as global statements see it.
struct SiteFacts {
  const wasm::Module *module = nullptr;
  const StaticContext *context = nullptr;
  StaticCallResults *calls = nullptr;
  uint32_t func = 0;
  wasm::EventId event = 0;
  const wasm::Instr *instr = nullptr;
  uint32_t pc = 0; // 0 at func:entry
  bool isFunctionEnd = false;
  uint32_t instrCount = 0; // block:end
  /// The function of a `ref.func` immediately in front; -1 without one.
  int32_t previousRefFunc = -1;
};

/// A value at match time: integers extended to 64 bits by their signedness,
/// floats as bit patterns, bool as 0 or 1; or a string.
struct StaticValue {
  uint64_t bits = 0;
  llvm::StringRef text;
};

/// What a static bound name denotes: decoded once, looked up per site.
struct StaticFact {
  wasm::BoundSource source;
  int32_t index = 0; // immN
  /// The bytes that memory.init copies, which no script can name.
  bool isSegment = false;
};

/// Decodes the name of a static bound variable; nullopt for what is none.
std::optional<StaticFact> getStaticFact(llvm::StringRef name);

/// Looks a fact up. nullopt where the site does not have it (an immediate
/// beyond the instruction's). Of `targets` it tells only whether it is there.
std::optional<StaticValue> getFact(const StaticFact &fact,
                                   const SiteFacts &site);

} // namespace whamm

#endif // WHAMM_LIB_CONVERSION_PROBETOWASMINJECT_SITEFACTS_H
