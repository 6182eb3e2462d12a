//===- Apply.h - A monitor put into a program -------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Does at compile time what an engine does when it loads a program with a
/// monitor: runs the monitor's start function, matches its rules at every site
/// of the program in the engine's order and with the monitor's real state, and
/// binds parameters. The outcome is a plan for the splicer that calls the
/// monitor's functions, and the state in which the monitor is then.
///
//===----------------------------------------------------------------------===//

#ifndef WHAMM_TARGET_WEI_APPLY_H
#define WHAMM_TARGET_WEI_APPLY_H

#include "whamm/Target/Rewrite/InjectionPlan.h"
#include "whamm/Target/Wei/Snapshot.h"

namespace whamm::wei {

/// The module from which a program with probes imports the monitor's functions.
inline constexpr llvm::StringLiteral monitorModule = "whamm:monitor";

/// The module by which monitors look at the program.
inline constexpr llvm::StringLiteral reflectModule = "whamm:reflect";

/// A module of the monitor's group or a library.
struct GroupModule {
  std::string name; // by which others import from it
  const wasm::Module *module;
};

struct ApplyInput {
  const wasm::Module &app; // valid
  std::string appPath;     // what `whamm:reflect` tells of it
  /// The monitor, then its libraries, all of which are instantiated.
  std::vector<GroupModule> group;
  /// Libraries that are instantiated where a module imports from them.
  std::vector<GroupModule> libraries;
  /// How many instructions a call may execute.
  uint64_t limit = 400'000'000;
};

/// A module as it is behind matching.
struct AppliedModule {
  std::string name;
  const wasm::Module *module;
  InstanceState state;
  /// What the program with probes imports from the monitor beside its exports.
  std::vector<std::pair<std::string, uint32_t>> functionExports;
};

struct ApplyResult {
  rewrite::InjectionPlan plan;
  std::vector<AppliedModule> modules; // the monitor, then the others
  std::string matchOutput;            // what they printed
  std::vector<std::string> warnings;
  size_t numRules = 0, numSites = 0;
};

/// Errors: what the engine refuses or does not survive, at which function and
/// offset and for which rule; imports that nobody provides; what monitors can
/// do on an engine only.
llvm::Expected<ApplyResult> applyMonitor(const ApplyInput &input);

} // namespace whamm::wei

#endif // WHAMM_TARGET_WEI_APPLY_H
