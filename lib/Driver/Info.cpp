//===- Info.cpp - `whamm info` ----------------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Driver/Driver.h"

#include "whamm/Wasm/BoundNames.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;
using namespace whamm;

static constexpr StringLiteral usage =
    R"(usage: whamm info -r RULE [-v] [-f]

Lists the packages, events and modes that a rule matches. Each part of the rule
may use *, ?, [abc], [!abc] and |:

  whamm info -r 'wasm:opcode:*.load*:before' -v

  -r, --rule RULE   the rule, as in front of a probe
  -v, --vars        with the variables that each level binds
  -f, --functions   with the functions that each level binds
)";

namespace {
struct InfoOptions {
  std::optional<StringRef> rule;
  bool vars = false, functions = false;

  bool parse(ArrayRef<char *> args);
};
} // namespace

bool InfoOptions::parse(ArrayRef<char *> args) {
  for (size_t i = 0; i < args.size(); ++i) {
    StringRef arg = args[i];
    if (arg == "-v" || arg == "--vars")
      vars = true;
    else if (arg == "-f" || arg == "--functions")
      functions = true;
    else if (arg == "-vf" || arg == "-fv")
      vars = functions = true;
    else if ((arg == "-r" || arg == "--rule") && i + 1 < args.size() && !rule)
      rule = args[++i];
    else if (arg.consume_front("--rule=") && !rule)
      rule = arg;
    else
      return false;
  }
  return rule.has_value();
}

//===----------------------------------------------------------------------===//
// Levels
//===----------------------------------------------------------------------===//

static void printTitle(const Twine &name, StringRef description) {
  WithColor(outs(), HighlightColor::Attribute) << name;
  if (!description.empty())
    outs() << "  " << description;
  outs() << "\n";
}

static void printVars(ArrayRef<wasm::BoundVar> vars, unsigned indent) {
  if (vars.empty())
    return;
  outs().indent(indent) << "variables:\n";
  for (const wasm::BoundVar &var : vars) {
    bool isStatic = var.lifetime == wasm::Lifetime::Static;
    outs().indent(indent + 2) << formatv("{0,-18} {1,-8} {2,-8} ", var.name,
                                         wasm::getBoundTypeName(var.type),
                                         isStatic ? "static" : "dynamic")
                              << var.description;
    std::string derivation = wasm::getDerivation(var);
    if (!derivation.empty())
      outs() << "  ==> " << derivation;
    outs() << "\n";
  }
}

static void printFunctions(ArrayRef<wasm::BoundFn> functions, unsigned indent) {
  if (functions.empty())
    return;
  outs().indent(indent) << "functions:\n";
  for (const wasm::BoundFn &function : functions)
    outs().indent(indent + 2) << function.name << function.signature << "  "
                              << function.description << "\n";
}

/// What string variables offer everywhere.
static constexpr wasm::BoundFn stringMethods[] = {
    {"s.len", "() -> u32", "Length of a string variable in bytes."},
    {"s.addr", "() -> u32", "Its address in the instrumentation memory."},
    {"s.starts_with", "(str) -> bool", "True where it begins with another."},
    {"s.ends_with", "(str) -> bool", "True where it ends with another."},
    {"s.contains", "(str) -> bool", "True where another occurs in it."},
};

static void printGlobal(const InfoOptions &options) {
  if (!options.functions)
    return;
  printTitle("everywhere", "");
  printFunctions(wasm::getGlobalBoundFns(), 2);
  outs() << "  methods of strings:\n";
  for (const wasm::BoundFn &method : stringMethods)
    outs() << "    " << method.name << method.signature << "  "
           << method.description << "\n";
  outs() << "\n";
}

static void printPackage(wasm::Package package, const InfoOptions &options) {
  printTitle("wasm:" + wasm::getPackageName(package),
             wasm::getPackageDescription(package));
  if (options.vars)
    printVars(wasm::getPackageBoundVars(package), 2);
}

/// One event with the modes that matched.
static void printEvent(wasm::EventId id, ArrayRef<wasm::Mode> modes,
                       const InfoOptions &options) {
  const wasm::EventInfo &event = wasm::getEvents()[id];
  if (!event.name.empty()) {
    outs() << "  ";
    printTitle("wasm:" + wasm::getPackageName(event.package) + ":" + event.name,
               event.description);
  }
  if (options.vars)
    printVars(event.boundVars, 4);
  if (options.functions) {
    SmallVector<wasm::BoundFn> functions;
    for (StringRef name : event.boundFns)
      for (const wasm::BoundFn &function : wasm::getEventBoundFns())
        if (function.name == name)
          functions.push_back(function);
    printFunctions(functions, 4);
  }
  for (wasm::Mode mode : modes)
    if (mode != wasm::Mode::None) {
      outs() << "    ";
      printTitle(wasm::getModeName(mode), wasm::getModeDescription(mode));
    }
}

static void printMatches(ArrayRef<wasm::RuleMatch> matches,
                         const InfoOptions &options) {
  std::optional<wasm::Package> package;
  while (!matches.empty()) {
    wasm::EventId event = matches.front().event;
    auto sameEvent = matches.take_while(
        [&](const wasm::RuleMatch &match) { return match.event == event; });
    matches = matches.drop_front(sameEvent.size());
    wasm::Package owner = wasm::getEvents()[event].package;
    if (owner != package)
      printPackage(owner, options);
    package = owner;
    SmallVector<wasm::Mode> modes;
    for (const wasm::RuleMatch &match : sameEvent)
      modes.push_back(match.mode);
    printEvent(event, modes, options);
  }
}

//===----------------------------------------------------------------------===//
// The command
//===----------------------------------------------------------------------===//

/// Says why the rule matches nothing.
static int reportNoMatch(StringRef text, std::optional<unsigned> failed) {
  static constexpr StringLiteral names[] = {"provider", "package", "event",
                                            "mode"};
  WithColor::error() << "rule '" << text << "' matches nothing";
  if (failed)
    errs() << ": no " << names[*failed] << " fits";
  errs() << "\n";
  return exitFailure;
}

int whamm::runInfo(int argc, char **argv) {
  ArrayRef<char *> args(argv + 1, argc - 1);
  for (StringRef arg : args)
    if (arg == "--help" || arg == "-h") {
      outs() << usage;
      return exitSuccess;
    }
  InfoOptions options;
  if (!options.parse(args)) {
    errs() << usage;
    return exitUsage;
  }
  wasm::RuleParts rule;
  options.rule->split(rule.parts, ':');
  for (StringRef part : rule.parts)
    if (auto error = wasm::checkGlob(part)) {
      WithColor::error() << "malformed pattern '" << part
                         << "': " << error->message << "\n";
      return exitFailure;
    }
  if (rule.parts.size() < 2 || rule.parts.size() > 4)
    return reportNoMatch(*options.rule, std::nullopt);
  unsigned failed = 0;
  SmallVector<wasm::RuleMatch> matches = wasm::matchRule(rule, &failed);
  if (matches.empty())
    return reportNoMatch(*options.rule, failed);
  printGlobal(options);
  printMatches(matches, options);
  return exitSuccess;
}
