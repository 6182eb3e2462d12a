//===- Events.cpp - Whamm packages, events, modes, bound names --*- C++ -*-===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "whamm/Wasm/BoundNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <vector>

using namespace llvm;
using namespace whamm::wasm;

namespace {
struct PackageInfo {
  StringLiteral name;
  ArrayRef<BoundVar> vars;
  StringLiteral description;
};
} // namespace

#define GET_EVENT_TABLE
#include "whamm/Wasm/Events.inc"
#define GET_PACKAGE_TABLE
#include "whamm/Wasm/Events.inc"
#define GET_EVENT_NAMES
#include "whamm/Wasm/Events.inc"

ArrayRef<EventInfo> whamm::wasm::getEvents() { return eventTable; }

ArrayRef<BoundVar> whamm::wasm::getPackageBoundVars(Package package) {
  return packageTable[static_cast<size_t>(package)].vars;
}

ArrayRef<BoundFn> whamm::wasm::getGlobalBoundFns() { return globalFns; }
ArrayRef<BoundFn> whamm::wasm::getEventBoundFns() { return eventFns; }

std::optional<EventId> whamm::wasm::getEventOf(Opcode opcode) {
  static const std::vector<EventId> byOpcode = [] {
    std::vector<EventId> ids(getOpcodes().size(), EventId(-1));
    for (auto [id, event] : enumerate(eventTable))
      if (event.opcode)
        ids[static_cast<size_t>(*event.opcode)] = id;
    return ids;
  }();
  EventId id = byOpcode[static_cast<size_t>(opcode)];
  if (id == EventId(-1))
    return std::nullopt;
  return id;
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// The N of a family member, where `name` is one of the family `argN`.
static std::optional<int32_t> getFamilyIndex(StringRef family, StringRef name) {
  if (!name.consume_front(family.drop_back()) || name.empty() ||
      !all_of(name, isDigit))
    return std::nullopt;
  int32_t index;
  // One spelling per number: no leading zeros.
  if ((name.size() > 1 && name.front() == '0') || name.getAsInteger(10, index))
    return std::nullopt;
  return index;
}

static std::optional<BoundVar> lookupIn(ArrayRef<BoundVar> vars,
                                        StringRef name) {
  for (const BoundVar &var : vars)
    if (var.index >= 0 && var.name == name)
      return var;
  for (const BoundVar &var : vars) {
    if (var.index >= 0)
      continue;
    if (std::optional<int32_t> index = getFamilyIndex(var.name, name)) {
      BoundVar member = var;
      member.index = *index;
      return member;
    }
  }
  return std::nullopt;
}

std::optional<BoundVar> whamm::wasm::lookupBoundVar(EventId event,
                                                    StringRef name) {
  const EventInfo &info = eventTable[event];
  if (std::optional<BoundVar> var = lookupIn(info.boundVars, name))
    return var;
  return lookupIn(getPackageBoundVars(info.package), name);
}

StringRef whamm::wasm::getPackageName(Package package) {
  return packageTable[static_cast<size_t>(package)].name;
}

StringRef whamm::wasm::getPackageDescription(Package package) {
  return packageTable[static_cast<size_t>(package)].description;
}

StringRef whamm::wasm::getModeName(Mode mode) {
  return modeNames[static_cast<size_t>(mode)];
}

StringRef whamm::wasm::getModeDescription(Mode mode) {
  return modeDescriptions[static_cast<size_t>(mode)];
}

StringRef whamm::wasm::getReportModeName(EventId event, Mode mode) {
  // Block-like events, `else` included, are those that have an inside.
  bool isBlock = is_contained(eventTable[event].modes, Mode::Entry);
  switch (mode) {
  case Mode::None:
    return "<no-mode>";
  case Mode::After:
    return isBlock ? "semantic_after" : "after";
  case Mode::Alt:
    return isBlock ? "block_alt" : "alt";
  case Mode::AtTarget:
    return "semantic_after";
  default:
    return getModeName(mode);
  }
}

std::string whamm::wasm::getDerivation(const BoundVar &var) {
  bool isMember =
      var.index < 0 || getMemberName(var.source, var.index) == var.name;
  if (var.source == BoundSource::Arg || var.source == BoundSource::Imm)
    return isMember ? "" : getMemberName(var.source, var.index);
  if (var.lifetime == Lifetime::Dynamic)
    for (const auto &[source, text] : derivations)
      if (source == var.source)
        return text.str();
  return "";
}

StringRef whamm::wasm::getBoundTypeName(BoundType type) {
  return boundTypeNames[static_cast<size_t>(type)];
}

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

/// The length of the set `[...]` that `pattern` starts with, 0 where it is not
/// closed. The first member may be `]`.
static size_t getSetLength(StringRef pattern) {
  size_t first = pattern.substr(1).starts_with("!") ? 2 : 1;
  size_t close = pattern.find(']', first + 1);
  return close == StringRef::npos ? 0 : close + 1;
}

static bool matchSet(StringRef set, char c) {
  StringRef members = set.drop_front().drop_back();
  bool negated = members.consume_front("!");
  bool found =
      any_of(members, [&](char member) { return toLower(member) == c; });
  return found != negated;
}

/// Matches one pattern element that takes one character; says how long the
/// element is, or 0 where it does not match.
static size_t matchOne(StringRef pattern, char c) {
  if (pattern.front() == '?')
    return 1;
  if (pattern.front() == '[')
    if (size_t length = getSetLength(pattern))
      return matchSet(pattern.take_front(length), c) ? length : 0;
  return toLower(pattern.front()) == c ? 1 : 0;
}

/// Matches without alternatives. Going back to the last `*` only is enough,
/// and keeps the time bounded by the product of the lengths.
static bool matchAlternative(StringRef pattern, StringRef name) {
  size_t p = 0, n = 0, starPattern = StringRef::npos, starName = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      starPattern = ++p;
      starName = n;
      continue;
    }
    size_t length =
        p < pattern.size() ? matchOne(pattern.substr(p), toLower(name[n])) : 0;
    if (length != 0) {
      p += length;
      ++n;
      continue;
    }
    if (starPattern == StringRef::npos)
      return false;
    p = starPattern;
    n = ++starName;
  }
  return pattern.substr(p).find_first_not_of('*') == StringRef::npos;
}

bool whamm::wasm::matchGlob(StringRef pattern, StringRef name) {
  if (pattern.empty())
    return true;
  SmallVector<StringRef, 4> alternatives;
  pattern.split(alternatives, '|');
  return any_of(alternatives, [&](StringRef alternative) {
    return matchAlternative(alternative, name);
  });
}

static std::optional<GlobError> checkAlternative(StringRef pattern,
                                                 size_t offset) {
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern.substr(i).starts_with("**") && pattern != "**")
      return GlobError{offset + i, "'**' must stand alone; use '*'"};
    if (pattern[i] != '[')
      continue;
    size_t length = getSetLength(pattern.substr(i));
    if (length == 0)
      return GlobError{offset + i, "expected ']' to close this set"};
    i += length - 1;
  }
  return std::nullopt;
}

std::optional<GlobError> whamm::wasm::checkGlob(StringRef pattern) {
  SmallVector<StringRef, 4> alternatives;
  pattern.split(alternatives, '|');
  for (StringRef alternative : alternatives)
    if (auto error =
            checkAlternative(alternative, alternative.data() - pattern.data()))
      return error;
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

/// Appends the matches of an event, or says which part failed.
static std::optional<unsigned> matchEvent(EventId id, ArrayRef<StringRef> parts,
                                          SmallVectorImpl<RuleMatch> &matches) {
  const EventInfo &event = eventTable[id];
  bool hasName = event.package >= Package::Func;
  bool hasMode = event.modes.front() != Mode::None;
  size_t needed = hasMode ? 4 : hasName ? 3 : 2;
  if (parts.empty() || !matchGlob(parts[0], "wasm"))
    return 0;
  if (parts.size() < 2 || !matchGlob(parts[1], getPackageName(event.package)))
    return 1;
  if (hasName && parts.size() > 2 && !matchGlob(parts[2], event.name))
    return 2;
  if (parts.size() != needed)
    return std::min<size_t>(parts.size(), needed);
  if (!hasMode) {
    matches.push_back({id, Mode::None});
    return std::nullopt;
  }
  size_t before = matches.size();
  for (Mode mode : event.modes)
    if (matchGlob(parts[3], getModeName(mode)))
      matches.push_back({id, mode});
  return matches.size() == before ? std::optional<unsigned>(3) : std::nullopt;
}

SmallVector<RuleMatch> whamm::wasm::matchRule(const RuleParts &rule,
                                              unsigned *failedPart) {
  SmallVector<RuleMatch> matches;
  unsigned failed = 0;
  for (EventId id = 0; id != std::size(eventTable); ++id)
    if (std::optional<unsigned> part = matchEvent(id, rule.parts, matches))
      failed = std::max(failed, *part);
  if (failedPart)
    *failedPart = failed;
  return matches;
}
