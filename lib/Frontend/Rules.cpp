//===- Rules.cpp - Probe rules and type bounds ----------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Rules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace whamm;
using namespace whamm::frontend;

std::string frontend::getMatchName(wasm::EventId event, wasm::Mode mode) {
  const wasm::EventInfo &info = wasm::getEvents()[event];
  std::string name = ("wasm:" + wasm::getPackageName(info.package)).str();
  if (!info.name.empty())
    name += (":" + info.name).str();
  if (mode != wasm::Mode::None)
    name += (":" + wasm::getModeName(mode)).str();
  return name;
}

//===----------------------------------------------------------------------===//
// Operands and results
//===----------------------------------------------------------------------===//

std::optional<Type> frontend::getScriptType(wasm::StackType type) {
  switch (type) {
  case wasm::StackType::I32:
    return Type(Type::Kind::I32);
  case wasm::StackType::I64:
    return Type(Type::Kind::I64);
  case wasm::StackType::F32:
    return Type(Type::Kind::F32);
  case wasm::StackType::F64:
    return Type(Type::Kind::F64);
  default:
    return std::nullopt;
  }
}

std::optional<Type> frontend::getResultType(wasm::EventId id) {
  const wasm::EventInfo &event = wasm::getEvents()[id];
  if (!event.opcode)
    return Type(Type::Kind::Tuple);
  const wasm::OpcodeInfo &info = wasm::getOpcodeInfo(*event.opcode);
  if (info.rule != wasm::TypeRule::Fixed || info.isBlockLike)
    return std::nullopt;
  if (!info.numResults)
    return Type(Type::Kind::Tuple);
  // What scripts see of it wins: it says whether it is signed.
  std::optional<wasm::BoundVar> own = wasm::lookupBoundVar(id, "res0");
  Type declared = own ? getTypeOf(own->type) : Type();
  std::optional<Type> type = getScriptType(info.resultTypes[0]);
  return type && !declared.isError() ? declared : type;
}

static unsigned getRepresentation(Type type) {
  if (type.isBool())
    return 32;
  if (type.isFloat())
    return 1000 + type.getBitWidth();
  return std::max(32u, type.getBitWidth());
}

bool frontend::haveSameRepresentation(Type a, Type b) {
  auto isScalar = [](Type type) { return type.isNumeric() || type.isBool(); };
  if (isScalar(a) && isScalar(b))
    return getRepresentation(a) == getRepresentation(b);
  return a == b;
}

//===----------------------------------------------------------------------===//
// Rules that match nothing
//===----------------------------------------------------------------------===//

namespace {
/// Finds out why a rule matches nothing, from the first part to the last.
class RuleDoctor {
public:
  RuleDoctor(const ProbeDecl &probe, Diagnostics &diags)
      : parts(probe.rule), range(probe.range), diags(diags) {}

  void explain();

private:
  using Filter = llvm::function_ref<bool(const wasm::EventInfo &)>;
  using Namer = llvm::function_ref<llvm::StringRef(const wasm::EventInfo &)>;

  static bool matches(const RulePart &part, llvm::StringRef name) {
    return wasm::matchGlob(part.pattern, name);
  }
  /// Keeps the events that pass; false if none does.
  bool keep(Filter filter);
  void reportPart(unsigned part, llvm::StringRef what, llvm::StringRef where,
                  llvm::ArrayRef<llvm::StringRef> names);
  void explainEvent();
  void explainMode();
  void error(llvm::SMRange where, const llvm::Twine &message) {
    diags.error(where, message);
  }
  /// `package 'opcode'`, or `the matched packages`.
  std::string describe(llvm::StringRef what, unsigned part) const;
  llvm::SmallVector<llvm::StringRef> getNames(Namer namer) const;

  llvm::ArrayRef<RulePart> parts;
  llvm::SMRange range;
  Diagnostics &diags;
  llvm::SmallVector<const wasm::EventInfo *> events;
};
} // namespace

static bool isPlain(llvm::StringRef pattern) {
  return !pattern.empty() &&
         pattern.find_first_of("*?[]|") == llvm::StringRef::npos;
}

bool RuleDoctor::keep(Filter filter) {
  llvm::SmallVector<const wasm::EventInfo *> kept;
  for (const wasm::EventInfo *event : events)
    if (filter(*event))
      kept.push_back(event);
  // The candidates of the level that failed stay, for suggestions.
  if (kept.empty())
    return false;
  events = std::move(kept);
  return true;
}

std::string RuleDoctor::describe(llvm::StringRef what, unsigned part) const {
  if (!isPlain(parts[part].pattern))
    return ("the matched " + what + "s").str();
  return (what + " '" + parts[part].pattern + "'").str();
}

llvm::SmallVector<llvm::StringRef> RuleDoctor::getNames(Namer namer) const {
  llvm::SmallVector<llvm::StringRef> names;
  for (const wasm::EventInfo *event : events)
    if (!llvm::is_contained(names, namer(*event)))
      names.push_back(namer(*event));
  return names;
}

void RuleDoctor::reportPart(unsigned part, llvm::StringRef what,
                            llvm::StringRef where,
                            llvm::ArrayRef<llvm::StringRef> names) {
  const RulePart &rulePart = parts[part];
  if (!isPlain(rulePart.pattern))
    return error(rulePart.range,
                 "no " + what + " matches '" + rulePart.pattern + "'" + where);
  std::string message =
      ("no " + what + " '" + rulePart.pattern + "'" + where).str();
  llvm::StringRef similar = findSimilar(rulePart.pattern, names);
  if (!similar.empty())
    message += ("; did you mean '" + similar + "'?").str();
  diags.error(rulePart.range, message).replaceBy(similar);
}

void RuleDoctor::explain() {
  for (const wasm::EventInfo &event : wasm::getEvents())
    events.push_back(&event);
  if (!matches(parts[0], "wasm"))
    return reportPart(0, "provider", "", {"wasm"});
  if (!keep([&](const wasm::EventInfo &event) {
        return matches(parts[1], wasm::getPackageName(event.package));
      }))
    return reportPart(1, "package", " in provider 'wasm'",
                      getNames([](const wasm::EventInfo &event) {
                        return wasm::getPackageName(event.package);
                      }));
  if (parts.size() == 2)
    return error(range,
                 "the rule has to name an event of " + describe("package", 1));
  explainEvent();
}

void RuleDoctor::explainEvent() {
  if (!keep([](const wasm::EventInfo &event) { return !event.name.empty(); }))
    return error(parts[2].range, describe("package", 1) + " has no events");
  if (!keep([&](const wasm::EventInfo &event) {
        return matches(parts[2], event.name);
      }))
    return reportPart(
        2, "event", " in " + describe("package", 1),
        getNames([](const wasm::EventInfo &event) { return event.name; }));
  explainMode();
}

void RuleDoctor::explainMode() {
  auto hasModes = [](const wasm::EventInfo &event) {
    return event.modes.front() != wasm::Mode::None;
  };
  if (parts.size() == 3) {
    std::string names = llvm::join(
        llvm::map_range(events.front()->modes, wasm::getModeName), ", ");
    return error(range, "the rule has to name a mode of " +
                            describe("event", 2) + ": " + names);
  }
  if (!keep(hasModes))
    return error(parts[3].range, describe("event", 2) + " has no modes");
  llvm::SmallVector<llvm::StringRef> names;
  for (const wasm::EventInfo *event : events)
    for (wasm::Mode mode : event->modes)
      if (!llvm::is_contained(names, wasm::getModeName(mode)))
        names.push_back(wasm::getModeName(mode));
  reportPart(3, "mode", " of " + describe("event", 2), names);
}

//===----------------------------------------------------------------------===//
// Rules and bounds
//===----------------------------------------------------------------------===//

static bool checkPatterns(const ProbeDecl &probe, Diagnostics &diags) {
  bool good = true;
  for (const RulePart &part : probe.rule) {
    std::optional<wasm::GlobError> bad = wasm::checkGlob(part.pattern);
    if (!bad)
      continue;
    const char *place = part.pattern.data() + bad->offset;
    diags.error({llvm::SMLoc::getFromPointer(place), part.range.End},
                "malformed pattern: " + bad->message);
    good = false;
  }
  return good;
}

std::optional<std::vector<wasm::RuleMatch>>
frontend::resolveRule(const ProbeDecl &probe, Diagnostics &diags) {
  if (!checkPatterns(probe, diags))
    return std::nullopt;
  wasm::RuleParts parts;
  for (const RulePart &part : probe.rule)
    parts.parts.push_back(part.pattern);
  llvm::SmallVector<wasm::RuleMatch> matches = wasm::matchRule(parts);
  if (matches.empty()) {
    RuleDoctor(probe, diags).explain();
    return std::nullopt;
  }
  return std::vector<wasm::RuleMatch>(matches.begin(), matches.end());
}

/// The event's own type of a bounded name, where that forbids the bound.
static bool isStaticInSomeEvent(llvm::StringRef name,
                                llvm::ArrayRef<wasm::RuleMatch> matches) {
  return llvm::any_of(matches, [&](const wasm::RuleMatch &match) {
    std::optional<wasm::BoundVar> var = wasm::lookupBoundVar(match.event, name);
    if (!var || var->lifetime != wasm::Lifetime::Static)
      return false;
    // `immN` of a family may be bounded, a declared `imm0` with a type not.
    bool isDeclared = llvm::any_of(
        wasm::getEvents()[match.event].boundVars,
        [&](const wasm::BoundVar &own) { return own.name == name; });
    return var->source != wasm::BoundSource::Imm ||
           (isDeclared && var->type != wasm::BoundType::Unknown);
  });
}

static bool checkBound(const TypedName &bound,
                       llvm::ArrayRef<wasm::RuleMatch> matches,
                       Diagnostics &diags) {
  auto fail = [&](llvm::SMRange range, const llvm::Twine &message) {
    diags.error(range, message);
    return false;
  };
  if (isStaticInSomeEvent(bound.name, matches))
    return fail(bound.nameRange,
                "'" + bound.name + "' is static and cannot have a type bound");
  std::optional<FamilyMember> member = getFamilyMember(bound.name);
  if (!member)
    return fail(bound.nameRange, "a type bound applies to argN, resN, localN "
                                 "or immN, not to '" +
                                     bound.name + "'");
  bool isValue = bound.type.isNumeric() || bound.type.isBool() ||
                 bound.type.getKind() == Type::Kind::FuncRef;
  if (!isValue)
    return fail(bound.typeRange,
                "a type bound cannot be of type '" + bound.type.str() + "'");
  bool isAfter = llvm::all_of(matches, [](const wasm::RuleMatch &match) {
    return match.mode == wasm::Mode::After;
  });
  if (member->source == wasm::BoundSource::Res && !isAfter)
    return fail(bound.nameRange,
                "'" + bound.name + "' is available in 'after' probes only");
  wasm::Package package = wasm::getEvents()[matches.front().event].package;
  if (package < wasm::Package::Func)
    return fail(bound.nameRange, "'wasm:" + wasm::getPackageName(package) +
                                     "' has no operands or locals");
  return true;
}

std::optional<llvm::SmallVector<CheckedBound, 2>>
frontend::resolveBounds(const ProbeDecl &probe,
                        llvm::ArrayRef<wasm::RuleMatch> matches,
                        Diagnostics &diags) {
  llvm::SmallVector<CheckedBound, 2> bounds;
  bool good = true;
  for (const auto &[index, part] : llvm::enumerate(probe.rule)) {
    for (const TypedName &bound : part.bounds) {
      if (index == 3) {
        diags.warning(bound.nameRange, "type bounds on the mode are ignored");
        continue;
      }
      if (!checkBound(bound, matches, diags)) {
        good = false;
        continue;
      }
      auto *other = llvm::find_if(bounds, [&](const CheckedBound &known) {
        return known.name == bound.name;
      });
      if (other != bounds.end()) {
        diags.error(bound.nameRange, "'" + bound.name + "' has two type bounds")
            .note(other->range, "the first one is here");
        good = false;
      }
      FamilyMember member = *getFamilyMember(bound.name);
      bounds.push_back({bound.name, member.source, member.index, bound.type,
                        bound.nameRange});
    }
  }
  if (!good)
    return std::nullopt;
  return bounds;
}
