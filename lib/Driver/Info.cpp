//===- Info.cpp - `whamm info` ----------------------------------*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Driver/Driver.h"

#include "whamm/Wasm/Events.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;
using namespace whamm;

static constexpr StringLiteral usage =
    R"(usage: whamm info --rule GLOB

Lists the events and modes that a rule matches, with the names and functions
that they bind. Each part of a rule may use *, ?, [abc], [!abc] and |:

  whamm info --rule 'wasm:opcode:*.load*:before'
)";

static void printVars(ArrayRef<wasm::BoundVar> vars) {
  for (const wasm::BoundVar &var : vars) {
    outs() << formatv("    {0,-18} {1,-8} {2,-8} ", var.name,
                      wasm::getBoundTypeName(var.type),
                      var.lifetime == wasm::Lifetime::Static ? "static"
                                                             : "dynamic")
           << var.description << "\n";
  }
}

static void printFunctions(ArrayRef<wasm::BoundFn> functions) {
  for (const wasm::BoundFn &function : functions)
    outs() << formatv("    {0}{1}  ", function.name, function.signature)
           << function.description << "\n";
}

/// One event with the modes that matched.
static void printEvent(wasm::EventId id, ArrayRef<wasm::Mode> modes) {
  const wasm::EventInfo &event = wasm::getEvents()[id];
  outs() << "wasm:" << wasm::getPackageName(event.package);
  if (!event.name.empty())
    outs() << ":" << event.name;
  outs() << "\n";
  if (!event.description.empty())
    outs() << "  " << event.description << "\n";
  if (modes.front() != wasm::Mode::None) {
    outs() << "  modes:";
    for (wasm::Mode mode : modes)
      outs() << " " << wasm::getModeName(mode);
    outs() << "\n";
  }
  if (!event.boundVars.empty()) {
    outs() << "  variables:\n";
    printVars(event.boundVars);
  }
  if (event.boundFns.empty())
    return;
  outs() << "  functions:\n";
  for (StringRef name : event.boundFns)
    for (const wasm::BoundFn &function : wasm::getEventBoundFns())
      if (function.name == name)
        printFunctions(function);
}

static void printMatches(ArrayRef<wasm::RuleMatch> matches) {
  std::optional<wasm::Package> package;
  while (!matches.empty()) {
    wasm::EventId event = matches.front().event;
    auto sameEvent = matches.take_while(
        [&](const wasm::RuleMatch &match) { return match.event == event; });
    matches = matches.drop_front(sameEvent.size());
    wasm::Package owner = wasm::getEvents()[event].package;
    if (owner != package) {
      package = owner;
      outs() << "in every probe of wasm:" << wasm::getPackageName(owner)
             << "\n";
      printVars(wasm::getPackageBoundVars(owner));
      outs() << "\n";
    }
    SmallVector<wasm::Mode> modes;
    for (const wasm::RuleMatch &match : sameEvent)
      modes.push_back(match.mode);
    printEvent(event, modes);
  }
}

/// The rule of the command line; nothing after a mistake.
static std::optional<StringRef> parseRule(int argc, char **argv) {
  if (StringRef arg = argc > 1 ? argv[1] : "";
      argc == 2 && arg.consume_front("--rule="))
    return arg;
  if (argc == 3 && is_contained({"--rule", "-r"}, StringRef(argv[1])))
    return StringRef(argv[2]);
  errs() << usage;
  return std::nullopt;
}

int whamm::runInfo(int argc, char **argv) {
  for (StringRef arg : ArrayRef(argv, argc).drop_front())
    if (arg == "--help" || arg == "-h") {
      outs() << usage;
      return exitSuccess;
    }
  std::optional<StringRef> text = parseRule(argc, argv);
  if (!text)
    return exitUsage;
  wasm::RuleParts rule;
  text->split(rule.parts, ':');
  for (StringRef part : rule.parts)
    if (auto error = wasm::checkGlob(part)) {
      WithColor::error() << "malformed pattern '" << part
                         << "': " << error->message << "\n";
      return exitFailure;
    }
  unsigned failed = 0;
  bool isRule = rule.parts.size() >= 2 && rule.parts.size() <= 4;
  auto matches =
      isRule ? wasm::matchRule(rule, &failed) : SmallVector<wasm::RuleMatch>();
  if (matches.empty()) {
    static constexpr StringLiteral names[] = {"provider", "package", "event",
                                              "mode"};
    WithColor::error() << "rule '" << *text << "' matches nothing";
    if (isRule)
      errs() << ": no " << names[failed] << " fits";
    errs() << "\n";
    return exitFailure;
  }
  printMatches(matches);
  outs() << "\nfunctions everywhere\n";
  printFunctions(wasm::getGlobalBoundFns());
  return exitSuccess;
}
