//===- Splice.h - Putting generated code into a module ----------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Stage 1 of rewriting: copies the application and puts the plan's code at
/// exactly the places that the plan names. Everything that the application
/// does, it still does; code without sites keeps its instructions byte for
/// byte, but for relocated function indices.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_TARGET_REWRITE_SPLICE_H
#define WHAMM_TARGET_REWRITE_SPLICE_H

#include "whamm/Target/Rewrite/InjectionPlan.h"
#include "whamm/Wasm/Module.h"

#include "llvm/Support/Error.h"

namespace whamm::rewrite {

/// What a probe asks for cannot be done at one of its places.
class SiteError : public llvm::ErrorInfo<SiteError> {
public:
  static char ID;
  SiteError(const Template &source, std::string message)
      : name(source.name), location(source.location),
        message(std::move(message)) {}
  /// `TEMPLATE: at function 3 ('f'), pc 17: what is wrong`
  void log(llvm::raw_ostream &os) const override;
  std::error_code convertToErrorCode() const override {
    return llvm::inconvertibleErrorCode();
  }
  /// The same without the template.
  llvm::StringRef getMessage() const { return message; }
  const ScriptLocation &getLocation() const { return location; }

private:
  std::string name;
  ScriptLocation location;
  std::string message;
};

struct SpliceOptions {
  /// Templates of at most this many encoded bytes are put in as bytes; larger
  /// ones that have several sites are called.
  unsigned inlineLimit = 48;
};

/// A template that became a function, which is called at sites.
struct CalledTemplate {
  uint32_t function = 0;  // index in the output
  bool isInlined = false; // see Template
};

/// The output and what the next stage needs to know of it.
struct SpliceResult {
  std::vector<uint8_t> bytes;
  std::vector<CalledTemplate> calledTemplates;
  /// Function indices in the output (ascending) of application functions that
  /// got code.
  std::vector<uint32_t> touchedFunctions;
  /// Those of them (ascending) in which operands or results went through fresh
  /// locals: where optimisation may win the detour back.
  std::vector<uint32_t> spilledFunctions;
  uint64_t sitesInlined = 0, sitesCalled = 0;
};

/// Builds the instrumented module. `app` must have been parsed from bytes that
/// still live. Errors: malformed bodies (ReadError), a plan that names
/// functions or instructions that do not exist, engine limits exceeded.
llvm::Expected<SpliceResult> splice(const wasm::Module &app,
                                    const InjectionPlan &plan,
                                    const SpliceOptions &options = {});

} // namespace whamm::rewrite

#endif // WHAMM_TARGET_REWRITE_SPLICE_H
